//! Reading single notices, comments and one's own.

use contract::posts::{
    ListCommentsReply, ListCommentsRequest, ListMineRequest, ListPostsReply, Post, PostRequest,
};
use contract::{Fault, NeighbourhoodId, Standing};
use runtime::{Sealed, Sealer};
use sea_orm::prelude::Uuid;

use super::comments::may_read;
use super::{Call, ids, post_id, standing_of};
use crate::store::post::Reader;
use crate::store::{comment, post};
use crate::{Posts, PostsFault};

/// Most comments or notices in one answer.
pub(super) const PAGE_AT_MOST: u32 = 50;

impl Posts {
    pub(super) async fn do_get(&self, call: &Call, asked: PostRequest) -> Result<Post, PostsFault> {
        let (post, standing) = self.readable(call, &asked.post).await?;
        Ok(post.wire(reader(&post, &standing), call.now_ms))
    }

    pub(super) async fn do_list_comments(
        &self,
        call: &Call,
        asked: ListCommentsRequest,
    ) -> Result<ListCommentsReply, PostsFault> {
        let first = page(asked.first)?;
        let (post, standing) = self.readable(call, &asked.post).await?;
        let sealer = self.cursors.derive(post.neighbourhood.as_bytes());
        let after = match asked.after.as_str() {
            "" => None,
            text => Some(open(&sealer, text, post.id)?),
        };
        let mut rows = comment::of_post(
            self.parts.store.read(),
            post.neighbourhood,
            post.id,
            after,
            u64::from(first) + 1,
        )
        .await?;
        let has_next = rows.len() > first as usize;
        rows.truncate(first as usize);
        Ok(ListCommentsReply {
            cursors: rows.iter().map(|row| seal(&sealer, row)).collect(),
            comments: rows
                .iter()
                .map(|row| row.wire(standing.resident, call.now_ms))
                .collect(),
            has_next,
        })
    }

    pub(super) async fn do_list_mine(
        &self,
        call: &Call,
        asked: ListMineRequest,
    ) -> Result<ListPostsReply, PostsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let standing = self.standing(call, neighbourhood)?;
        let limit = u64::from(page(asked.first)?);
        let rows = post::by_author(
            self.parts.store.read(),
            neighbourhood,
            standing.resident,
            limit,
        )
        .await?;
        Ok(ListPostsReply {
            posts: rows
                .iter()
                .filter(|row| row.expires_at_ms > call.now_ms)
                .map(|row| row.wire(Reader::Author, call.now_ms))
                .collect(),
        })
    }

    /// A notice that the caller may read, and the caller's standing where it hangs.
    async fn readable(
        &self,
        call: &Call,
        id: &[u8],
    ) -> Result<(post::Model, Standing), PostsFault> {
        let standings = self.standings(call)?;
        let on = self.parts.store.read();
        let post = post::find(on, &ids(&standings), post_id(id)?, call.now_ms, false)
            .await?
            .ok_or(PostsFault::NotFound)?;
        let standing = standing_of(standings, post.neighbourhood)?;
        if may_read(&post, &standing) {
            Ok((post, standing))
        } else {
            Err(PostsFault::NotFound)
        }
    }
}

/// As whom somebody reads a notice.
pub(super) fn reader(post: &post::Model, standing: &Standing) -> Reader {
    if post.author == standing.resident.uuid() {
        Reader::Author
    } else if standing.moderator {
        Reader::Moderator
    } else {
        Reader::Neighbour
    }
}

/// A page size within bounds.
pub(super) fn page(first: u32) -> Result<u32, PostsFault> {
    if (1..=PAGE_AT_MOST).contains(&first) {
        Ok(first)
    } else {
        Err(
            Fault::invalid("FIRST_OUT_OF_RANGE", "Ask for 1 to 50 at a time.")
                .at("first")
                .into(),
        )
    }
}

fn bound(post: Uuid) -> Vec<u8> {
    [b"comments".as_slice(), post.as_bytes()].concat()
}

fn seal(sealer: &Sealer, row: &comment::Model) -> String {
    let position = [&row.created_at_ms.to_be_bytes()[..], row.id.as_bytes()].concat();
    sealer
        .seal_deterministic(&position, &bound(row.post))
        .to_text()
}

fn open(sealer: &Sealer, text: &str, post: Uuid) -> Result<(i64, Uuid), PostsFault> {
    let position = Sealed::from_text(text)
        .and_then(|sealed| sealer.open(&sealed.key_id, &sealed.bytes, &bound(post)));
    position
        .as_deref()
        .and_then(<[u8]>::split_first_chunk::<8>)
        .and_then(|(at_ms, id)| Some((i64::from_be_bytes(*at_ms), Uuid::from_slice(id).ok()?)))
        .ok_or_else(|| {
            Fault::invalid(
                "CURSOR_UNKNOWN",
                "This cursor is not of this list. Start again without one.",
            )
            .at("after")
            .into()
        })
}
