//! The vectors that every implementation of cells in this project must agree with, in the browser as here.

use std::collections::BTreeSet;

use geo::{CoarseCell, Place};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    positions: Vec<Position>,
    tokens: Vec<Coarsened>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
struct Position {
    name: String,
    latitude_deg: f64,
    longitude_deg: f64,
    cells: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    level: u8,
    token: String,
    id: String,
    parent: Option<String>,
    children: Option<Vec<String>>,
    neighbours: Vec<String>,
}

#[derive(Deserialize)]
struct Coarsened {
    given: String,
    token: String,
}

#[derive(Deserialize)]
struct Refused {
    given: String,
    code: String,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../../golden/cells.json"))
        .expect("the vectors are in this form")
}

#[test]
fn positions_become_the_cells_they_lie_in() {
    let golden = golden();
    for position in &golden.positions {
        for expected in &position.cells {
            let name = &position.name;
            let cell = CoarseCell::at(
                position.latitude_deg,
                position.longitude_deg,
                expected.level,
            )
            .expect(name);
            assert_eq!(cell.token(), expected.token, "{name}");
            assert_eq!(cell.to_i64().to_string(), expected.id, "{name}");
            assert_eq!(
                cell.parent().map(CoarseCell::token),
                expected.parent,
                "{name}"
            );
            let tokens =
                |cells: &[CoarseCell]| cells.iter().map(|cell| cell.token()).collect::<Vec<_>>();
            assert_eq!(
                cell.children().map(|cells| tokens(&cells)),
                expected.children,
                "{name}"
            );
            assert_eq!(tokens(&cell.neighbours()), expected.neighbours, "{name}");
        }
    }
    let faces: BTreeSet<i64> = golden
        .positions
        .iter()
        .flat_map(|position| &position.cells)
        .map(|cell| cell.id.parse::<i64>().expect("an id is a number") >> 61)
        .collect();
    assert_eq!(faces.len(), 6, "every face of the cube is among them");
}

#[test]
fn tokens_become_the_cells_they_name() {
    for Coarsened { given, token } in golden().tokens {
        assert_eq!(
            CoarseCell::from_token(&given).map(CoarseCell::token),
            Ok(token.clone()),
            "{given}"
        );
        assert_eq!(
            Place::from_token(&given).map(Place::token),
            Ok(token),
            "{given}"
        );
    }
}

#[test]
fn what_is_no_token_is_refused_with_its_code() {
    for Refused { given, code } in golden().refused {
        let error = CoarseCell::from_token(&given).expect_err(&given);
        assert_eq!(error.code(), code, "{given}");
    }
}
