//! Following what changes.

use async_graphql::{Context, ID, Result, Subscription};
use contract::{Fault, PostId};
use futures_util::{Stream, StreamExt, future, stream};

use super::board::own_hood;
use crate::live::{self, Following};
use crate::model::change::FeedChange;
use crate::model::choice::Category;
use crate::model::feed::Filter;
use crate::model::id::Opaque;
use crate::model::post::Post;
use crate::model::scalar::CellToken;
use crate::visit::visit;

/// What residents may follow.
pub(crate) struct Subscription;

/// What residents may follow.
#[Subscription]
impl Subscription {
    /// What changes in a feed, in order: first what was missed since `after`, then what happens while one looks.
    async fn feed_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "Which tiles; absent or empty: all of it.")] cells: Option<Vec<CellToken>>,
        #[graphql(desc = "What about; absent or empty: everything.")] categories: Option<
            Vec<Category>,
        >,
        #[graphql(
            desc = "A `changesCursor`, or the cursor of the last change seen, for the same tiles and categories; absent: from now on."
        )]
        after: Option<String>,
    ) -> Result<impl Stream<Item = Result<FeedChange, Fault>>> {
        let arranged = match ctx.data_unchecked::<Following>() {
            Following::Tell(change) => {
                let change = FeedChange::read(change.as_ref().clone());
                return Ok(stream::once(future::ready(change)).left_stream());
            }
            Following::Arrange(arranged) => arranged,
        };
        let hood = own_hood(visit(ctx), &neighbourhood).await?;
        let filter = Filter::read(&hood, cells, categories)?;
        // It is arranged once; what is followed from here on is told one change after the other.
        let _ = arranged.set(((hood.id, filter), after.unwrap_or_default()));
        Ok(stream::empty().right_stream())
    }

    /// A notice while one reads it: as it is now, and again after each change of it, of the answers below it or of the places
    /// left; several changes within a second are told together. Null, and then no more, when it is gone or not the caller's
    /// to see. After a reconnect, follow it anew: the first is the present state.
    async fn post_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
    ) -> Result<impl Stream<Item = Result<Option<Post>, Fault>>> {
        let visit = visit(ctx).clone();
        visit.resident()?;
        let post = PostId::read(&id, "id")?;
        Ok(live::changes_of(visit, post).await?)
    }
}
