//! Neighbourhoods and their tiles.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, Result};
use contract::{Fault, NeighbourhoodId};
use geo::Place;

use super::choice::Category;
use super::feed::Filter;
use super::id::Opaque;
use super::page::{EventConnection, LOOK_UP, PostConnection};
use super::scalar::CellToken;
use crate::hoods::{Hood, Named};
use crate::visit::{Visit, or_null, visit};

/// A neighbourhood. Who is not a member sees its name and its public events only.
pub(crate) struct Neighbourhood {
    known: Known,
    inside: bool,
}

/// As much as is known of it so far.
enum Known {
    Named(Arc<Named>),
    Mapped(Arc<Hood>),
}

impl Neighbourhood {
    /// As far as the caller may see it.
    pub(crate) fn seen_by(visit: &Visit, hood: Arc<Hood>) -> Self {
        let inside = visit.member_of(hood.id).is_ok();
        Self {
            known: Known::Mapped(hood),
            inside,
        }
    }

    /// One of a list, as far as the caller may see it; its map is looked up where it is asked for.
    pub(crate) fn listed_for(visit: &Visit, named: Arc<Named>) -> Self {
        let inside = visit.member_of(named.id).is_ok();
        Self {
            known: Known::Named(named),
            inside,
        }
    }

    /// As seen by a member, or by somebody with a code in hand.
    pub(crate) const fn inside(hood: Arc<Hood>) -> Self {
        Self {
            known: Known::Mapped(hood),
            inside: true,
        }
    }

    fn which(&self) -> NeighbourhoodId {
        match &self.known {
            Known::Named(named) => named.id,
            Known::Mapped(hood) => hood.id,
        }
    }

    async fn hood(&self, visit: &Visit) -> Result<Arc<Hood>, Fault> {
        match &self.known {
            Known::Named(named) => visit.edge.hoods.by_id(named.id).await,
            Known::Mapped(hood) => Ok(hood.clone()),
        }
    }

    /// For who may see it inside; its failing is beside the null.
    async fn hood_inside(&self, ctx: &Context<'_>) -> Option<Arc<Hood>> {
        if !self.inside {
            return None;
        }
        let hood = self.hood(visit(ctx)).await;
        or_null(ctx, hood.map(Some).map_err(Error::from))
    }

    async fn read_feed(
        &self,
        visit: &Visit,
        cells: Option<Vec<CellToken>>,
        categories: Option<Vec<Category>>,
        first: i32,
        after: Option<String>,
    ) -> Result<Option<PostConnection>> {
        let hood = self.hood(visit).await?;
        let filter = Filter::read(&hood, cells, categories)?;
        Ok(Some(filter.page(visit, &hood, first, after).await?))
    }
}

/// A neighbourhood. Who is not a member sees its name and its public events only.
#[Object]
impl Neighbourhood {
    /// Opaque.
    pub(crate) async fn id(&self) -> ID {
        self.which().opaque()
    }

    /// Its name in addresses.
    async fn slug(&self) -> &str {
        match &self.known {
            Known::Named(named) => &named.slug,
            Known::Mapped(hood) => &hood.slug,
        }
    }

    /// Its name.
    async fn name(&self) -> &str {
        match &self.known {
            Known::Named(named) => &named.name,
            Known::Mapped(hood) => &hood.name,
        }
    }

    /// Whether its moderators send postcards, with a code, to who wants to join and asks for one.
    #[graphql(complexity = "LOOK_UP")]
    async fn postcards(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.hood(visit(ctx)).await?.postcards)
    }

    /// Its tiles; for members, and for who has a code to join. The whole of it, token `X`, is not listed.
    #[graphql(complexity = "50 * child_complexity + 1")]
    async fn tiles(&self, ctx: &Context<'_>) -> Option<Vec<Tile>> {
        let hood = self.hood_inside(ctx).await?;
        let tile = |leaf: geo::Leaf| Tile::new(hood.clone(), Place::Cell(leaf.cell));
        Some(hood.map.leaves().map(tile).collect())
    }

    /// Which map its tiles are of; grows when the map changes. For members, as the tiles are.
    async fn map_version(&self, ctx: &Context<'_>) -> Option<u32> {
        Some(self.hood_inside(ctx).await?.map.version())
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
        let events = EventConnection::read(visit(ctx), Some(self.which()), first, after).await;
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
        visit.member_of(self.which()).ok()?;
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
