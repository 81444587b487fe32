//! What moderators do: reading what is held, releasing it, naming tiles.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use contract::{NeighbourhoodId, PostId, identity, posts};

use crate::model::hood::Neighbourhood;
use crate::model::id::Opaque;
use crate::model::page::{PAGE_AT_MOST, page_size};
use crate::model::post::Post;
use crate::model::scalar::CellToken;
use crate::visit::visit;

#[derive(Default)]
pub(crate) struct ModerationReading;

#[Object]
impl ModerationReading {
    /// What waits to be read before neighbours see it, oldest first. Moderators only.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn held_posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "How many, 1 to 30.", default_with = "PAGE_AT_MOST")] first: i32,
    ) -> Result<Vec<Post>> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&neighbourhood, "neighbourhood")?;
        visit.moderator_of(neighbourhood)?;
        let request = posts::ListHeldRequest {
            neighbourhood: neighbourhood.to_bytes(),
            first: page_size(first)?,
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.list_held(visit.caller().request(request)).await?;
        Ok(Post::all_told(reply.into_inner().posts)?)
    }
}

/// What was read, and what comes of it.
#[derive(InputObject)]
pub(crate) struct ReviewPostInput {
    /// Which.
    post: ID,
    /// The `version` that was read: where its author changed it meanwhile, it has to be read again (`CONFLICT`).
    version: i32,
    /// True: neighbours see what was held. False: it is taken down, the notice or only its pictures, whichever was held.
    release: bool,
}

/// What was held is held no longer.
#[derive(SimpleObject)]
pub(crate) struct ReviewPostPayload {
    /// Which notice.
    id: ID,
    /// As it is now; null when it was taken down.
    post: Option<Post>,
}

/// A name for a tile.
#[derive(InputObject)]
pub(crate) struct NameTileInput {
    /// Where.
    neighbourhood: ID,
    /// The tile.
    cell: CellToken,
    /// What neighbours call it; empty takes the name away.
    name: String,
}

/// The tile has its name.
#[derive(SimpleObject)]
pub(crate) struct NameTilePayload {
    /// With all its tiles.
    neighbourhood: Neighbourhood,
}

#[derive(Default)]
pub(crate) struct Moderating;

#[Object]
impl Moderating {
    /// Releases what is held, or takes it down. Moderators only, and not for notices of their own.
    async fn review_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what comes of it.")] input: ReviewPostInput,
    ) -> Result<ReviewPostPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let post = PostId::read(&input.post, "post")?;
        let request = posts::ReviewRequest {
            post: post.to_bytes(),
            release: input.release,
            version: u64::try_from(input.version).unwrap_or_default(),
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.review(visit.caller().request(request)).await?;
        let reviewed = Post::told(reply.into_inner())?;
        Ok(ReviewPostPayload {
            id: reviewed.post_id().opaque(),
            // What was held as a whole and not released was taken down as it was.
            post: (!reviewed.is_held()).then_some(reviewed),
        })
    }

    /// Gives a tile a name, or takes it away. Moderators only.
    async fn name_tile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tile, and its name.")] input: NameTileInput,
    ) -> Result<NameTilePayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.moderator_of(neighbourhood)?;
        let hood = visit.edge.hoods.by_id(neighbourhood).await?;
        let place = hood
            .place_of(input.cell.0)
            .map_err(|fault| fault.at("cell"))?;
        let request = identity::NameTileRequest {
            neighbourhood: neighbourhood.to_bytes(),
            place: place.to_i64(),
            name: input.name,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.name_tile(visit.caller().request(request)).await?;
        let hood = visit.edge.hoods.learn(reply.into_inner())?;
        Ok(NameTilePayload {
            neighbourhood: Neighbourhood::inside(hood),
        })
    }
}
