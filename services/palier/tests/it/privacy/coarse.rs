//! Whatever place is posted, nothing finer than the level map comes out anywhere.

use bus::Compose;
use contract::events::envelope::Body;
use geo::{CoarseCell, Place};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use store::Outbox;

use super::{Said, holds};
use crate::harness::client::client_key;
use crate::harness::{Board, Client, PASSWORD, cells, email, tiles};
use palier::wiring::Role;

/// A cell id of any level inside a tile of the neighbourhood.
fn any_cell_within() -> impl Strategy<Value = (u64, u8)> {
    (0..cells().len(), any::<u64>(), 11_u8..=30).prop_map(|(tile, below, level)| {
        let tile = cells()[tile].to_i64().cast_unsigned();
        let width = tile & tile.wrapping_neg();
        // A leaf within the tile, then its ancestor of that level: the lowest set bit tells the level.
        let leaf = (tile - width + 1) | (below % (2 * width - 1));
        let lowest = 1_u64 << (2 * (30 - u32::from(level)));
        ((leaf & lowest.wrapping_neg()) | lowest, level)
    })
}

fn token(id: u64) -> String {
    format!("{id:016x}").trim_end_matches('0').to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_finer_than_the_level_map_is_answered_kept_told_or_logged() {
    let said = Said::kept();
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let tiles = tiles();
    let mut runner = TestRunner::deterministic();
    let mut asked = Vec::new();
    // Where households are few, a cell that could be named elsewhere is not.
    for cell in &cells()[12..] {
        asked.push((cell.to_i64().cast_unsigned(), 14, "HAZARD"));
    }
    for category in ["GIVE_LEND", "QUESTION", "HAZARD"] {
        for _ in 0..20 {
            let (id, level) = any_cell_within().new_tree(&mut runner).unwrap().current();
            asked.push((id, level, category));
        }
    }
    for (number, (id, level, category)) in asked.iter().enumerate() {
        if number % 15 == 14 {
            board.pass(runtime::DAY_MS / 2);
        }
        let mut draft = ann.draft(&format!("notice {number}")).await;
        draft["clientKey"] = client_key().into();
        draft["category"] = (*category).into();
        draft["cell"] = token(*id).into();
        let published = ann.publish(draft).await;
        assert_eq!(
            published["__typename"], "PostPublished",
            "level {level}: {published}"
        );
        assert_coarse(&published, &tiles);
    }
    let homes = homes(&board, &ann, &mut runner).await;
    asked.extend(homes.into_iter().map(|(id, level)| (id, level, "home")));
    let told = told(&board, &tiles).await;
    board.drain().await;
    for cells in [
        Value::Null,
        serde_json::json!(
            asked
                .iter()
                .take(20)
                .map(|(id, ..)| token(*id))
                .collect::<Vec<_>>()
        ),
    ] {
        let feed = ann.feed_of(serde_json::json!({ "cells": cells })).await;
        for edge in feed["edges"].as_array().unwrap() {
            assert_coarse(&edge["node"], &tiles);
        }
    }
    for (role, table, column) in [
        ("posts", "post", "place"),
        ("feeds", "feed_row", "place"),
        ("feeds", "feed_place", "place"),
        ("identity", "sign_up", "home_place"),
        ("identity", "membership", "home_place"),
        ("identity", "followed_tile", "place"),
    ] {
        let kept = places(&board, role, table, column).await;
        assert!(!kept.is_empty(), "{table}");
        for place in kept {
            let place = Place::from_i64(place).expect("only coarse cells are kept");
            assert!(
                tiles.iter().any(|tile| place.contains(Place::Cell(*tile))),
                "{table}"
            );
        }
    }
    let logged = [said.lines.bytes(), said.received()].concat();
    let finer = |(id, level, _): &&(u64, u8, &str)| {
        *level > geo::FINEST
            || cells()[12..]
                .iter()
                .any(|cell| cell.to_i64().cast_unsigned() == *id)
    };
    for (id, level, _) in asked.iter().filter(finer) {
        let spellings = [
            token(*id).into_bytes(),
            id.to_string().into_bytes(),
            id.cast_signed().to_string().into_bytes(),
        ];
        assert!(
            !holds(&logged, &spellings),
            "level {level} in a log line or a span"
        );
        assert!(!holds(&told, &spellings), "level {level} in an event");
        for path in super::files(&board.config.data) {
            let bytes = std::fs::read(&path).unwrap();
            assert!(
                !holds(&bytes, &spellings),
                "level {level} in {}",
                path.display()
            );
            assert!(
                !holds(&bytes, &[id.to_be_bytes().to_vec()]),
                "level {level} in {}",
                path.display()
            );
        }
    }
    board.close().await;
}

fn assert_coarse(answer: &Value, tiles: &[CoarseCell]) {
    let post = answer.get("post").unwrap_or(answer);
    let place = Place::from_token(post["tile"]["token"].as_str().unwrap()).unwrap();
    assert_eq!(
        place.token(),
        post["tile"]["token"].as_str().unwrap(),
        "as it is, not made coarser by reading it"
    );
    assert!(
        tiles.iter().any(|tile| place.contains(Place::Cell(*tile))),
        "{post}"
    );
    if post["category"] == "QUESTION" {
        assert!(place.level().is_none_or(|level| level <= 13), "{post}");
    }
}

/// Homes as they come: of two who confirm, of two who never do, and of somebody who moves; and the surroundings that one
/// follows. Answers where they said they live, and what they said they follow.
async fn homes(board: &Board, ann: &Client, runner: &mut TestRunner) -> Vec<(u64, u8)> {
    let lone = |at: usize| (cells()[at].to_i64().cast_unsigned(), 14);
    let mut fine = || {
        let finer = any_cell_within().prop_filter("finer than a tile", |(_, level)| *level > 14);
        finer.new_tree(runner).unwrap().current()
    };
    let said = [lone(12), fine(), lone(13), fine(), fine(), fine(), fine()];
    let code = board.code(true).await;
    for (number, (id, _)) in said[..4].iter().enumerate() {
        let client = board.client();
        let name = format!("Voisine {number}");
        let input = json!({
            "email": email(&name), "password": PASSWORD, "code": code, "pseudonym": name, "homeCell": token(*id),
        });
        let fields = "... on SignUpRefused { reasons { code } }";
        let signed_up = client.mutate("signUp", "SignUpInput", input, fields).await;
        assert_eq!(signed_up["__typename"], "MailSent", "{signed_up}");
        if number < 2 {
            let link = board.mailed_token().await;
            assert_eq!(client.confirm(&link).await["__typename"], "SignedIn");
        }
    }
    let input = json!({ "neighbourhood": ann.neighbourhood().await, "cell": token(said[4].0) });
    let moved = ann
        .mutate("changeHomeCell", "ChangeHomeCellInput", input, "")
        .await;
    assert_eq!(moved["__typename"], "HomeCellChanged", "{moved}");
    let input = json!({
        "neighbourhood": ann.neighbourhood().await, "number": 1, "name": "Le canal",
        "cells": said[5..].iter().map(|(id, _)| token(*id)).collect::<Vec<_>>(),
    });
    let fields = "... on AreaRefused { reasons { code } }";
    let followed = ann
        .mutate("followArea", "FollowAreaInput", input, fields)
        .await;
    assert_eq!(followed["__typename"], "AreaFollowed", "{followed}");
    said.to_vec()
}

/// What posts tells of the notices that were just published, as it would be sent.
async fn told(board: &Board, tiles: &[CoarseCell]) -> Vec<u8> {
    let outbox = Outbox::of(board.store("posts").clone());
    let waiting = outbox.waiting(feeds::CONSUMER, 1_000).await.unwrap();
    assert!(!waiting.is_empty());
    let mut told = Vec::new();
    for entry in waiting {
        let event = board
            .house(Role::Posts)
            .posts
            .as_ref()
            .unwrap()
            .compose(entry)
            .await
            .unwrap()
            .unwrap();
        told.extend_from_slice(format!("{event:?}").as_bytes());
        let Some(Body::PostShown(shown)) = event.body else {
            panic!("every one was published")
        };
        let place = Place::from_i64(shown.post.unwrap().place).unwrap();
        assert!(tiles.iter().any(|tile| place.contains(Place::Cell(*tile))));
    }
    told
}

async fn places(board: &Board, role: &str, table: &str, column: &str) -> Vec<i64> {
    let on = board.store(role).read();
    let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL");
    let rows = on
        .query_all_raw(Statement::from_string(on.get_database_backend(), sql))
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| row.try_get("", column).unwrap())
        .collect()
}
