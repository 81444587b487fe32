//! Reading what is near home, and near other places too.

use runtime::DAY_MS;
use serde_json::{Value, json};

use crate::harness::client::client_key;
use crate::harness::{Board, Client, tiles};

const AREAS: &str = "number name tiles { token name selectable }";

async fn follow(client: &Client, number: i32, name: &str, cells: &[String]) -> Value {
    let input = json!({
        "neighbourhood": client.neighbourhood().await, "number": number, "name": name, "cells": cells,
    });
    let fields = format!(
        "... on AreaFollowed {{ areas {{ {AREAS} }} }} ... on AreaRefused {{ reasons {{ code field message }} }} \
         ... on RateLimited {{ limit retryAfter message }}"
    );
    client
        .mutate("followArea", "FollowAreaInput", input, &fields)
        .await
}

async fn followed(client: &Client) -> Value {
    let query = format!("{{ viewer {{ memberships {{ followedAreas {{ {AREAS} }} }} }} }}");
    let data = client.data(&query, json!({})).await;
    data["viewer"]["memberships"][0]["followedAreas"].clone()
}

fn tokens(area: &Value) -> Vec<String> {
    let tiles = area["tiles"].as_array().unwrap().iter();
    tiles
        .map(|tile| tile["token"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_follows_areas_and_reads_what_hangs_there() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let tiles = tiles();
        let at: Vec<String> = tiles.iter().map(|tile| tile.token()).collect();
        for (title, tile) in [("here", &at[0]), ("there", &at[5]), ("beyond", &at[9])] {
            let mut draft = ben.draft(title).await;
            draft["clientKey"] = client_key().into();
            draft["category"] = "HAZARD".into();
            draft["cell"] = tile.as_str().into();
            ben.up_with(draft).await;
        }
        board.drain().await;

        let quay = follow(&ann, 2, "Le quai", &[at[5].clone()]).await;
        assert_eq!(quay["areas"][0]["name"], "Le quai", "{quay}");
        assert_eq!(quay["areas"][0]["tiles"][0]["selectable"], true);
        let thirteen = tiles[0].parent().unwrap().token();
        let school = follow(&ann, 1, "L’école", &[thirteen]).await;
        let quarters = tiles[0].parent().unwrap().children().unwrap();
        let quarters: Vec<String> = quarters.iter().map(|cell| cell.token()).collect();
        assert_eq!(
            tokens(&school["areas"][0]),
            quarters,
            "as its tiles: {school}"
        );
        assert_eq!(followed(&ann).await, school["areas"]);
        assert_eq!(followed(&ben).await, json!([]), "nobody else's");

        let both: Vec<String> = school["areas"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(tokens)
            .collect();
        let feed = ann.feed_of(json!({ "cells": both })).await;
        let edges = feed["edges"].as_array().unwrap();
        let mut shown: Vec<&str> = edges
            .iter()
            .map(|edge| edge["node"]["title"].as_str().unwrap())
            .collect();
        shown.sort_unstable();
        assert_eq!(shown, ["here", "there"]);

        let refused = follow(&ann, 1, " ", &["X".to_owned()]).await;
        let reasons = refused["reasons"].as_array().unwrap().iter();
        let reasons: Vec<_> = reasons
            .map(|reason| (reason["code"].as_str(), reason["field"].as_str()))
            .collect();
        let both = [
            (Some("NAME_INVALID"), Some("name")),
            (Some("WHOLE_NEIGHBOURHOOD"), Some("cells")),
        ];
        assert_eq!(reasons, both, "every reason, and no other");
        let refused = follow(&ann, 1, "Paris", &["46920be4".to_owned()]).await;
        assert_eq!(
            refused["reasons"][0]["code"], "OUTSIDE_NEIGHBOURHOOD",
            "{refused}"
        );
        assert_eq!(refused["reasons"][0]["field"], "cells");
        let refused = follow(&ann, 6, "Six", &at[..1]).await;
        assert_eq!(
            refused["reasons"][0]["code"], "NUMBER_OUT_OF_RANGE",
            "{refused}"
        );

        for number in 3..=5 {
            follow(&ann, number, "Encore", &at[..2]).await;
        }
        let limited = follow(&ann, 5, "Encore", &at[2..4]).await;
        assert_eq!(limited["limit"], "AREAS", "{limited}");
        assert_eq!(limited["retryAfter"], "2026-11-22T00:00:00Z");
        let renamed = follow(&ann, 5, "Toujours", &at[..2]).await;
        assert_eq!(renamed["areas"][4]["name"], "Toujours", "{renamed}");
        let let_go = follow(&ann, 4, "", &[]).await;
        assert_eq!(let_go["areas"].as_array().unwrap().len(), 4, "{let_go}");
        board.pass(DAY_MS);
        let next = follow(&ann, 5, "Encore", &at[2..4]).await;
        assert_eq!(next["__typename"], "AreaFollowed", "{next}");

        let export = "mutation { exportMyData { parts { name json } } }";
        let export =
            |client: Client| async move { client.data(export, json!({})).await.to_string() };
        assert!(export(ann.clone()).await.contains("Le quai"));
        assert!(!export(ben).await.contains("Le quai"));
        board.close().await;
    }
}
