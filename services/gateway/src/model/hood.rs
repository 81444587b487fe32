//! Neighbourhoods and their tiles.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, Result};
use geo::Place;

use super::choice::Category;
use super::feed::Filter;
use super::id::Opaque;
use super::page::{EventConnection, PostConnection};
use super::scalar::CellToken;
use crate::hoods::Hood;
use crate::visit::{Visit, or_null, visit};

/// A neighbourhood. Who is not a member sees its name and its public events only.
pub(crate) struct Neighbourhood {
    hood: Arc<Hood>,
    inside: bool,
}

impl Neighbourhood {
    /// As far as the caller may see it.
    pub(crate) fn seen_by(visit: &Visit, hood: Arc<Hood>) -> Self {
        let inside = visit.member_of(hood.id).is_ok();
        Self { hood, inside }
    }

    /// As seen by a member, or by somebody with a code in hand.
    pub(crate) const fn inside(hood: Arc<Hood>) -> Self {
        Self { hood, inside: true }
    }

    async fn read_feed(
        &self,
        visit: &Visit,
        cells: Option<Vec<CellToken>>,
        categories: Option<Vec<Category>>,
        first: i32,
        after: Option<String>,
    ) -> Result<Option<PostConnection>> {
        let filter = Filter::read(&self.hood, cells, categories)?;
        Ok(Some(filter.page(visit, &self.hood, first, after).await?))
    }
}

/// A neighbourhood. Who is not a member sees its name and its public events only.
#[Object]
impl Neighbourhood {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        self.hood.id.opaque()
    }

    /// Its name in addresses.
    async fn slug(&self) -> &str {
        &self.hood.slug
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.hood.name
    }

    /// Its tiles; for members, and for who has a code to join. The whole of it, token `X`, is not listed.
    #[graphql(complexity = "50 * child_complexity + 1")]
    async fn tiles(&self) -> Option<Vec<Tile>> {
        let tile = |leaf: geo::Leaf| Tile::new(self.hood.clone(), Place::Cell(leaf.cell));
        self.inside
            .then(|| self.hood.map.leaves().map(tile).collect())
    }

    /// Which map its tiles are of; grows when the map changes. For members, as the tiles are.
    async fn map_version(&self) -> Option<u32> {
        self.inside.then(|| self.hood.map.version())
    }

    /// Its events that are for everybody, signed out too, soonest first, until they are over. Told to everybody alike: signed
    /// "a neighbour", without comments and answers.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn public_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 30.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Option<EventConnection> {
        let events = EventConnection::read(visit(ctx), Some(self.hood.id), first, after).await;
        or_null(ctx, events.map(Some).map_err(Error::from))
    }

    /// Its notices, newest first, as in `Query.feed`: with `viewer` beside it, one question opens a board. For members only.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tiles; absent or empty: all of it.")] cells: Option<Vec<CellToken>>,
        #[graphql(desc = "What about; absent or empty: everything.")] categories: Option<
            Vec<Category>,
        >,
        #[graphql(desc = "How many, 1 to 30.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Option<PostConnection> {
        let visit = visit(ctx);
        visit.member_of(self.hood.id).ok()?;
        or_null(
            ctx,
            self.read_feed(visit, cells, categories, first, after).await,
        )
    }
}

/// A place: a cell that a neighbourhood uses, or the whole of it. Nothing here is finer.
pub(crate) struct Tile {
    hood: Arc<Hood>,
    place: Place,
}

impl Tile {
    /// A place of a neighbourhood.
    pub(crate) const fn new(hood: Arc<Hood>, place: Place) -> Self {
        Self { hood, place }
    }
}

/// A place: a cell that a neighbourhood uses, or the whole of it. Nothing here is finer.
#[Object]
impl Tile {
    /// Its S2 token; `X` for the whole neighbourhood.
    async fn token(&self) -> CellToken {
        CellToken(self.place)
    }

    /// What neighbours call it, else a word of the compass in the caller's language.
    async fn name(&self, ctx: &Context<'_>) -> String {
        self.hood.name_of(self.place, visit(ctx).locale())
    }

    /// Its S2 level, 11 to 14; absent for the whole neighbourhood.
    async fn level(&self) -> Option<u8> {
        self.place.level()
    }

    /// The place that holds it and is no finer than a level, as a category may ask: itself where that is coarse enough.
    async fn within(
        &self,
        #[graphql(desc = "The finest level, 11 to 14; beyond that the nearest of them counts.")]
        level: u8,
    ) -> Tile {
        Tile::new(self.hood.clone(), self.place.coarsened(level))
    }

    /// Whether a home or a notice may be placed there. Who lives in one that is not says "the whole neighbourhood".
    async fn selectable(&self) -> bool {
        match self.place {
            Place::Whole => true,
            Place::Cell(cell) => self.hood.map.is_tile(cell),
        }
    }
}
