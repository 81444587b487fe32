//! Putting a notice up.

use contract::common::Picture;
use contract::posts::publish_reply::Outcome;
use contract::posts::{Pictures, PublishReply, PublishRequest, State};
use contract::{NeighbourhoodId, PostId, Standing};
use geo::Place;
use prost::Message;
use store::Outbox;

use super::confirm::telling;
use super::retry;
use super::{Call, author_of, limited, limited_today, refused};
use crate::domain::{
    Accepted, COOL_DOWN_MS, CategoryRules, Draft, Limit, Reason, Telling, Verdict, decide,
};
use crate::store::post::{self, Model, Reader};
use crate::store::{CLIENT_KEYS, author, level_map, picture, teller};
use crate::{Posts, PostsFault};

impl Posts {
    pub(super) async fn do_publish(
        &self,
        call: &Call,
        mut asked: PublishRequest,
    ) -> Result<PublishReply, PostsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let standing = self.standing(call, neighbourhood)?;
        let key = std::mem::take(&mut asked.client_key);
        let only_if_before = std::mem::take(&mut asked.only_if_before);
        let what = what_counts(&asked);
        let asking = retry::asking(neighbourhood, standing.resident, "publish", &key, &what)?;
        let map = level_map::find(self.parts.store.read(), neighbourhood)
            .await?
            .ok_or(PostsFault::NoMap)?;
        let police_may_read = asked.police_may_read;
        let draft = draft(asked)?;

        let today = self.parts.clock.today();
        let tx = self.parts.store.begin().await?;
        let rules = CategoryRules::of(draft.category);
        let account = if rules.is_some_and(|rules| rules.about_person || rules.police) {
            Some(teller::lock(&tx, standing.resident).await?)
        } else {
            None
        };
        let mut author = author::lock(&tx, neighbourhood, standing.resident, today).await?;
        if let Some(id) = retry::before(&tx, &asking).await? {
            let made =
                post::find(&*tx, &[neighbourhood], PostId::new(id), call.now_ms, false).await?;
            return shown_to_author(&made.ok_or(PostsFault::NotFound)?, call.now_ms);
        }
        if only_if_before {
            return Err(PostsFault::NotFound);
        }
        if author.posts_today >= i64::from(self.parts.settings.posts_a_day) {
            let limited = limited_today(Limit::PostsADay, call);
            return Ok(reply(Outcome::Limited(limited)));
        }
        let telling = match &account {
            Some(account) => telling(&tx, account, &author).await?,
            None => Telling::default(),
        };
        let who = author_of(&standing, &author);
        let (accepted, state) = match decide(&draft, &who, &telling, &map, call.now_ms) {
            Verdict::Publish(accepted) => (accepted, State::Published),
            Verdict::Hold(accepted) => (accepted, State::InReview),
            Verdict::CoolDown(accepted) => (accepted, State::CoolingDown),
            Verdict::Refuse(reasons) => {
                return Ok(reply(Outcome::Refused(refused(&reasons, call.locale))));
            }
            Verdict::Limit(why) => {
                return Ok(reply(Outcome::Limited(limited(why, call.locale))));
            }
        };
        let may_read = police_may_read.or(account.and_then(|account| account.police_may_read));
        let police = rules.is_some_and(|rules| rules.police);
        let id = PostId::from_random(self.parts.entropy.bytes());
        let mut made = model(
            id,
            &standing,
            &draft,
            accepted,
            state,
            map.version(),
            call.now_ms,
        );
        made.police_may_read = police && may_read == Some(true);
        author.posts_today += 1;
        if state == State::Published {
            author.published += 1;
        }
        author::update(&tx, author).await?;
        post::insert(&tx, made.clone()).await?;
        if !picture::put_on(&tx, &made).await? {
            let refused = refused(&[Reason::media_in_use()], call.locale);
            return Ok(reply(Outcome::Refused(refused)));
        }
        CLIENT_KEYS
            .made(&tx, asking, id.uuid(), call.now_ms)
            .await?;
        if state != State::CoolingDown {
            Outbox::append(&tx, id.uuid(), made.version, neighbourhood.uuid());
        }
        tx.commit().await?;
        shown_to_author(&made, call.now_ms)
    }
}

/// A notice as an answer to its author; none for what came to an end: it lapsed, or moderators took it down.
pub(super) fn shown_to_author(post: &Model, now_ms: i64) -> Result<PublishReply, PostsFault> {
    let wire = post.wire(Reader::Author, now_ms);
    Ok(reply(match post.state() {
        State::InReview => Outcome::InReview(wire),
        State::CoolingDown => Outcome::CoolingDown(wire),
        State::Published | State::Resolved => Outcome::Published(wire),
        State::Lapsed | State::Removed | State::Unspecified => return Err(PostsFault::WrongState),
    }))
}

pub(super) const fn reply(outcome: Outcome) -> PublishReply {
    PublishReply {
        outcome: Some(outcome),
    }
}

/// What makes two askings the same. What else is known of a picture is media's to say, and no longer said once a notice
/// shows it.
fn what_counts(asked: &PublishRequest) -> PublishRequest {
    let mut what = asked.clone();
    // Whoever sends it again may do so without asking for a reading once more.
    what.contests_findings = false;
    for picture in &mut what.pictures {
        *picture = Picture {
            id: std::mem::take(&mut picture.id),
            alt: std::mem::take(&mut picture.alt),
            ..Picture::default()
        };
    }
    what
}

fn draft(asked: PublishRequest) -> Result<Draft, PostsFault> {
    let place = asked
        .place
        .map(Place::from_i64)
        .transpose()
        .map_err(|_| contract::Fault::invalid("INVALID_PLACE", "This is not a tile."))?;
    Ok(Draft {
        category: asked.category(),
        signature: asked.signed_as(),
        title: asked.title,
        body: asked.body,
        place,
        pictures: asked.pictures,
        event: asked.event,
        behaviour: asked.behaviour,
        occurred_at_ms: asked.occurred_at_ms,
        expires_at_ms: asked.expires_at_ms,
        contests_findings: asked.contests_findings,
    })
}

fn model(
    id: PostId,
    standing: &Standing,
    draft: &Draft,
    accepted: Accepted,
    state: State,
    map_version: u32,
    now_ms: i64,
) -> Model {
    let mut made = Model {
        neighbourhood: standing.neighbourhood.uuid(),
        id: id.uuid(),
        author: standing.resident.uuid(),
        category: draft.category.into(),
        state: state.into(),
        title: accepted.title,
        body: accepted.body,
        place: accepted.place.to_i64(),
        map_version: i32::try_from(map_version).unwrap_or(i32::MAX),
        signed_by: accepted.signed_by,
        created_at_ms: now_ms,
        published_at_ms: now_ms,
        occurred_at_ms: accepted.occurred_at_ms,
        expires_at_ms: accepted.expires_at_ms,
        pictures: Pictures {
            pictures: accepted.pictures,
        }
        .encode_to_vec(),
        pictures_held: accepted.pictures_held,
        event: None,
        public_starts_at_ms: None,
        public_ends_at_ms: None,
        edited: false,
        was_shown: state == State::Published,
        version: 1,
        written: 1,
        behaviour: None,
        causes: 0,
        waits_since_ms: None,
        confirm_from_ms: None,
        accepted: false,
        police_may_read: false,
        ruling: 0,
        rulings: 0,
        pictures_hidden: false,
        pictures_withheld: None,
        corrections: None,
        removed_day: None,
    };
    if let Some(event) = &accepted.event {
        made.set_event(event);
    }
    if let Some(form) = &accepted.behaviour {
        made.set_behaviour(form);
    }
    if state != State::Published {
        made.wait_for_reader(&accepted.causes, now_ms);
    }
    if state == State::CoolingDown {
        made.cool_down(now_ms + COOL_DOWN_MS);
    }
    made
}
