//! Who is signed in, and where they belong.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, Result, SimpleObject};
use contract::{Caller, Fault, InviteId, SessionId, common, identity, posts};

use super::area::FollowedArea;
use super::choice::Locale;
use super::hood::{Neighbourhood, Tile};
use super::id::Opaque;
use super::page::LOOK_UP;
use super::scalar::DateTime;
use crate::session::{Member, Signed};
use crate::visit::{Visit, or_null, visit};

/// Who is signed in. Nobody else sees any of this.
pub(crate) struct Viewer {
    signed: Arc<Signed>,
}

impl Viewer {
    /// Of a session that identity vouched for.
    pub(crate) const fn new(signed: Arc<Signed>) -> Self {
        Self { signed }
    }
}

/// Who is signed in. Nobody else sees any of this.
#[Object]
impl Viewer {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        self.signed.resident.opaque()
    }

    /// The language chosen.
    async fn locale(&self) -> Locale {
        self.signed.locale.into()
    }

    /// One for each neighbourhood.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn memberships(&self) -> Vec<Membership> {
        self.signed
            .members
            .iter()
            .cloned()
            .map(|member| Membership {
                member,
                caller: self.signed.caller(),
            })
            .collect()
    }

    /// Where the resident is no member and helps out as a moderator. Neighbourhoods are known to the edge: mostly nobody is asked.
    #[graphql(complexity = "4 * child_complexity + LOOK_UP")]
    async fn helping(&self, ctx: &Context<'_>) -> Result<Vec<Helping>> {
        let hoods = &visit(ctx).edge.hoods;
        let mut helping = Vec::new();
        for held in &self.signed.helping {
            let hood = hoods.by_id(held.standing.neighbourhood).await?;
            helping.push(Helping {
                neighbourhood: Neighbourhood::inside(hood),
                name: held.standing.pseudonym.clone(),
                until: DateTime(held.until_day_ms),
            });
        }
        Ok(helping)
    }

    /// What the resident may tell of people.
    #[graphql(complexity = "child_complexity + LOOK_UP")]
    async fn about_people(&self, ctx: &Context<'_>) -> Option<AboutPeople> {
        let request = self.signed.caller().request(common::Empty {});
        let own = visit(ctx).edge.posts.clone().read_own(request).await;
        let own = own.map(|reply| AboutPeople::read(&reply.into_inner()));
        or_null(ctx, own.map(Some).map_err(Into::into))
    }

    /// The devices that are signed in.
    #[graphql(complexity = "10 * child_complexity + LOOK_UP")]
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        let request = self.signed.caller().request(common::Empty {});
        let reply = visit(ctx)
            .edge
            .identity
            .clone()
            .list_sessions(request)
            .await?;
        let sessions = reply.into_inner().sessions.into_iter().map(Session::read);
        Ok(sessions.collect::<Result<_, Fault>>()?)
    }
}

/// Where somebody moderates who does not live there.
#[derive(SimpleObject)]
pub(crate) struct Helping {
    /// Where. Its feed and what neighbours do there are not open to them.
    neighbourhood: Neighbourhood,
    /// The name under which they do, which everybody can read.
    name: String,
    /// Until which day.
    until: DateTime,
}

/// What a resident may tell of people, and who may read it.
#[derive(SimpleObject)]
pub(crate) struct AboutPeople {
    /// Whether police may read what the resident tells of incidents, where a neighbourhood lets them read at all; absent: not
    /// answered, which means no.
    police_may_read: Option<bool>,
    /// When the resident may tell of a person again; absent: now, if they are no newcomer.
    again_at: Option<DateTime>,
}

impl AboutPeople {
    fn read(wire: &posts::Own) -> Self {
        Self {
            police_may_read: wire.police_may_read,
            again_at: DateTime::unless_zero(wire.about_people_from_ms),
        }
    }
}

/// Where a resident belongs, and as who.
pub(crate) struct Membership {
    member: Member,
    caller: Caller,
}

impl Membership {
    /// From identity's answer to `caller`.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: identity::Membership, caller: Caller) -> Result<Self, Fault> {
        let member = Member::read(wire)?;
        Ok(Self { member, caller })
    }

    async fn list_areas(&self, visit: &Visit) -> Result<Vec<FollowedArea>, Fault> {
        let neighbourhood = self.member.standing.neighbourhood;
        let request = self.caller.request(identity::ListAreasRequest {
            neighbourhood: neighbourhood.to_bytes(),
        });
        let reply = visit.edge.identity.clone().list_areas(request).await?;
        let hood = visit.edge.hoods.by_id(neighbourhood).await?;
        FollowedArea::all(&hood, reply.into_inner())
    }
}

/// Where a resident belongs, and as who.
#[Object]
impl Membership {
    /// The neighbourhood.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Result<Neighbourhood> {
        let hood = visit(ctx)
            .edge
            .hoods
            .by_id(self.member.standing.neighbourhood)
            .await?;
        Ok(Neighbourhood::inside(hood))
    }

    /// The name under what the resident signs here.
    async fn pseudonym(&self) -> &str {
        &self.member.standing.pseudonym
    }

    /// Where home is, as coarsely as anybody may know.
    async fn home_tile(&self, ctx: &Context<'_>) -> Result<Tile> {
        let standing = &self.member.standing;
        let hood = visit(ctx).edge.hoods.by_id(standing.neighbourhood).await?;
        Ok(Tile::new(hood, standing.home))
    }

    /// When the home tile may be changed again; absent: now.
    async fn home_changeable_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let now_ms = visit(ctx).edge.clock.now_ms();
        let at_ms = self.member.home_changeable_at_ms;
        (at_ms > now_ms).then_some(DateTime(at_ms))
    }

    /// The areas that the resident follows here besides home, by number.
    #[graphql(complexity = "5 * child_complexity + LOOK_UP")]
    async fn followed_areas(&self, ctx: &Context<'_>) -> Option<Vec<FollowedArea>> {
        let areas = self.list_areas(visit(ctx)).await;
        or_null(ctx, areas.map(Some).map_err(Error::from))
    }

    /// Whether the first days are not over. What newcomers publish is read by a moderator first, until then and until
    /// three of their notices were published.
    async fn newcomer(&self, ctx: &Context<'_>) -> bool {
        let standing = &self.member.standing;
        !standing.founder && visit(ctx).edge.clock.now_ms() < standing.newcomer_until_ms
    }

    /// Whether the resident reads here what is held, and names tiles.
    async fn moderator(&self) -> bool {
        self.member.standing.moderator
    }

    /// Until when the resident may not publish here; absent: they may.
    async fn suspended_until(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let now_ms = visit(ctx).edge.clock.now_ms();
        self.member
            .standing
            .suspended_until_ms
            .filter(|until_ms| *until_ms > now_ms)
            .map(DateTime)
    }

    /// The resident's open invites here; their codes were shown once, when they were made.
    #[graphql(complexity = "2 * child_complexity + LOOK_UP")]
    async fn invites(&self, ctx: &Context<'_>) -> Result<Vec<Invite>> {
        let request = self.caller.request(identity::ListInvitesRequest {
            neighbourhood: self.member.standing.neighbourhood.to_bytes(),
        });
        let reply = visit(ctx)
            .edge
            .identity
            .clone()
            .list_invites(request)
            .await?;
        let invites = reply.into_inner().invites;
        let invites = invites.iter().map(Invite::read);
        Ok(invites.collect::<Result<_, Fault>>()?)
    }
}

/// A signed-in device. Days, not times.
#[derive(SimpleObject)]
pub(crate) struct Session {
    /// Opaque; revoke it with this.
    id: ID,
    /// A coarse name of the browser, such as "Firefox on Linux"; empty when it is not known.
    device: String,
    /// The day on which it signed in.
    created: DateTime,
    /// The day on which it was last used.
    last_seen: DateTime,
    /// Whether it is the one that asks.
    current: bool,
}

impl Session {
    fn read(wire: identity::Session) -> Result<Self, Fault> {
        let id = SessionId::from_bytes(&wire.id).map_err(|_| Fault::internal())?;
        Ok(Self {
            id: id.opaque(),
            device: wire.device,
            created: DateTime(wire.created_day_ms),
            last_seen: DateTime(wire.last_seen_day_ms),
            current: wire.current,
        })
    }
}

/// A code by which neighbours join.
#[derive(SimpleObject)]
pub(crate) struct Invite {
    /// Opaque; revoke it with this.
    id: ID,
    /// How many may still join with it.
    uses_left: u32,
    /// When it ends.
    expires_at: DateTime,
}

impl Invite {
    /// From identity's answer.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: &identity::Invite) -> Result<Self, Fault> {
        let id = InviteId::from_bytes(&wire.id).map_err(|_| Fault::internal())?;
        Ok(Self {
            id: id.opaque(),
            uses_left: wire.uses_left,
            expires_at: DateTime(wire.expires_at_ms),
        })
    }
}
