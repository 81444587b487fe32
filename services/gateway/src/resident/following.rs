//! Following what changes.

use async_graphql::{Context, ID, Result, Subscription};
use contract::Fault;
use futures_util::Stream;

use super::board::{Filter, own_hood};
use crate::live;
use crate::model::change::FeedChange;
use crate::model::choice::Category;
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
        let visit = visit(ctx).clone();
        let hood = own_hood(&visit, &neighbourhood).await?;
        let filter = Filter::read(&hood, cells, categories)?;
        Ok(live::changes(visit, hood.id, filter, after).await?)
    }
}
