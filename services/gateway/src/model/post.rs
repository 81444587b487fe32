//! Notices.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use contract::{Fault, Locale, NeighbourhoodId, PostId, posts};
use geo::Place;

use super::attendance::Attendance;
use super::behaviour::{BehaviourDetails, headline};
use super::choice::{Audience, Category, Measure, PostState, Rsvp, Signature};
use super::comment::Comment;
use super::correction::Correction;
use super::hood::{Neighbourhood, Tile};
use super::id::Opaque;
use super::page::{CommentConnection, page_size};
use super::picture::Media;
use super::scalar::DateTime;
use crate::hoods::Hood;
use crate::visit::{Visit, or_null, visit};

/// A notice. Its times are rounded and its place is a tile: nothing here is finer. While it is a public event, everybody may
/// read it, signed out too: never under a name, without comments and answers.
pub(crate) struct Post {
    id: PostId,
    neighbourhood: NeighbourhoodId,
    category: Category,
    state: PostState,
    place: Place,
    wire: Box<posts::Post>,
    /// To the one who asks: only then it says what is theirs. Otherwise it says the same to everybody.
    told: bool,
    attendance: Arc<Attendance>,
}

impl Post {
    /// As posts tells it to the one who asks.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn told(wire: posts::Post) -> Result<Self, Fault> {
        let attendance = Arc::new(Attendance::of(std::slice::from_ref(&wire)));
        Self::read(wire, true, attendance)
    }

    /// Several, as posts tells them to the one who asks.
    ///
    /// # Errors
    /// `INTERNAL` when one is not readable.
    pub(crate) fn all_told(wires: Vec<posts::Post>) -> Result<Vec<Self>, Fault> {
        Self::read_all(wires, true)
    }

    /// As feeds tells it to everybody alike.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn shown(wire: posts::Post) -> Result<Self, Fault> {
        let attendance = Arc::new(Attendance::of(std::slice::from_ref(&wire)));
        Self::read(wire, false, attendance)
    }

    /// A page, as it is told to everybody alike.
    ///
    /// # Errors
    /// `INTERNAL` when one is not readable.
    pub(crate) fn all_shown(wires: Vec<posts::Post>) -> Result<Vec<Self>, Fault> {
        Self::read_all(wires, false)
    }

    fn read_all(wires: Vec<posts::Post>, told: bool) -> Result<Vec<Self>, Fault> {
        let attendance = Arc::new(Attendance::of(&wires));
        wires
            .into_iter()
            .map(|wire| Self::read(wire, told, attendance.clone()))
            .collect()
    }

    fn read(wire: posts::Post, told: bool, attendance: Arc<Attendance>) -> Result<Self, Fault> {
        Ok(Self {
            id: PostId::from_bytes(&wire.id).map_err(|_| Fault::internal())?,
            neighbourhood: NeighbourhoodId::from_bytes(&wire.neighbourhood)
                .map_err(|_| Fault::internal())?,
            category: Category::read(wire.category()).ok_or_else(Fault::internal)?,
            state: PostState::read(wire.state()).ok_or_else(Fault::internal)?,
            place: Place::from_i64(wire.place).map_err(|_| Fault::internal())?,
            wire: Box::new(wire),
            told,
            attendance,
        })
    }

    /// The neighbourhood in which it hangs.
    pub(crate) const fn hangs_in(&self) -> NeighbourhoodId {
        self.neighbourhood
    }

    /// Which version of it this is.
    pub(crate) const fn version_told(&self) -> u64 {
        self.wire.version
    }

    async fn list_comments(
        &self,
        visit: &Visit,
        first: i32,
        after: Option<String>,
    ) -> Result<CommentConnection> {
        let request = posts::ListCommentsRequest {
            post: self.id.to_bytes(),
            first: page_size(first)?,
            after: after.unwrap_or_default(),
        };
        let mut client = visit.edge.posts.clone();
        let reply = client
            .list_comments(visit.caller().request(request))
            .await?;
        let reply = reply.into_inner();
        let comments = reply.comments.into_iter().map(Comment::read);
        Ok(CommentConnection::new(
            comments.collect::<Result<_, Fault>>()?,
            reply.cursors,
            reply.has_next,
        ))
    }

    async fn hood(&self, ctx: &Context<'_>) -> Result<Arc<Hood>, Fault> {
        visit(ctx).edge.hoods.by_id(self.neighbourhood).await
    }
}

/// A notice. Its times are rounded and its place is a tile: nothing here is finer. While it is a public event, everybody may
/// read it, signed out too: never under a name, without comments and answers.
#[Object]
impl Post {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        self.id.opaque()
    }

    /// Where it hangs.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Result<Neighbourhood> {
        Ok(Neighbourhood::seen_by(visit(ctx), self.hood(ctx).await?))
    }

    /// What it is about.
    async fn category(&self) -> Category {
        self.category
    }

    /// Where it stands in its life.
    async fn state(&self) -> PostState {
        self.state
    }

    /// Its title; for `CONCERNING_BEHAVIOUR` a headline made of the act, in the caller's language.
    async fn title(&self, ctx: &Context<'_>) -> &str {
        match &self.wire.behaviour {
            Some(form) => headline(form, visit(ctx).locale()),
            None => &self.wire.title,
        }
    }

    /// Its text.
    async fn body(&self) -> &str {
        &self.wire.body
    }

    /// Where it is about, as coarsely as the map and its category say.
    async fn tile(&self, ctx: &Context<'_>) -> Result<Tile> {
        Ok(Tile::new(self.hood(ctx).await?, self.place))
    }

    /// The author's pseudonym, or "a neighbour" in the caller's language; "a neighbour" always to who is signed out or of
    /// another neighbourhood.
    async fn signed_by(&self, ctx: &Context<'_>) -> String {
        signed_by(&self.wire.signed_by, visit(ctx).locale())
    }

    /// How it is signed.
    async fn signature(&self) -> Signature {
        Signature::read(&self.wire.signed_by)
    }

    /// When it went up, rounded; while it waits to be read, when it was written.
    async fn published_at(&self) -> DateTime {
        DateTime(self.wire.published_at_ms)
    }

    /// When what it tells happened, rounded.
    async fn occurred_at(&self) -> Option<DateTime> {
        DateTime::unless_zero(self.wire.occurred_at_ms)
    }

    /// When it comes down by itself and is deleted.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.wire.expires_at_ms)
    }

    /// Its pictures.
    #[graphql(complexity = "4 * child_complexity + 1")]
    async fn media(&self) -> Vec<Media> {
        let pictures = self.wire.pictures.iter().cloned();
        pictures.filter_map(Media::read).collect()
    }

    /// Whether its pictures wait to be read by a moderator: only they and the author see them.
    async fn media_held(&self) -> bool {
        self.wire.pictures_held
    }

    /// When and where, for an event.
    async fn event(&self) -> Option<EventDetails> {
        Some(EventDetails {
            post: self.id,
            wire: self.wire.event.clone()?,
            told: self.told,
            attendance: self.attendance.clone(),
        })
    }

    /// What the form said, for `CONCERNING_BEHAVIOUR`.
    async fn behaviour(&self) -> Option<BehaviourDetails> {
        self.wire.behaviour.as_ref().map(BehaviourDetails::read)
    }

    /// While it rests: from when its author may confirm it. For its author.
    async fn confirmable_from(&self) -> Option<DateTime> {
        DateTime::unless_zero(self.wire.confirm_from_ms)
    }

    /// While what tells of a person waits: when it lapses unless a moderator has read it and it was shown. For its author and
    /// moderators.
    async fn lapses_at(&self) -> Option<DateTime> {
        DateTime::unless_zero(self.wire.lapses_at_ms)
    }

    /// Whether it was read and may be shown, as soon as a day has room for it. For its author and moderators.
    async fn accepted(&self) -> bool {
        self.wire.accepted
    }

    /// What moderators decided about it, where that counts still. For its author and moderators.
    async fn ruling(&self) -> Option<Measure> {
        Measure::read(self.wire.ruling())
    }

    /// Whether its author lets police read it, where the neighbourhood does. For its author; false for everybody else.
    async fn police_may_read(&self) -> bool {
        self.wire.police_may_read
    }

    /// Whether it was changed after it went up.
    async fn edited(&self) -> bool {
        self.wire.edited
    }

    /// What changed after neighbours had seen it, newest day last.
    async fn corrections(&self) -> Vec<Correction> {
        self.wire.corrections.iter().map(Correction::read).collect()
    }

    /// Grows with every change of the notice; answers below it do not count.
    async fn version(&self) -> i32 {
        i32::try_from(self.wire.version).unwrap_or(i32::MAX)
    }

    /// Whether neighbours may answer below it.
    async fn takes_comments(&self) -> bool {
        self.wire.takes_comments
    }

    /// Whether the caller wrote it. Absent in feeds, which know no author: two members who ask for the same tiles get the
    /// same answer.
    async fn mine(&self) -> Option<bool> {
        self.told.then_some(self.wire.mine)
    }

    /// What neighbours answered, oldest first; absent where there is nothing to answer.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 30.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Option<CommentConnection> {
        let answerable = self.wire.takes_comments || self.state == PostState::Resolved;
        if !answerable {
            return None;
        }
        let comments = self.list_comments(visit(ctx), first, after).await;
        or_null(ctx, comments.map(Some))
    }
}

/// When and where an event is, and who comes.
pub(crate) struct EventDetails {
    post: PostId,
    wire: posts::Event,
    told: bool,
    attendance: Arc<Attendance>,
}

/// When and where an event is, and who comes.
#[Object]
impl EventDetails {
    /// When it begins.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.wire.starts_at_ms)
    }

    /// When it ends.
    async fn ends_at(&self) -> DateTime {
        DateTime(self.wire.ends_at_ms)
    }

    /// The venue, in words.
    async fn place_name(&self) -> &str {
        &self.wire.place_name
    }

    /// How many can come; absent: no limit.
    async fn capacity(&self) -> Option<u32> {
        (self.wire.capacity != 0).then_some(self.wire.capacity)
    }

    /// Who may read about it.
    async fn audience(&self) -> Audience {
        Audience::read(self.wire.audience())
    }

    /// How many can still come, the same for everybody; absent: no limit.
    async fn places_left(&self, ctx: &Context<'_>) -> Option<u32> {
        if self.wire.capacity == 0 {
            return None;
        }
        let coming = self.attendance.to(self.post, visit(ctx)).await;
        let left = coming.map(|coming| coming.and_then(|coming| coming.places_left));
        or_null(ctx, left.map_err(Into::into))
    }

    /// What the caller answered; null: nothing. Absent in feeds, as whether one wrote the notice is.
    async fn my_rsvp(&self, ctx: &Context<'_>) -> Option<Rsvp> {
        if !self.told {
            return None;
        }
        let coming = self.attendance.to(self.post, visit(ctx)).await;
        let mine = coming.map(|coming| coming.and_then(|coming| Rsvp::read(coming.mine())));
        or_null(ctx, mine.map_err(Into::into))
    }

    /// Who answered what, by name; for the event's author, and null for everybody else. Absent in feeds.
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn answers(&self, ctx: &Context<'_>) -> Option<Vec<RsvpAnswer>> {
        if !self.told {
            return None;
        }
        let coming = self.attendance.to(self.post, visit(ctx)).await;
        let own = coming.map(|coming| coming.filter(|coming| coming.own));
        let answers = own.map(|own| {
            let read = own?.answers.iter().filter_map(RsvpAnswer::read);
            Some(read.collect())
        });
        or_null(ctx, answers.map_err(Into::into))
    }
}

/// What a neighbour answered to an event.
#[derive(SimpleObject)]
pub(crate) struct RsvpAnswer {
    /// Who: the name they had when they answered.
    pseudonym: String,
    /// What.
    answer: Rsvp,
}

impl RsvpAnswer {
    fn read(wire: &posts::RsvpAnswer) -> Option<Self> {
        Some(Self {
            pseudonym: wire.pseudonym.clone(),
            answer: Rsvp::read(wire.answer())?,
        })
    }
}

/// Under what a text is signed.
pub(crate) fn signed_by(signed_by: &str, locale: Locale) -> String {
    if signed_by.is_empty() {
        locale.pick("un voisin", "a neighbour").to_owned()
    } else {
        signed_by.to_owned()
    }
}
