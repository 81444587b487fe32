//! Many sign in at once, while others read.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Lived, Size};
use crate::board::Board;
use crate::pace::{Series, at_once, at_rate};
use crate::promise::Promise;
use crate::resident::Resident;

/// At once.
const SIGN_INS: usize = 32;
/// Pages a second meanwhile.
const PAGES: u32 = 100;
/// For how long a page may keep somebody waiting.
const PAGE_WITHIN: Duration = Duration::from_millis(250);
/// For how long signing in may: a password takes a processor a while, on purpose.
const SIGNED_IN_WITHIN: Duration = Duration::from_secs(10);

pub(super) async fn happens(board: &Board, size: Size) -> Result<Lived> {
    let origin = &board.server.origin;
    let entering = (0..SIGN_INS).map(|number| {
        let (origin, number) = (origin.clone(), number % board.residents.len());
        async move { Resident::sign_in(&origin, number).await.map(drop) }
    });
    let page = board.first().page(&json!({}));
    let reading = at_rate(PAGES, size.lasting, |number| {
        let resident = board.residents[number as usize % board.residents.len()].clone();
        let page = page.clone();
        async move { resident.ask(page).await.map(drop) }
    });
    let (signed_in, read) = tokio::join!(at_once(entering), reading);
    let mut promises = Promise::answered("signing in", SIGNED_IN_WITHIN, &signed_in);
    promises.extend(Promise::answered("a page meanwhile", PAGE_WITHIN, &read));
    let series = [("signing in", signed_in), ("a page meanwhile", read)];
    Ok(Lived {
        promises,
        series: series.map(|(name, timed)| Series { name, timed }).into(),
    })
}
