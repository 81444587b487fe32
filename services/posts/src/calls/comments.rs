//! Answering a notice.

use contract::common::{Empty, Measure};
use contract::posts::add_comment_reply::Outcome;
use contract::posts::{AddCommentReply, AddCommentRequest, CommentRequest, State};
use contract::{CommentId, Standing};
use store::{Outbox, Tx};

use super::retry;
use super::{Call, author_of, ids, limited_today, post_id, refused, standing_of};
use crate::domain::{Limit, Notice, decide_comment};
use crate::gone;
use crate::store::comment::{self, Model};
use crate::store::{CLIENT_KEYS, author, post};
use crate::{Posts, PostsFault};

impl Posts {
    pub(super) async fn do_add_comment(
        &self,
        call: &Call,
        mut asked: AddCommentRequest,
    ) -> Result<AddCommentReply, PostsFault> {
        let key = std::mem::take(&mut asked.client_key);
        let standings = self.standings(call)?;
        let tx = self.parts.store.begin().await?;
        let notice = post::find(
            &*tx,
            &ids(&standings),
            post_id(&asked.post)?,
            call.now_ms,
            true,
        )
        .await?
        .ok_or(PostsFault::NotFound)?;
        let standing = standing_of(standings, notice.neighbourhood)?;
        let (neighbourhood, resident) = (standing.neighbourhood, standing.resident);
        if !may_read(&notice, &standing) {
            return Err(PostsFault::NotFound);
        }
        let asking = retry::asking(neighbourhood, resident, "comment", &key, &asked)?;
        let today = self.parts.clock.today();
        let mut author = author::lock(&tx, neighbourhood, resident, today).await?;
        if let Some(id) = retry::before(&tx, &asking).await? {
            let made = comment::find(&*tx, &[neighbourhood], id).await?;
            let made = made.ok_or(PostsFault::NotFound)?;
            return Ok(reply(Outcome::Added(made.wire(resident, call.now_ms))));
        }
        if author.comments_today >= i64::from(self.parts.settings.comments_a_day) {
            let limited = limited_today(Limit::CommentsADay, call);
            return Ok(reply(Outcome::Limited(limited)));
        }
        let by_commenter = notice.author == resident.uuid();
        let about = Notice {
            category: notice.category(),
            state: notice.state(),
            is_limited: notice.ruling() == Measure::Limit,
            signed_by: &notice.signed_by,
            by_commenter,
        };
        let who = author_of(&standing, &author);
        let (body, signed_by) =
            match decide_comment(&asked.body, asked.signed_as(), about, &who, call.now_ms) {
                Ok(kept) => kept,
                Err(reasons) => {
                    return Ok(reply(Outcome::Refused(refused(&reasons, call.locale))));
                }
            };
        let made = Model {
            neighbourhood: neighbourhood.uuid(),
            id: CommentId::from_random(self.parts.entropy.bytes()).uuid(),
            post: notice.id,
            author: resident.uuid(),
            by_author: by_commenter && signed_by == notice.signed_by,
            signed_by,
            body,
            created_at_ms: call.now_ms,
            removed: false,
            rulings: 0,
        };
        author.comments_today += 1;
        author::update(&tx, author).await?;
        comment::insert(&tx, made.clone()).await?;
        CLIENT_KEYS.made(&tx, asking, made.id, call.now_ms).await?;
        Outbox::append(&tx, made.id, comment::WRITTEN, made.neighbourhood);
        tx.commit().await?;
        self.signal(made.post);
        Ok(reply(Outcome::Added(made.wire(resident, call.now_ms))))
    }

    pub(super) async fn do_withdraw_comment(
        &self,
        call: &Call,
        asked: CommentRequest,
    ) -> Result<Empty, PostsFault> {
        let standings = self.standings(call)?;
        let id = CommentId::from_bytes(&asked.comment)?;
        let tx = self.parts.store.begin().await?;
        let comment = comment::find(&*tx, &ids(&standings), id.uuid())
            .await?
            .ok_or(PostsFault::NotFound)?;
        let standing = standing_of(standings, comment.neighbourhood)?;
        if comment.author != standing.resident.uuid() {
            return Err(PostsFault::NotFound);
        }
        remove(&tx, &comment).await?;
        tx.commit().await?;
        self.signal(comment.post);
        Ok(Empty {})
    }
}

/// Deletes a comment and what a retry remembers of it, and tells of it.
pub(crate) async fn remove(tx: &Tx, comment: &Model) -> Result<(), PostsFault> {
    tx.gone(gone::comment(comment.id));
    CLIENT_KEYS
        .subject_gone(tx, comment.neighbourhood, comment.id)
        .await?;
    comment::delete(tx, comment.neighbourhood, comment.id).await?;
    Outbox::append(tx, comment.id, comment::WRITTEN + 1, comment.neighbourhood);
    Ok(())
}

/// What is held exists for its author and for moderators only; what cools down or lapsed, for its author alone.
pub(super) fn may_read(notice: &post::Model, standing: &Standing) -> bool {
    notice.author == standing.resident.uuid()
        || match notice.state() {
            State::Published | State::Resolved => true,
            State::InReview => standing.moderator,
            State::CoolingDown | State::Lapsed | State::Removed | State::Unspecified => false,
        }
}

const fn reply(outcome: Outcome) -> AddCommentReply {
    AddCommentReply {
        outcome: Some(outcome),
    }
}
