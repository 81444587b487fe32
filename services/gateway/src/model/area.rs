//! What a member follows besides the home tile.

use std::sync::Arc;

use async_graphql::Object;
use contract::{Fault, identity};
use geo::Place;

use super::hood::Tile;
use crate::hoods::Hood;

/// A part of a neighbourhood that a member reads besides home. Nobody else sees any of this.
pub(crate) struct FollowedArea {
    hood: Arc<Hood>,
    number: u32,
    name: String,
    places: Vec<Place>,
}

impl FollowedArea {
    /// From identity's answer to its member.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn all(hood: &Arc<Hood>, wire: identity::FollowedAreas) -> Result<Vec<Self>, Fault> {
        let area = |area: identity::FollowedArea| {
            let places = area.places.iter().map(|id| Place::from_i64(*id));
            Ok(Self {
                hood: hood.clone(),
                number: area.number,
                name: area.name,
                places: places
                    .collect::<Result<_, _>>()
                    .map_err(|_| Fault::internal())?,
            })
        };
        wire.areas.into_iter().map(area).collect()
    }
}

/// A part of a neighbourhood that a member reads besides home. Nobody else sees any of this.
#[Object]
impl FollowedArea {
    /// Which of the five, 1 to 5.
    async fn number(&self) -> u32 {
        self.number
    }

    /// What its member calls it.
    async fn name(&self) -> &str {
        &self.name
    }

    /// Its tiles; ask a feed for them.
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn tiles(&self) -> Vec<Tile> {
        let tile = |place: &Place| Tile::new(self.hood.clone(), *place);
        self.places.iter().map(tile).collect()
    }
}
