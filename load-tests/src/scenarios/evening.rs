//! Many read: the first page, what comes after it, and one category.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use super::{Lived, Size};
use crate::board::Board;
use crate::pace::{Series, at_rate};
use crate::promise::Promise;

/// Pages a second.
const PAGES: u32 = 300;
/// For how long a page may keep somebody waiting.
const PAGE_WITHIN: Duration = Duration::from_millis(100);

pub(super) async fn happens(board: &Board, size: Size) -> Result<Lived> {
    let first = board.first().read(&json!({})).await?;
    let last = first["edges"].as_array().and_then(|edges| edges.last());
    let after = &last.context("nothing to read")?["cursor"];
    // Of ten who look, seven see the first page, two go on, and one asks for a category.
    let mut asked = vec![json!({}); 7];
    asked.extend([json!({ "after": after }), json!({ "after": after })]);
    asked.push(json!({ "categories": ["QUESTION"] }));
    let timed = at_rate(PAGES, size.lasting, |number| {
        let number = number as usize;
        let resident = board.residents[number % board.residents.len()].clone();
        let page = resident.page(&asked[number % asked.len()]);
        async move { resident.ask(page).await.map(drop) }
    });
    let timed = timed.await;
    Ok(Lived {
        promises: Promise::answered("a page", PAGE_WITHIN, &timed),
        series: vec![Series {
            name: "a page",
            timed,
        }],
    })
}
