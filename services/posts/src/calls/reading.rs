//! Reading single notices, comments and one's own.

use contract::posts::{
    ListCommentsReply, ListCommentsRequest, ListMineRequest, ListPostsReply, ListPublicReply,
    ListPublicRequest, Post, PostRequest,
};
use contract::{NeighbourhoodId, PAGE_AT_MOST, PostId, Standing, cut, page_size};
use runtime::{CursorUnknown, Cursors};
use sea_orm::prelude::Uuid;

use super::comments::may_read;
use super::{Call, ids, post_id, standing_of};
use crate::store::post::Reader;
use crate::store::{comment, post};
use crate::{Posts, PostsFault};

impl Posts {
    pub(super) async fn do_get(&self, call: &Call, asked: PostRequest) -> Result<Post, PostsFault> {
        let seen = self.seen(call, &[post_id(&asked.post)?]).await?;
        let Some((post, reader)) = seen.into_iter().next() else {
            call.caller.resident()?;
            return Err(PostsFault::NotFound);
        };
        Ok(post.wire(reader, call.now_ms))
    }

    pub(super) async fn do_list_comments(
        &self,
        call: &Call,
        asked: ListCommentsRequest,
    ) -> Result<ListCommentsReply, PostsFault> {
        let first = page_size(asked.first, PAGE_AT_MOST)?;
        let (post, standing) = self.readable(call, &asked.post).await?;
        let list = comments_of(self, &post);
        let after = position(&list, &asked.after)?;
        let mut rows = comment::of_post(
            self.parts.store.read(),
            post.neighbourhood,
            post.id,
            standing.resident,
            after,
            first as u64 + 1,
        )
        .await?;
        let has_next = cut(&mut rows, first);
        Ok(ListCommentsReply {
            cursors: rows
                .iter()
                .map(|row| list.seal(row.created_at_ms, row.id.into_bytes()))
                .collect(),
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
        let limit = page_size(asked.first, PAGE_AT_MOST)? as u64;
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

    /// Those of these notices that exist for the caller, and as whom they look at each: what hangs in a neighbourhood of
    /// theirs, and what everybody may read.
    pub(super) async fn seen(
        &self,
        call: &Call,
        wanted: &[PostId],
    ) -> Result<Vec<(post::Model, Reader)>, PostsFault> {
        let standings = call
            .caller
            .standings(&self.parts.standing_keys, call.now_ms);
        let on = self.parts.store.read();
        let mut seen = Vec::with_capacity(wanted.len());
        for post in post::find_all(on, &ids(&standings), wanted, call.now_ms).await? {
            let standing = standings
                .iter()
                .find(|standing| standing.neighbourhood.uuid() == post.neighbourhood)
                .filter(|standing| may_read(&post, standing));
            if let Some(standing) = standing {
                let reader = reader(&post, standing);
                seen.push((post, reader));
            }
        }
        let found: Vec<_> = seen.iter().map(|(post, _)| post.post_id()).collect();
        let rest: Vec<_> = wanted
            .iter()
            .filter(|id| !found.contains(id))
            .copied()
            .collect();
        let open = post::open_among(on, &rest, call.now_ms).await?;
        seen.extend(open.into_iter().map(|post| (post, Reader::Anyone)));
        Ok(seen)
    }

    pub(super) async fn do_list_public(
        &self,
        call: &Call,
        asked: ListPublicRequest,
    ) -> Result<ListPublicReply, PostsFault> {
        let first = page_size(asked.first, PAGE_AT_MOST)?;
        let only = (!asked.neighbourhood.is_empty())
            .then(|| NeighbourhoodId::from_bytes(&asked.neighbourhood))
            .transpose()?;
        let list = public_of(self, only);
        let after = position(&list, &asked.after)?;
        let limit = first as u64 + 1;
        let on = self.parts.store.read();
        let mut rows = post::open_in(on, only, after, call.now_ms, limit).await?;
        let has_next = cut(&mut rows, first);
        let starts = |row: &post::Model| row.public_starts_at_ms.unwrap_or_default();
        Ok(ListPublicReply {
            cursors: rows
                .iter()
                .map(|row| list.seal(starts(row), row.id.into_bytes()))
                .collect(),
            posts: rows
                .iter()
                .map(|row| row.wire(Reader::Anyone, call.now_ms))
                .collect(),
            has_next,
        })
    }

    /// A notice that the caller may read as a member, and the caller's standing where it hangs.
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

/// The comments of a notice.
fn comments_of(posts: &Posts, post: &post::Model) -> Cursors {
    let list = [b"comments".as_slice(), post.id.as_bytes()].concat();
    Cursors::new(&posts.cursors, post.neighbourhood.as_bytes(), list)
}

/// The events of a neighbourhood, or of all, that are for everybody.
fn public_of(posts: &Posts, only: Option<NeighbourhoodId>) -> Cursors {
    let of = only.map(NeighbourhoodId::to_bytes).unwrap_or_default();
    Cursors::new(&posts.cursors, &of, b"public".to_vec())
}

/// Where somebody goes on reading.
fn position(cursors: &Cursors, after: &str) -> Result<Option<(i64, Uuid)>, CursorUnknown> {
    let after = cursors.after(after)?;
    Ok(after.map(|(at_ms, id)| (at_ms, Uuid::from_bytes(id))))
}
