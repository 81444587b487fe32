//! The board: its feed, what is gone from it, and the keeping of one's own notices.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use contract::feeds::change::What;
use contract::{Fault, NeighbourhoodId, PostId, feeds, posts};

use crate::hoods::Hood;
use crate::model::choice::Category;
use crate::model::correction::TakenDown;
use crate::model::feed::Filter;
use crate::model::id::Opaque;
use crate::model::page::{LOOK_UP, PAGE_AT_MOST, PostConnection, page_size};
use crate::model::post::Post;
use crate::model::scalar::CellToken;
use crate::visit::{Visit, visit};

/// The most changes that are looked through for what is gone.
const CHANGES_AT_ONCE: u32 = 200;

/// The neighbourhood of a member, by its opaque id.
///
/// # Errors
/// `INVALID_ID`, `UNAUTHENTICATED`, or `NOT_FOUND` to those who are not members.
pub(crate) async fn own_hood(
    visit: &Visit,
    neighbourhood: &str,
) -> Result<std::sync::Arc<Hood>, Fault> {
    visit.is_signed_in()?;
    let neighbourhood = NeighbourhoodId::read(neighbourhood, "neighbourhood")?;
    visit.reads(neighbourhood)?;
    visit.edge.hoods.by_id(neighbourhood).await
}

/// What is no longer on the board.
#[derive(SimpleObject)]
pub(crate) struct Tombstones {
    /// The ids of notices that are gone: every copy of them must go.
    ids: Vec<ID>,
    /// Whether deletions before this moment are forgotten: drop every copy and load the first page again.
    reload: bool,
    /// Where to go on.
    cursor: String,
    /// Whether there is more after this cursor.
    has_next_page: bool,
}

#[derive(Default)]
pub(crate) struct BoardReading;

#[Object]
impl BoardReading {
    /// The notices of a neighbourhood, newest first. Members who ask for the same get the same.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "Which tiles; absent or empty: all of it.")] cells: Option<Vec<CellToken>>,
        #[graphql(desc = "What about; absent or empty: everything.")] categories: Option<
            Vec<Category>,
        >,
        #[graphql(desc = "How many, 1 to 30.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Result<PostConnection> {
        let visit = visit(ctx);
        let hood = own_hood(visit, &neighbourhood).await?;
        let filter = Filter::read(&hood, cells, categories)?;
        Ok(filter.page(visit, &hood, first, after).await?)
    }

    /// What is gone since a cursor: for copies that were kept on a device.
    #[graphql(complexity = "child_complexity + 50")]
    async fn tombstones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(
            desc = "A `changesCursor`, or the cursor of a change, of a feed with the same tiles and categories."
        )]
        since: String,
        #[graphql(desc = "The tiles of that feed.")] cells: Option<Vec<CellToken>>,
        #[graphql(desc = "The categories of that feed.")] categories: Option<Vec<Category>>,
    ) -> Result<Tombstones> {
        let visit = visit(ctx);
        let hood = own_hood(visit, &neighbourhood).await?;
        let filter = Filter::read(&hood, cells, categories)?;
        if since.is_empty() {
            let fault = Fault::invalid("EMPTY", "Give the cursor of a feed that was read before.");
            return Err(fault.at("since").into());
        }
        let request = feeds::ChangesRequest {
            neighbourhood: hood.id.to_bytes(),
            places: filter.places,
            categories: filter.categories,
            after: since,
            first: CHANGES_AT_ONCE,
        };
        let mut client = visit.edge.feeds.clone();
        let reply = client.changes(visit.caller().request(request)).await?;
        let reply = reply.into_inner();
        let mut found = Tombstones {
            ids: Vec::new(),
            reload: false,
            cursor: reply.cursor,
            has_next_page: reply.has_next,
        };
        for change in reply.changes {
            match change.what {
                Some(What::Gone(id)) => {
                    let id = PostId::from_bytes(&id).map_err(|_| Fault::internal())?;
                    found.ids.push(id.opaque());
                }
                Some(What::Reload(_)) => found.reload = true,
                Some(What::Appeared(_) | What::Changed(_)) | None => {}
            }
        }
        Ok(found)
    }

    /// Which notices that members could read were taken down by moderators in the last 14 days, newest day first: for
    /// whoever read one, where they read it.
    #[graphql(complexity = "50 * child_complexity + LOOK_UP")]
    async fn taken_down(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Vec<TakenDown>> {
        let visit = visit(ctx);
        let hood = own_hood(visit, &neighbourhood).await?;
        let request = posts::ListTakenDownRequest {
            neighbourhood: hood.id.to_bytes(),
        };
        let mut client = visit.edge.posts.clone();
        let request = visit.caller().request(request);
        let reply = client.list_taken_down(request).await?.into_inner();
        let posts = reply.posts.iter().map(TakenDown::read);
        Ok(posts.collect::<Result<_, Fault>>()?)
    }

    /// The caller's own notices that are not gone, newest first; those that wait to be read too.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn my_posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "How many, 1 to 30.", default_with = "PAGE_AT_MOST")] first: i32,
    ) -> Result<Vec<Post>> {
        let visit = visit(ctx);
        let hood = own_hood(visit, &neighbourhood).await?;
        let request = posts::ListMineRequest {
            neighbourhood: hood.id.to_bytes(),
            first: page_size(first)?,
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.list_mine(visit.caller().request(request)).await?;
        Ok(Post::all_told(reply.into_inner().posts)?)
    }
}

/// A notice whose matter is settled.
#[derive(InputObject)]
pub(crate) struct ResolvePostInput {
    /// Which.
    post: ID,
}

/// A notice that comes down.
#[derive(InputObject)]
pub(crate) struct WithdrawPostInput {
    /// Which.
    post: ID,
}

/// The matter is settled.
#[derive(SimpleObject)]
pub(crate) struct ResolvePostPayload {
    /// As it is now.
    post: Post,
}

/// The notice is gone.
#[derive(SimpleObject)]
pub(crate) struct WithdrawPostPayload {
    /// Which.
    id: ID,
}

#[derive(Default)]
pub(crate) struct BoardKeeping;

#[Object]
impl BoardKeeping {
    /// The matter is settled: the notice stays readable until its time and takes no more comments. Its author only.
    async fn resolve_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ResolvePostInput,
    ) -> Result<ResolvePostPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let request = posts::PostRequest {
            post: PostId::read(&input.post, "post")?.to_bytes(),
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.resolve(visit.caller().request(request)).await?;
        Ok(ResolvePostPayload {
            post: Post::told(reply.into_inner())?,
        })
    }

    /// Takes a notice down: it is deleted at once, with its comments and pictures, everywhere. Its author only.
    async fn withdraw_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawPostInput,
    ) -> Result<WithdrawPostPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let post = PostId::read(&input.post, "post")?;
        let request = posts::PostRequest {
            post: post.to_bytes(),
        };
        let mut client = visit.edge.posts.clone();
        client.withdraw(visit.caller().request(request)).await?;
        Ok(WithdrawPostPayload { id: post.opaque() })
    }
}
