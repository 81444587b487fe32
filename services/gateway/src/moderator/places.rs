//! What moderators set for their neighbourhood: names for tiles, and whether they send postcards.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use contract::identity;

use super::cases::moderated;
use crate::model::hood::Neighbourhood;
use crate::model::scalar::CellToken;
use crate::visit::visit;

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

/// Whether postcards are sent.
#[derive(InputObject)]
pub(crate) struct SetPostcardsInput {
    /// Where.
    neighbourhood: ID,
    /// Whether who wants to join may ask for one. Those that were asked for before wait on.
    offered: bool,
}

/// It is so.
#[derive(SimpleObject)]
pub(crate) struct SetPostcardsPayload {
    /// As it is now.
    neighbourhood: Neighbourhood,
}

#[derive(Default)]
pub(crate) struct Setting;

#[Object]
impl Setting {
    /// Gives a tile a name, or takes it away.
    async fn name_tile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tile, and its name.")] input: NameTileInput,
    ) -> Result<NameTilePayload> {
        let visit = visit(ctx);
        let neighbourhood = moderated(visit, &input.neighbourhood)?;
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

    /// Says whether moderators send postcards to who wants to join and knows nobody.
    async fn set_postcards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, and whether.")] input: SetPostcardsInput,
    ) -> Result<SetPostcardsPayload> {
        let visit = visit(ctx);
        let request = identity::SetPostcardsRequest {
            neighbourhood: moderated(visit, &input.neighbourhood)?.to_bytes(),
            offered: input.offered,
        };
        let mut client = visit.edge.identity.clone();
        let request = visit.caller().request(request);
        let reply = client.set_postcards(request).await?;
        let hood = visit.edge.hoods.learn(reply.into_inner())?;
        Ok(SetPostcardsPayload {
            neighbourhood: Neighbourhood::inside(hood),
        })
    }
}
