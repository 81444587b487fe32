//! Changing, settling and taking down one's own notice.

use contract::PostId;
use contract::common::{Empty, Measure};
use contract::events::Cause;
use contract::posts::publish_reply::Outcome;
use contract::posts::{EditRequest, Post, PostRequest, PublishReply, State};
use store::{Outbox, Tx};

use super::confirm::telling;
use super::publish::{reply, shown_to_author};
use super::retry;
use super::{Call, author_of, ids, limited, post_id, refused, standing_of};
use crate::domain::{
    Barred, BehaviourDetails, COOL_DOWN_MS, Changes, Edit, EventDetails, PostStanding, Reason,
    corrected, decide_edit, may_retell,
};
use crate::gone;
use crate::store::post::{self, Model, Reader};
use crate::store::{CLIENT_KEYS, author, picture, teller};
use crate::{Posts, PostsFault};

impl Posts {
    pub(super) async fn do_edit(
        &self,
        call: &Call,
        mut asked: EditRequest,
    ) -> Result<PublishReply, PostsFault> {
        let key = std::mem::take(&mut asked.client_key);
        let id = post_id(&asked.post)?;
        let tx = self.parts.store.begin().await?;
        let (post, standing) = self.own(&tx, call, id).await?;
        let (neighbourhood, resident) = (standing.neighbourhood, standing.resident);
        let asking = retry::asking(neighbourhood, resident, "edit", &key, &asked)?;
        if retry::before(&tx, &asking).await?.is_some() {
            return shown_to_author(&post, call.now_ms);
        }
        let is_over = matches!(
            post.state(),
            State::Resolved | State::Lapsed | State::Removed
        );
        if is_over || post.accepted {
            return Err(PostsFault::WrongState);
        }
        let author = author::lock(&tx, neighbourhood, resident, self.parts.clock.today()).await?;
        let edit = Edit {
            title: asked.title,
            body: asked.body,
            pictures: asked.pictures.map(|pictures| pictures.pictures),
            event: asked.event,
            behaviour: asked.behaviour,
            expires_at_ms: asked.expires_at_ms,
        };
        let account = teller::find(&*tx, resident).await?;
        let telling = telling(&tx, &account, &author).await?;
        let author = author_of(&standing, &author);
        let before = as_it_stands(&post);
        let changes = match decide_edit(&edit, &before, &author, call.now_ms) {
            Ok(changes) => changes,
            Err(reasons) => {
                return Ok(reply(Outcome::Refused(refused(&reasons, call.locale))));
            }
        };
        match may_retell(&changes, &before, &author, &telling, call.now_ms) {
            Ok(()) => {}
            Err(Barred::Refused(reason)) => {
                return Ok(reply(Outcome::Refused(refused(&[reason], call.locale))));
            }
            Err(Barred::Limited(why)) => {
                return Ok(reply(Outcome::Limited(limited(why, call.locale))));
            }
        }
        if takes_back(&post, &changes) {
            let refused = refused(&[Reason::media_taken_out()], call.locale);
            return Ok(reply(Outcome::Refused(refused)));
        }
        let parts = corrected(&changes, &before);
        let mut post = changed(post, changes, call.now_ms);
        post.correct(&parts, self.parts.clock.today());
        if !picture::put_on(&tx, &post).await? {
            let refused = refused(&[Reason::media_in_use()], call.locale);
            return Ok(reply(Outcome::Refused(refused)));
        }
        CLIENT_KEYS.made(&tx, asking, post.id, call.now_ms).await?;
        save(&tx, &post).await?;
        tx.commit().await?;
        self.signal(post.id);
        shown_to_author(&post, call.now_ms)
    }

    pub(super) async fn do_resolve(
        &self,
        call: &Call,
        asked: PostRequest,
    ) -> Result<Post, PostsFault> {
        let id = post_id(&asked.post)?;
        let tx = self.parts.store.begin().await?;
        let (mut post, _) = self.own(&tx, call, id).await?;
        match post.state() {
            State::Resolved => return Ok(post.wire(Reader::Author, call.now_ms)),
            State::Published => {}
            _ => return Err(PostsFault::WrongState),
        }
        post.state = State::Resolved.into();
        post.version += 1;
        save(&tx, &post).await?;
        tx.commit().await?;
        self.signal(post.id);
        Ok(post.wire(Reader::Author, call.now_ms))
    }

    pub(super) async fn do_withdraw(
        &self,
        call: &Call,
        asked: PostRequest,
    ) -> Result<Empty, PostsFault> {
        let id = post_id(&asked.post)?;
        let tx = self.parts.store.begin().await?;
        let (post, _) = self.own(&tx, call, id).await?;
        take_down(&tx, &post).await?;
        tx.commit().await?;
        self.signal(post.id);
        Ok(Empty {})
    }

    /// The caller's own notice, locked, and the caller's standing where it hangs.
    pub(super) async fn own(
        &self,
        tx: &Tx,
        call: &Call,
        id: PostId,
    ) -> Result<(Model, contract::Standing), PostsFault> {
        let standings = self.standings(call)?;
        let post = post::find(&**tx, &ids(&standings), id, call.now_ms, true)
            .await?
            .ok_or(PostsFault::NotFound)?;
        let standing = standing_of(standings, post.neighbourhood)?;
        if post.author == standing.resident.uuid() {
            Ok((post, standing))
        } else {
            Err(PostsFault::NotFound)
        }
    }
}

/// Saves a changed notice and tells of it, unless nobody but its author knows of it.
pub(crate) async fn save(tx: &Tx, post: &Model) -> Result<(), PostsFault> {
    post::update(tx, post.clone()).await?;
    if post.state() != State::CoolingDown {
        Outbox::append(tx, post.id, post.version, post.neighbourhood);
    }
    Ok(())
}

/// Deletes a notice with everything that hangs on it, and tells of it.
pub(crate) async fn take_down(tx: &Tx, post: &Model) -> Result<(), PostsFault> {
    tx.gone(gone::notice(post.id));
    CLIENT_KEYS
        .subject_gone(tx, post.neighbourhood, post.id)
        .await?;
    post::delete(tx, post.neighbourhood, post.id).await?;
    if post.state() != State::CoolingDown {
        Outbox::append(tx, post.id, post.version + 1, post.neighbourhood);
    }
    Ok(())
}

fn as_it_stands(post: &Model) -> PostStanding {
    PostStanding {
        category: post.category(),
        state: post.state(),
        title: post.title.clone(),
        body: post.body.clone(),
        pictures: post.pictures(),
        event: post.event().map(EventDetails::kept),
        behaviour: post.behaviour().map(BehaviourDetails::kept),
        published_at_ms: post.published_at_ms,
        expires_at_ms: post.expires_at_ms,
    }
}

/// Whether a picture that moderators took out would be put back.
fn takes_back(post: &Model, changes: &Changes) -> bool {
    let withheld = post.pictures_withheld();
    let wanted = changes.pictures.iter().flatten();
    wanted
        .into_iter()
        .any(|picture| withheld.iter().any(|one| one.id == picture.id))
}

fn changed(mut post: Model, changes: Changes, now_ms: i64) -> Model {
    post.title = changes.title.unwrap_or(post.title);
    post.body = changes.body.unwrap_or(post.body);
    post.expires_at_ms = changes.expires_at_ms.unwrap_or(post.expires_at_ms);
    if let Some(pictures) = changes.pictures {
        post.pictures_held = changes.pictures_held && !pictures.is_empty();
        post.set_pictures(pictures);
    }
    if let Some(event) = &changes.event {
        post.set_event(event);
    }
    if let Some(form) = &changes.behaviour {
        post.set_behaviour(form);
    }
    let was_asked_for = post.ruling() == Measure::AskForEdit;
    if was_asked_for {
        post.ruling = Measure::Unspecified.into();
    }
    let (state, since_ms) = (post.state(), post.waits_since_ms);
    match state {
        State::InReview if was_asked_for => post.wait_for_reader(&[Cause::Amended], now_ms),
        // Other words rest as long as the first ones did.
        State::CoolingDown if !changes.causes.is_empty() => {
            post.wait_for_reader(&changes.causes, now_ms);
            post.cool_down(now_ms + COOL_DOWN_MS);
        }
        State::CoolingDown => {}
        // Whoever changes what waits does not make it wait anew.
        State::InReview => post.wait_for_reader(&changes.causes, since_ms.unwrap_or(now_ms)),
        _ if !changes.causes.is_empty() => post.wait_for_reader(&changes.causes, now_ms),
        _ => {}
    }
    post.edited = true;
    post.write();
    post
}
