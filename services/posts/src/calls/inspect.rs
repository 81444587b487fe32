//! Reading what is to be decided about.

use contract::common::Reason as WireReason;
use contract::posts::inspect_request::Content;
use contract::posts::{InspectRequest, Inspected};
use contract::{CommentId, NeighbourhoodId, PostId};

use super::comments::may_read;
use super::{Call, post_id};
use crate::domain::{Reason, Texts, findings};
use crate::store::post::Reader;
use crate::store::{comment, post};
use crate::{Posts, PostsFault};

impl Posts {
    /// What moderators may read, where they are moderators: what its author alone reads is not there for them.
    pub(super) async fn do_inspect(
        &self,
        call: &Call,
        asked: InspectRequest,
    ) -> Result<Inspected, PostsFault> {
        call.caller.resident()?;
        let keys = &self.parts.standing_keys;
        let standings = call.caller.moderating(keys, call.now_ms);
        let hoods: Vec<NeighbourhoodId> = standings.iter().map(|it| it.neighbourhood).collect();
        let on = self.parts.store.read();
        let (about, comment) = match asked.content.ok_or(PostsFault::NotFound)? {
            Content::Post(id) => (post_id(&id)?, None),
            Content::Comment(id) => {
                let id = CommentId::from_bytes(&id)?;
                let found = comment::find(on, &hoods, id.uuid()).await?;
                let found = found.filter(|comment| !comment.removed);
                let found = found.ok_or(PostsFault::NotFound)?;
                (PostId::new(found.post), Some(found))
            }
        };
        let post = post::find(on, &hoods, about, call.now_ms, false).await?;
        let post = post.ok_or(PostsFault::NotFound)?;
        let mut here = standings
            .iter()
            .filter(|standing| standing.neighbourhood.uuid() == post.neighbourhood);
        let standing = here.next().filter(|standing| may_read(&post, standing));
        let standing = standing.ok_or(PostsFault::NotFound)?;
        let found = match &comment {
            Some(comment) => in_comment(comment, &post),
            None => in_post(&post),
        };
        let wire = |reason: &Reason| -> WireReason { reason.wire(call.locale) };
        Ok(Inspected {
            findings: found.iter().map(wire).collect(),
            comment: comment.map(|comment| comment.wire(standing.resident, call.now_ms)),
            post: Some(post.wire(Reader::Moderator, call.now_ms)),
        })
    }
}

fn in_post(post: &post::Model) -> Vec<Reason> {
    let event = post.event();
    findings(&Texts {
        category: post.category(),
        title: &post.title,
        body: &post.body,
        venue: event.as_ref().map_or("", |event| &event.place_name),
        pictures: &post.pictures(),
        behaviour: post.behaviour().as_ref(),
    })
}

/// Read as it was when it was written: what an organiser may say of themselves, nobody else may say of them.
fn in_comment(comment: &comment::Model, below: &post::Model) -> Vec<Reason> {
    let by_organiser = comment.author == below.author;
    findings(&Texts {
        category: if by_organiser {
            below.category()
        } else {
            contract::common::Category::Unspecified
        },
        title: "",
        body: &comment.body,
        venue: "",
        pictures: &[],
        behaviour: None,
    })
}
