//! What moderators took down after members had seen it.

use contract::NeighbourhoodId;
use contract::posts::{ListTakenDownReply, ListTakenDownRequest, TakenDown};
use runtime::DAY_MS;

use super::Call;
use crate::domain::TAKEN_DOWN_TOLD_DAYS;
use crate::store::post;
use crate::{Posts, PostsFault};

/// Most of them in one answer.
const LISTED: u64 = 50;

impl Posts {
    pub(super) async fn do_list_taken_down(
        &self,
        call: &Call,
        asked: ListTakenDownRequest,
    ) -> Result<ListTakenDownReply, PostsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        self.standing(call, neighbourhood)?;
        let since = call.now_ms.div_euclid(DAY_MS) - TAKEN_DOWN_TOLD_DAYS;
        let rows = post::taken_down(self.parts.store.read(), neighbourhood, since, LISTED).await?;
        let posts = rows.iter().map(|row| TakenDown {
            post: row.post_id().to_bytes(),
            category: row.category,
            day_ms: row.removed_day.unwrap_or_default() * DAY_MS,
        });
        Ok(ListTakenDownReply {
            posts: posts.collect(),
        })
    }
}
