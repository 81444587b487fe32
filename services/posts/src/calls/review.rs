//! Moderators read what is held, and release it.

use contract::NeighbourhoodId;
use contract::posts::{ListHeldRequest, ListPostsReply, Pictures, Post, ReviewRequest, State};
use prost::Message;

use super::edit::{save, take_down};
use super::reading::page;
use super::show::show;
use super::{Call, ids, post_id, standing_of};
use crate::store::oversight;
use crate::store::post::{self, Reader};
use crate::{Posts, PostsFault};

impl Posts {
    pub(super) async fn do_list_held(
        &self,
        call: &Call,
        asked: ListHeldRequest,
    ) -> Result<ListPostsReply, PostsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        if !self.standing(call, neighbourhood)?.moderator {
            return Err(PostsFault::ModeratorsOnly);
        }
        let limit = u64::from(page(asked.first)?);
        oversight::attend(&self.parts.store, neighbourhood, call.now_ms).await?;
        let rows = post::held(self.parts.store.read(), neighbourhood, call.now_ms, limit).await?;
        Ok(ListPostsReply {
            posts: rows
                .iter()
                .map(|row| row.wire(Reader::Moderator, call.now_ms))
                .collect(),
        })
    }

    /// Decides about what was read: the version that the moderator saw, and no later one.
    ///
    /// Releasing shows what was held; not releasing takes down what was held: the notice, or only its pictures.
    pub(super) async fn do_review(
        &self,
        call: &Call,
        asked: ReviewRequest,
    ) -> Result<Post, PostsFault> {
        let standings = self.standings(call)?;
        let tx = self.parts.store.begin().await?;
        let mut post = post::find(
            &*tx,
            &ids(&standings),
            post_id(&asked.post)?,
            call.now_ms,
            true,
        )
        .await?
        .ok_or(PostsFault::NotFound)?;
        let standing = standing_of(standings, post.neighbourhood)?;
        if !standing.moderator {
            return Err(PostsFault::ModeratorsOnly);
        }
        if !post.held {
            return Err(PostsFault::WrongState);
        }
        if post.author == standing.resident.uuid() {
            return Err(PostsFault::OwnNotice);
        }
        if u64::try_from(post.version) != Ok(asked.version) {
            return Err(PostsFault::ChangedMeanwhile);
        }
        let was_hidden = post.state() == State::InReview;
        if !asked.release && was_hidden {
            take_down(&tx, &post).await?;
            tx.commit().await?;
            self.signal(post.id);
            return Ok(post.wire(Reader::Moderator, call.now_ms));
        }
        if !asked.release {
            post.pictures = Pictures::default().encode_to_vec();
        }
        if was_hidden {
            show(&tx, &mut post, self.parts.clock.today(), call.now_ms).await?;
        }
        post.held = false;
        post.pictures_held = false;
        post.version += 1;
        save(&tx, &post).await?;
        tx.commit().await?;
        self.signal(post.id);
        Ok(post.wire(Reader::Moderator, call.now_ms))
    }
}
