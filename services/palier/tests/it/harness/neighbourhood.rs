//! The neighbourhood of a board under test.

use contract::common::Empty;
use contract::identity::{CreateNeighbourhoodRequest, Density, Households};
use contract::{Caller, NeighbourhoodId};
use geo::CoarseCell;

use super::Board;

pub const SLUG: &str = "canal";

/// How many households live in the cells of [`cells`] that are many enough to be tiles by themselves, and in those that are
/// not: the last four, which are one tile of level 13 together.
const HOUSEHOLDS: (u32, u32) = (150, 30);

/// The tiles of the neighbourhood under test: twelve of level 14 and one of level 13.
pub fn tiles() -> Vec<CoarseCell> {
    let mut tiles = cells();
    let last = tiles.split_off(12);
    tiles.push(last[0].coarsened(13));
    tiles
}

/// The finest cells of the neighbourhood under test: those of one cell of level 12, with households everywhere.
pub fn cells() -> Vec<CoarseCell> {
    let mut cells = vec![CoarseCell::from_token("47e66e1c").unwrap().coarsened(12)];
    while cells[0].level() < geo::FINEST {
        cells = cells
            .into_iter()
            .flat_map(|cell| cell.children().unwrap())
            .collect();
    }
    cells
}

/// Makes it on a board that has none.
pub(super) async fn found(board: &Board) -> NeighbourhoodId {
    let (many, few) = HOUSEHOLDS;
    let households = cells()
        .into_iter()
        .enumerate()
        .map(|(at, cell)| Households {
            place: cell.to_i64(),
            count: if at < 12 { many } else { few },
        });
    let request = Caller::Operator.request(CreateNeighbourhoodRequest {
        slug: SLUG.to_owned(),
        name: "Le Canal".to_owned(),
        grain: u32::from(geo::FINEST),
        density: Some(Density {
            cells: households.collect(),
        }),
        names: Vec::new(),
    });
    let made = board
        .identity()
        .create_neighbourhood(request)
        .await
        .unwrap();
    let listed = Caller::Operator.request(Empty {});
    let listed = board.identity().list_neighbourhoods(listed).await.unwrap();
    assert_eq!(listed.into_inner().neighbourhoods.len(), 1);
    NeighbourhoodId::from_bytes(&made.into_inner().id).unwrap()
}
