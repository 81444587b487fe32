//! The feed: pages, filters, equal answers.

use serde_json::{Value, json};

use crate::harness::{Board, SLUG, cells};

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_newest_first_and_end() {
    for board in Board::each().await {
        let ann = board.founder("Mésange").await;
        for number in 0..7 {
            ann.up(&format!("notice {number}")).await;
            board.pass(60_000);
        }
        board.drain().await;
        let mut titles = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = ann.feed_of(json!({ "first": 3, "after": after })).await;
            for edge in page["edges"].as_array().unwrap() {
                titles.push(edge["node"]["title"].as_str().unwrap().to_owned());
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        let expected: Vec<String> = (0..7)
            .rev()
            .map(|number| format!("notice {number}"))
            .collect();
        assert_eq!(titles, expected);
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_members_who_ask_for_the_same_tiles_get_the_same_bytes() {
    let board = Board::sqlite().await;
    let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
    let tiles: Vec<String> = cells().iter().map(|cell| cell.token()).collect();
    for (number, tile) in tiles.iter().take(6).enumerate() {
        let mut draft = ann.draft(&format!("notice {number}")).await;
        draft["cell"] = json!(tile);
        draft["category"] = "GIVE_LEND".into();
        assert_eq!(ann.publish(draft).await["__typename"], "PostPublished");
    }
    board.drain().await;
    let there = json!({ "cells": [tiles[0], tiles[1]], "first": 5 });
    let back = json!({ "cells": [tiles[1], tiles[0], tiles[1]], "first": 5 });
    let (anns, bens) = (ann.feed_of(there).await, ben.feed_of(back).await);
    assert_eq!(anns.to_string(), bens.to_string());
    assert_eq!(anns["edges"].as_array().unwrap().len(), 2);
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_question_opens_a_board_as_two_do() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    for number in 0..3 {
        ann.up(&format!("notice {number}")).await;
    }
    board.drain().await;
    let page = "changesCursor pageInfo { hasNextPage endCursor } edges { cursor node { id title tile { name } } }";
    let at_once = format!(
        "query($slug: String!) {{ neighbourhood(slug: $slug) {{ feed(first: 2) {{ {page} }} }} }}"
    );
    let later = format!("query($n: ID!) {{ feed(neighbourhood: $n, first: 2) {{ {page} }} }}");
    let opened = ann.data(&at_once, json!({ "slug": SLUG })).await;
    let fed = ann
        .data(&later, json!({ "n": ann.neighbourhood().await }))
        .await;
    assert_eq!(opened["neighbourhood"]["feed"], fed["feed"]);
    assert_eq!(fed["feed"]["edges"].as_array().unwrap().len(), 2);
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_filters_and_a_tile_elsewhere_is_refused() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    ann.up("a question").await;
    let mut draft = ann.draft("a ladder").await;
    draft["category"] = "GIVE_LEND".into();
    ann.publish(draft).await;
    board.drain().await;
    let page = ann.feed_of(json!({ "categories": ["GIVE_LEND"] })).await;
    assert_eq!(page["edges"][0]["node"]["title"], "a ladder");
    assert_eq!(page["edges"].as_array().unwrap().len(), 1);
    let feed = "query($n: ID!, $c: [CellToken!], $a: String, $f: Int) { feed(neighbourhood: $n, cells: $c, after: $a, first: $f) { changesCursor } }";
    let n = ann.neighbourhood().await;
    for variables in [
        json!({ "n": n, "c": ["0f"] }),
        json!({ "n": n, "c": ["not a token"] }),
        json!({ "n": n, "c": ["54"] }),
        json!({ "n": n, "a": "bm9uc2Vuc2U" }),
        json!({ "n": n, "f": 31 }),
        json!({ "n": n, "f": -1 }),
        json!({ "n": n, "f": 1.5 }),
    ] {
        assert_eq!(
            ann.code(feed, variables.clone()).await,
            "INVALID",
            "{variables}"
        );
    }
    board.close().await;
}
