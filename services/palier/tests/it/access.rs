//! `schema/access.txt` holds: every operation, as every standing.

mod desk;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::harness::client::client_key;
use crate::harness::{Board, Client, PASSWORD, SLUG, email};

const STANDINGS: [&str; 6] = [
    "visitor",
    "stranger",
    "member",
    "author",
    "moderator",
    "reserve",
];

/// Schema, kind, operation.
type Row = (String, String, String);

/// What the file says: a row to the outcome of each standing.
fn rows() -> BTreeMap<Row, Vec<String>> {
    let text = include_str!("../../../../schema/access.txt");
    let mut rows = BTreeMap::new();
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        assert_eq!(words.len(), 3 + STANDINGS.len(), "{line}");
        let row = (words[0].clone(), words[1].clone(), words[2].clone());
        let known = rows.insert(row, words[3..].to_vec());
        assert!(known.is_none(), "twice: {line}");
    }
    rows
}

/// The root field of an operation; what it is about stands behind it in parentheses.
fn field_of(operation: &str) -> &str {
    operation
        .split_once('(')
        .map_or(operation, |(field, _)| field)
}

#[test]
fn every_operation_has_a_row_and_every_row_an_operation() {
    let operations: Vec<Row> = gateway::operations()
        .into_iter()
        .map(|operation| {
            (
                operation.face.name().to_owned(),
                format!("{:?}", operation.kind).to_lowercase(),
                operation.field.to_owned(),
            )
        })
        .collect();
    let rows = rows();
    for operation in &operations {
        assert!(
            rows.contains_key(operation),
            "schema/access.txt has no row for {operation:?}"
        );
    }
    for (schema, kind, operation) in rows.keys() {
        let row = (schema.clone(), kind.clone(), field_of(operation).to_owned());
        assert!(operations.contains(&row), "{operation}");
    }
}

struct Cast {
    board: Board,
    /// Operations of moderators.
    made: Mutex<BTreeMap<String, (String, Value)>>,
    clients: BTreeMap<&'static str, Client>,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_holds() {
    let board = Board::sqlite().await;
    let author = board.founder("Mésange").await;
    let cast = Cast {
        clients: BTreeMap::from([
            ("visitor", board.client()),
            ("stranger", board.moderator_elsewhere("Ailleurs").await),
            ("member", board.founder("Merle").await),
            ("author", author),
            ("moderator", board.moderator("Lanterne").await),
            ("second", board.moderator("Phare").await),
            ("reserve", board.reserve("Renfort").await),
        ]),
        board,
        made: Mutex::default(),
    };
    let mut wrong = Vec::new();
    for ((schema, kind, operation), expected) in rows() {
        for (standing, expected) in STANDINGS.into_iter().zip(expected) {
            let outcome = if kind == "subscription" {
                follow(&cast, &operation, standing).await
            } else {
                carry_out(&cast, (&schema, &kind), &operation, standing).await
            };
            if outcome != expected {
                wrong.push(format!(
                    "{operation} as {standing}: {outcome}, not {expected}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    cast.board.close().await;
}

/// What comes of an operation: "ok", "none" or the code of the error.
async fn carry_out(
    cast: &Cast,
    (schema, kind): (&str, &str),
    operation: &str,
    standing: &'static str,
) -> String {
    let client = &cast.clients[standing];
    let (status, body) = if schema == "moderator" {
        let (query, variables) = desk::document(cast, operation, standing).await;
        client.ask_desk(&query, variables).await
    } else {
        let (query, variables) = document(cast, kind, operation, standing).await;
        client.ask(&query, variables).await
    };
    if matches!(operation, "signOut" | "changePassword" | "eraseAccount") && standing != "visitor" {
        client.sign_in(&email(pseudonym(standing))).await;
    }
    if let Some(code) = body["errors"][0]["extensions"]["code"].as_str() {
        return code.to_owned();
    }
    assert!(
        body.get("errors").is_none(),
        "{operation} as {standing}: {status} {body}"
    );
    let mut answer = &body["data"][field_of(operation)];
    if operation == "neighbourhood(feed)" {
        answer = &answer["feed"];
    }
    let what = if answer.is_null() { "none" } else { "ok" };
    what.to_owned()
}

fn pseudonym(standing: &str) -> &'static str {
    match standing {
        "stranger" => "Ailleurs",
        "member" => "Merle",
        "author" => "Mésange",
        "reserve" => "Renfort",
        _ => "Lanterne",
    }
}

/// An operation on fresh things of the author's.
async fn document(cast: &Cast, kind: &str, operation: &str, standing: &str) -> (String, Value) {
    let author = &cast.clients["author"];
    let n = author.neighbourhood().await;
    let with_input = |input: Value| {
        let name = match operation {
            "joinNeighbourhood" => "JoinInput".to_owned(),
            operation => format!("{}{}Input", operation[..1].to_uppercase(), &operation[1..]),
        };
        let query =
            format!("mutation($input: {name}!) {{ {operation}(input: $input) {{ __typename }} }}");
        (query, json!({ "input": input }))
    };
    let plain = |arguments: &str| {
        (
            format!("{kind} {{ {operation}{arguments} {{ __typename }} }}"),
            json!({}),
        )
    };
    let post = || async {
        author.up("a fresh notice").await["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    match operation {
        "viewer" | "neighbourhoods" | "publicEvents" => plain(""),
        "node" => {
            let id = post().await;
            plain(&format!("(id: \"{id}\")"))
        }
        "node(public)" => {
            let mut event = author.event("a party").await;
            event["event"]["audience"] = "PUBLIC".into();
            let id = author.up_with(event).await["id"].clone();
            let query = "query($id: ID!) { node(id: $id) { __typename } }";
            (query.to_owned(), json!({ "id": id }))
        }
        "neighbourhood" => plain(&format!("(slug: \"{SLUG}\")")),
        "neighbourhood(feed)" => {
            let query =
                format!("{{ neighbourhood(slug: \"{SLUG}\") {{ feed {{ __typename }} }} }}");
            (query, json!({}))
        }
        "invitation" => plain(&format!("(code: \"{}\")", cast.board.code(true).await)),
        "feed" | "myPosts" | "takenDown" => plain(&format!("(neighbourhood: \"{n}\")")),
        "tombstones" => {
            let since = author.feed().await["changesCursor"]
                .as_str()
                .unwrap()
                .to_owned();
            plain(&format!("(neighbourhood: \"{n}\", since: \"{since}\")"))
        }
        "signOut" | "exportMyData" => plain(""),
        "signUp" => with_input(json!({
            "email": "new@example.org", "password": PASSWORD, "code": "ZZZZ-ZZZZ-ZZZ", "pseudonym": "Neuf",
        })),
        "confirmEmail" => with_input(json!({ "token": "x".repeat(43) })),
        "signIn" => with_input(json!({ "email": "nobody@example.org", "password": PASSWORD })),
        "requestRecovery" => with_input(json!({ "email": "nobody@example.org" })),
        "recoverPassword" => with_input(json!({ "token": "x".repeat(43), "password": PASSWORD })),
        "changePassword" => with_input(json!({ "current": PASSWORD, "password": PASSWORD })),
        "changeLocale" => with_input(json!({ "locale": "EN" })),
        "revokeSession" => {
            cast.board.client().sign_in(&email("Mésange")).await;
            let list = author
                .data("{ viewer { sessions { id current } } }", json!({}))
                .await;
            let sessions = list["viewer"]["sessions"].as_array().unwrap().clone();
            let other = sessions
                .iter()
                .find(|session| session["current"] == false)
                .unwrap();
            with_input(json!({ "session": other["id"] }))
        }
        "joinNeighbourhood" => {
            with_input(json!({ "code": "ZZZZ-ZZZZ-ZZZ", "pseudonym": "Encore" }))
        }
        "joining" => plain(""),
        "vouches" => plain(&format!("(neighbourhood: \"{n}\")")),
        "vouching" => plain(&format!(
            "(neighbourhood: \"{n}\", code: \"ZZZZ-ZZZZ-ZZZ\")"
        )),
        "vouch" => with_input(json!({ "neighbourhood": n, "code": "ZZZZ-ZZZZ-ZZZ" })),
        // Nobody's: who vouched for whom is theirs alone.
        "takeBackVouch" => {
            with_input(json!({ "neighbourhood": n, "vouching": "dgcHBwcHB0cHhwcHBwcHBwc" }))
        }
        "askForVouches" => with_input(json!({ "neighbourhood": n, "pseudonym": "Passerose" })),
        "askForPostcard" => {
            with_input(json!({ "neighbourhood": n, "lines": ["12 rue du Lavoir", "75020 Paris"] }))
        }
        "withdrawJoining" => with_input(json!({ "neighbourhood": n })),
        "questionMember" => with_input(
            json!({ "neighbourhood": n, "pseudonym": "Lanterne", "doubt": "CODE_PASSED_ON" }),
        ),
        "changeHomeCell" => {
            with_input(json!({ "neighbourhood": n, "cell": crate::harness::cells()[0].token() }))
        }
        "changePseudonym" => {
            with_input(json!({ "neighbourhood": n, "pseudonym": format!("Nouveau {standing}") }))
        }
        "followArea" => {
            let cell = crate::harness::cells()[0].token();
            with_input(
                json!({ "neighbourhood": n, "number": 1, "name": "Verger", "cells": [cell] }),
            )
        }
        "createInvite" => with_input(json!({ "neighbourhood": n, "uses": 1, "days": 1 })),
        "revokeInvite" => {
            let invites = "{ viewer { memberships { invites { id } } } }";
            let input = json!({ "neighbourhood": n, "uses": 1, "days": 1 });
            author
                .mutate("createInvite", "CreateInviteInput", input, "")
                .await;
            let list = author.data(invites, json!({})).await;
            with_input(
                json!({ "neighbourhood": n, "invite": list["viewer"]["memberships"][0]["invites"][0]["id"] }),
            )
        }
        "publishPost" => {
            let mut draft = author.draft("a notice").await;
            draft["clientKey"] = client_key().into();
            with_input(draft)
        }
        "editPost" => with_input(
            json!({ "clientKey": client_key(), "post": post().await, "title": "changed" }),
        ),
        "confirmPost" => {
            let draft = cooling(cast).await;
            with_input(json!({ "post": draft["id"], "version": draft["version"] }))
        }
        "checkText" => with_input(json!({ "neighbourhood": n, "body": "hello" })),
        "answerPoliceReading" => with_input(json!({ "mayRead": false })),
        "answerPoliceReading(post)" => {
            let query = "mutation($input: AnswerPoliceReadingInput!) { answerPoliceReading(input: $input) { __typename } }";
            let input = json!({ "post": post().await, "mayRead": false });
            (query.to_owned(), json!({ "input": input }))
        }
        "resolvePost" | "withdrawPost" => with_input(json!({ "post": post().await })),
        "addComment" => {
            with_input(json!({ "clientKey": client_key(), "post": post().await, "body": "hello" }))
        }
        "withdrawComment" => {
            let input = json!({ "clientKey": client_key(), "post": post().await, "body": "hello" });
            let added = author
                .mutate(
                    "addComment",
                    "AddCommentInput",
                    input,
                    "... on CommentAdded { comment { id } }",
                )
                .await;
            with_input(json!({ "comment": added["comment"]["id"] }))
        }
        "setRsvp" => {
            let event = author.up_with(author.event("a party").await).await;
            with_input(json!({ "post": event["id"], "answer": "GOING" }))
        }
        "reportContent" => {
            let content = post().await;
            cast.board.drain().await;
            with_input(
                json!({ "clientKey": client_key(), "content": content, "reason": "HARASSMENT" }),
            )
        }
        "reportContent(public)" => {
            let mut event = author.event("a party").await;
            event["event"]["audience"] = "PUBLIC".into();
            let id = author.up_with(event).await["id"].clone();
            cast.board.drain().await;
            let query = "mutation($input: ReportContentInput!) { reportContent(input: $input) { __typename } }";
            let input = json!({ "clientKey": client_key(), "content": id, "reason": "HARASSMENT" });
            (query.to_owned(), json!({ "input": input }))
        }
        "reportDepiction" => {
            let post = desk::pictured(cast).await;
            with_input(json!({
                "clientKey": client_key(), "post": post["id"], "media": post["media"][0]["id"],
            }))
        }
        "appealDecision" => {
            let statement = desk::statement(cast).await;
            with_input(json!({ "statement": statement, "text": "I meant the weather." }))
        }
        "statement" => {
            let statement = desk::statement(cast).await;
            plain(&format!("(id: {statement})"))
        }
        "statements" | "staffViews" => plain(""),
        "countFormStep" => with_input(json!({ "neighbourhood": n, "furthest": "HARM" })),
        "decisions" | "reserveModerators" | "raisedLimits" => {
            plain(&format!("(neighbourhood: \"{n}\")"))
        }
        "transparencyReport" => plain(&format!("(neighbourhood: \"{n}\", month: \"2026-10\")")),
        "eraseAccount" => with_input(json!({ "password": "not the password at all" })),
        other => panic!("how is {other} called? Say so here."),
    }
}

/// What the author wrote about a person, and did not confirm.
async fn cooling(cast: &Cast) -> Value {
    let (author, moderator) = (&cast.clients["author"], &cast.clients["moderator"]);
    moderator.look_after(&cast.board).await;
    let draft = author.behaviour().await;
    author.publish(draft).await["post"].clone()
}

async fn follow(cast: &Cast, operation: &str, standing: &str) -> String {
    let (author, client) = (&cast.clients["author"], &cast.clients[standing]);
    match operation {
        "feedChanges" => client.follow_code(&author.neighbourhood().await).await,
        "postChanges" => {
            let post = author.up("a fresh notice").await;
            client.follow_post_code(&post["id"]).await
        }
        "postChanges(public)" => {
            let mut event = author.event("a party").await;
            event["event"]["audience"] = "PUBLIC".into();
            let post = author.up_with(event).await;
            client.follow_post_code(&post["id"]).await
        }
        other => panic!("how is {other} followed? Say so here."),
    }
}
