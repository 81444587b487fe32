//! What the program holds with a million notices on one board, all of which somebody pages through.

use anyhow::{Context, Result};
use contract::NeighbourhoodId;
use geo::{CoarseCell, Place};
use load_tests::board::Board;
use load_tests::goals::{Bound, Ratio, Table};
use load_tests::process::{program, seed};
use load_tests::sockets::Listeners;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use store::Store;
use uuid::Uuid;

use crate::{tables, town};

const NOTICES: u64 = 1_000_000;
/// Pages that somebody reads, one after the other: more than are kept.
const PAGES: usize = 6_000;
const SOCKETS: usize = 20;
const MEGABYTES: f64 = 500.0;
/// A tile of the board that is seeded.
const TILE: &str = "47e66e1c";

/// The board of a seeded folder.
async fn board_of(address: &str) -> Result<NeighbourhoodId> {
    let store = Store::open(address).await?;
    let asked = "SELECT neighbourhood FROM feed_map";
    let asked = Statement::from_string(store.read().get_database_backend(), asked);
    let row = store.read().query_one_raw(asked).await?;
    let row = row.context("no board was seeded")?;
    let id: Uuid = row.try_get("", "neighbourhood")?;
    store.close().await;
    Ok(NeighbourhoodId::from_bytes(id.as_bytes())?)
}

/// Its tiles.
fn tiles() -> Result<Vec<Place>> {
    let area = CoarseCell::from_token(TILE)?.coarsened(12);
    let quarters = area.children().context("no finer tiles")?;
    let cells = quarters.iter().filter_map(|cell| cell.children()).flatten();
    Ok(cells.map(Place::Cell).collect())
}

pub async fn measure(table: &mut Table, small: bool) -> Result<()> {
    let (notices, pages) = if small {
        (NOTICES / 100, PAGES / 100)
    } else {
        (NOTICES, PAGES)
    };
    let (program, folder) = (program()?, tempfile::tempdir()?);
    seed(&program, folder.path(), 0, 1)?;
    let address = tables::sqlite(&folder.path().join("feeds.db"));
    let (board, tiles) = (board_of(&address).await?, tiles()?);
    let all = town::notices(notices).map(|notice| {
        let place = tiles[notice.tile as usize % tiles.len()];
        (notice, board, place)
    });
    tables::fill(&address, all).await?;

    let board = Board::in_folder(&program, folder, 1).await?;
    let listeners = Listeners::open(&board.following(&json!({})), SOCKETS).await?;
    let mut after = Value::Null;
    for _ in 0..pages {
        let page = board.first().read(&json!({ "after": after })).await?;
        let last = page["edges"].as_array().and_then(|edges| edges.last());
        after = last.context("too few notices")?["cursor"].clone();
    }
    let most = board.server.process().most_held()?;
    drop(listeners);
    table.add("1e6", Ratio {
        what: format!("memory at most, with {notices} notices on a board and {pages} pages of it read, of {MEGABYTES} MB"),
        seen: format!("{most:.0} MB"),
        ratio: most / MEGABYTES,
        bound: Bound::AtMost(1.0),
        is_held: true,
    });
    Ok(())
}
