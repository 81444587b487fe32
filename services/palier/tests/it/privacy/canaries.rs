//! `schema/sightings.txt` holds: each kind of personal value appears where it says, and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use runtime::Entropy;
use serde_json::json;

use super::{Said, files, holds};
use crate::harness::client::client_key;
use crate::harness::pictures::telling_jpeg;
use crate::harness::{Board, cells};
use palier::wiring::Role;

/// Where each kind may appear.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    include_str!("../../../../../schema/sightings.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            (words.next().unwrap(), words.collect())
        })
        .collect()
}

/// A value nobody else has.
fn canary(kind: &str) -> String {
    let bytes: [u8; 6] = Entropy::System.bytes();
    let letters: String = bytes
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect();
    format!("zq{letters}{kind}")
}

/// A text as UTF-8 and UTF-16, and as hexadecimal.
fn spelled(text: &str) -> Vec<Vec<u8>> {
    let utf16 = |big: bool| {
        let unit = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(unit).collect()
    };
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![
        text.as_bytes().to_vec(),
        utf16(true),
        utf16(false),
        hex.into_bytes(),
    ]
}

/// A tile as its token, and its id in decimal, in bytes of either order, and as a varint of a message.
fn tile_spelled(cell: geo::CoarseCell) -> Vec<Vec<u8>> {
    let id = cell.to_i64();
    let mut zigzag = ((id << 1) ^ (id >> 63)).cast_unsigned();
    let mut varint = Vec::new();
    while zigzag >= 0x80 {
        varint.push((zigzag & 0x7f) as u8 | 0x80);
        zigzag >>= 7;
    }
    varint.push(zigzag as u8);
    vec![
        cell.token().into_bytes(),
        id.to_string().into_bytes(),
        id.to_be_bytes().to_vec(),
        id.to_le_bytes().to_vec(),
        varint,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_value_appears_only_where_it_may() {
    let said = Said::kept();
    let board = Board::sqlite().await;
    let words: BTreeMap<&str, String> = [
        "email",
        "password",
        "pseudonym",
        "area",
        "title",
        "body",
        "comment",
        "alt",
        "exif",
        "postal",
    ]
    .into_iter()
    .map(|kind| (kind, canary(kind)))
    .collect();
    let email = format!("{}@example.org", words["email"]);
    let password = format!("{} by the old canal", words["password"]);
    // Before the mails are searched: whoever joins reads theirs away.
    let elsewhere = board.stranger("Ailleurs").await.neighbourhood().await;
    let code = board.code(true).await;
    let ann = board.client();
    let signed_up = ann
        .sign_up(&email, &password, &code, &words["pseudonym"])
        .await;
    assert_eq!(signed_up["__typename"], "MailSent", "{signed_up}");
    // The mails stay where they are: one of the places that are searched.
    board.house(Role::Identity).deliver_mail().await.unwrap();
    let token = files(&board.config.data.join("mails"))
        .iter()
        .find_map(|path| {
            crate::harness::token_in(
                &std::fs::read_to_string(path)
                    .unwrap()
                    .replace("=\r\n", "")
                    .replace("=3D", "="),
            )
        })
        .unwrap();
    assert_eq!(ann.confirm(&token).await["__typename"], "SignedIn");
    let tile = cells()[5];
    let (status, picture) = ann.upload(telling_jpeg(&words["exif"]), "image/jpeg").await;
    assert_eq!(status, 201);
    let mut draft = ann.draft(&words["title"]).await;
    draft["body"] = words["body"].clone().into();
    draft["category"] = "GIVE_LEND".into();
    draft["cell"] = tile.token().into();
    draft["media"] = json!([picture["id"]]);
    draft["mediaAlt"] = json!([words["alt"]]);
    draft["signedAs"] = "PSEUDONYM".into();
    let published = ann.publish(draft).await;
    assert_eq!(published["__typename"], "PostPublished", "{published}");
    let input = json!({ "clientKey": client_key(), "post": published["post"]["id"], "body": words["comment"] });
    ann.mutate("addComment", "AddCommentInput", input, "").await;
    let input = json!({
        "neighbourhood": ann.neighbourhood().await, "number": 1, "name": words["area"], "cells": [tile.token()],
    });
    let followed = ann.mutate("followArea", "FollowAreaInput", input, "").await;
    assert_eq!(followed["__typename"], "AreaFollowed", "{followed}");
    let input = json!({ "neighbourhood": elsewhere, "lines": ["12, rue", words["postal"]] });
    let asked = ann
        .mutate("askForPostcard", "AskForPostcardInput", input, "")
        .await;
    assert_eq!(asked["__typename"], "PostcardAsked", "{asked}");
    board.drain().await;
    ann.feed().await;
    ann.data("mutation { exportMyData { __typename } }", json!({}))
        .await;
    // Faults are logged too: a refused and a malformed request with the same values in them.
    ann.ask(
        &format!("{{ {} }}", words["title"]),
        json!({ "x": words["body"] }),
    )
    .await;
    ann.sign_in(&email).await;

    let session = ann.cookie().unwrap().split_once('=').unwrap().1.to_owned();
    let mut spellings: BTreeMap<&str, Vec<Vec<u8>>> = words
        .iter()
        .map(|(kind, word)| (*kind, spelled(word)))
        .collect();
    spellings.insert("session", spelled(&session));
    spellings.insert(
        "code",
        [spelled(&code), spelled(&code.replace('-', ""))].concat(),
    );
    spellings.insert("tile", tile_spelled(tile));

    let received = said.received();
    assert!(holds(&received, &[b"publishPost".to_vec()]), "it is told");
    let mut places: Vec<(String, Vec<u8>)> = vec![
        ("logs".to_owned(), said.lines.bytes()),
        ("telemetry".to_owned(), received),
    ];
    let data = board.config.data.clone();
    for path in files(&data) {
        let name = path.strip_prefix(&data).unwrap().display().to_string();
        let place = match name.split(['/', '.']).next().unwrap() {
            role @ ("identity" | "posts" | "media" | "feeds" | "moderation") => {
                format!("{role}.store")
            }
            other => other.to_owned(),
        };
        places.push((place.clone(), std::fs::read(&path).unwrap()));
        places.push((place, name.into_bytes()));
    }
    let allowed = allowed();
    assert_eq!(
        allowed.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        spellings.keys().copied().collect()
    );
    let mut wrong = Vec::new();
    for (kind, spellings) in &spellings {
        let seen: BTreeSet<String> = places
            .iter()
            .filter(|(_, bytes)| holds(bytes, spellings))
            .map(|(place, _)| place.clone())
            .collect();
        if seen != allowed[*kind] {
            wrong.push(format!(
                "{kind}: seen in {seen:?}, may be in {:?}",
                allowed[*kind]
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    board.close().await;
}
