//! Whatever comes in: a stable code, a sentence that helps, nothing stored, bounded memory.

use std::collections::BTreeSet;

use gateway::{Face, OperationKind};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::client::{client_key, http};
use crate::harness::desk::{FACTS, removing};
use crate::harness::pictures::{bomb, telling_jpeg};
use crate::harness::{Board, Client, PASSWORD, email};

/// What a GraphQL error may be called.
const CODES: [&str; 7] = [
    "INVALID",
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "NOT_FOUND",
    "CONFLICT",
    "RATE_LIMITED",
    "UNAVAILABLE",
];

/// Every mutation that takes an input, with an input that is good but for what is judged last: an id of something that is not
/// there, times that cannot be, a notice that takes no answers.
async fn good_inputs(board: &Board, ann: &Client) -> Vec<(&'static str, &'static str, Value)> {
    let n = ann.neighbourhood().await;
    let post = ann.up("a notice").await["id"].clone();
    let settled = ann.up("a settled notice").await["id"].clone();
    ann.mutate(
        "resolvePost",
        "ResolvePostInput",
        json!({ "post": settled }),
        "",
    )
    .await;
    let code = board.code(true).await;
    let cell = crate::harness::cells()[0].token();
    vec![
        (
            "signUp",
            "SignUpInput",
            json!({ "email": "x@example.org", "password": PASSWORD, "code": code, "pseudonym": "Pivoine", "homeCell": cell }),
        ),
        (
            "confirmEmail",
            "ConfirmEmailInput",
            json!({ "token": "x".repeat(43) }),
        ),
        (
            "signIn",
            "SignInInput",
            json!({ "email": email("Personne"), "password": PASSWORD }),
        ),
        (
            "requestRecovery",
            "RequestRecoveryInput",
            json!({ "email": email("Personne") }),
        ),
        (
            "recoverPassword",
            "RecoverPasswordInput",
            json!({ "token": "x".repeat(43), "password": PASSWORD }),
        ),
        (
            "changePassword",
            "ChangePasswordInput",
            json!({ "current": "not the password, really", "password": PASSWORD }),
        ),
        (
            "changeLocale",
            "ChangeLocaleInput",
            json!({ "locale": "FR" }),
        ),
        (
            "joinNeighbourhood",
            "JoinInput",
            json!({ "code": "ZZZZ-ZZZZ-ZZZ", "pseudonym": "Pivoine", "homeCell": cell }),
        ),
        (
            "askForVouches",
            "AskForVouchesInput",
            json!({ "neighbourhood": n, "pseudonym": "Pivoine", "homeCell": cell }),
        ),
        (
            "askForPostcard",
            "AskForPostcardInput",
            json!({ "neighbourhood": n, "lines": ["12 rue du Lavoir", "a\nb"] }),
        ),
        (
            "withdrawJoining",
            "WithdrawJoiningInput",
            json!({ "neighbourhood": n }),
        ),
        (
            "vouch",
            "VouchInput",
            json!({ "neighbourhood": n, "code": "ZZZZ-ZZZZ-ZZZ" }),
        ),
        (
            "takeBackVouch",
            "TakeBackVouchInput",
            json!({ "neighbourhood": n, "vouching": post }),
        ),
        (
            "questionMember",
            "QuestionMemberInput",
            json!({ "neighbourhood": n, "pseudonym": "a neighbour", "doubt": "LIVES_ELSEWHERE" }),
        ),
        (
            "changeHomeCell",
            "ChangeHomeCellInput",
            json!({ "neighbourhood": n, "cell": "0f" }),
        ),
        (
            "changePseudonym",
            "ChangePseudonymInput",
            json!({ "neighbourhood": n, "pseudonym": "a neighbour" }),
        ),
        (
            "followArea",
            "FollowAreaInput",
            json!({ "neighbourhood": n, "number": 6, "name": "Verger", "cells": [cell] }),
        ),
        (
            "createInvite",
            "CreateInviteInput",
            json!({ "neighbourhood": n, "uses": 11, "days": 31 }),
        ),
        (
            "revokeInvite",
            "RevokeInviteInput",
            json!({ "neighbourhood": n, "invite": post }),
        ),
        (
            "revokeSession",
            "RevokeSessionInput",
            json!({ "session": post }),
        ),
        (
            "publishPost",
            "PublishPostInput",
            json!({ "clientKey": client_key(), "neighbourhood": n, "category": "QUESTION", "title": "t", "body": "b", "cell": cell, "occurredAt": "2036-01-01T00:00:00Z", "expiresAt": "2036-01-01T00:00:00Z" }),
        ),
        (
            "editPost",
            "EditPostInput",
            json!({ "clientKey": client_key(), "post": n, "title": "t", "body": "b" }),
        ),
        (
            "confirmPost",
            "ConfirmPostInput",
            json!({ "post": settled, "version": 1 }),
        ),
        (
            "checkText",
            "CheckTextInput",
            json!({ "neighbourhood": n, "title": "t", "body": "b", "placeName": "p" }),
        ),
        (
            "countFormStep",
            "CountFormStepInput",
            json!({ "neighbourhood": n, "after": "ACT", "furthest": "SENT" }),
        ),
        (
            "answerPoliceReading",
            "AnswerPoliceReadingInput",
            json!({ "post": settled, "mayRead": true }),
        ),
        ("resolvePost", "ResolvePostInput", json!({ "post": n })),
        ("withdrawPost", "WithdrawPostInput", json!({ "post": n })),
        (
            "addComment",
            "AddCommentInput",
            json!({ "clientKey": client_key(), "post": settled, "body": "b" }),
        ),
        (
            "withdrawComment",
            "WithdrawCommentInput",
            json!({ "comment": post }),
        ),
        (
            "setRsvp",
            "SetRsvpInput",
            json!({ "post": settled, "answer": "GOING" }),
        ),
        (
            "reportContent",
            "ReportContentInput",
            json!({ "clientKey": client_key(), "content": settled, "reason": "HARASSMENT", "explanation": "e", "goodFaith": true }),
        ),
        (
            "reportDepiction",
            "ReportDepictionInput",
            json!({ "clientKey": client_key(), "post": settled, "media": post, "explanation": "e" }),
        ),
        (
            "appealDecision",
            "AppealDecisionInput",
            json!({ "statement": post, "text": "why" }),
        ),
        (
            "eraseAccount",
            "EraseAccountInput",
            json!({ "password": "not the password, really" }),
        ),
    ]
}

/// The same for what moderators do: nothing of it is there, or it was changed meanwhile.
async fn good_decisions(board: &Board, mo: &Client) -> Vec<(&'static str, Value)> {
    let n = mo.neighbourhood().await;
    let new = board.newcomer("Crocus").await;
    new.publish(new.draft("held").await).await;
    board.drain().await;
    let case = mo.queue().await.remove(0)["id"].clone();
    mo.act("claimCase", json!({ "case": case }), "__typename")
        .await;
    let mut outdated = removing(1);
    outdated["case"] = case.clone();
    outdated["version"] = 99.into();
    outdated["mediaRemoved"] = json!([]);
    let undecided = json!({
        "case": case, "days": 30, "rule": "INSULT", "ground": "HOUSE_RULES", "facts": FACTS,
    });
    vec![
        ("claimCase", json!({ "case": n })),
        ("returnCase", json!({ "case": n })),
        ("recuseCase", json!({ "case": n })),
        ("decideCase", outdated),
        (
            "decideAppeal",
            json!({ "appeal": case, "outcome": "UPHELD", "facts": FACTS }),
        ),
        ("proposeSevere", undecided),
        (
            "approveSevere",
            json!({ "proposal": case, "approve": true }),
        ),
        (
            "proposeRaise",
            json!({ "neighbourhood": n, "aDay": 11, "days": 2, "facts": FACTS }),
        ),
        ("approveRaise", json!({ "raise": case, "approve": true })),
        ("endRaise", json!({ "raise": case })),
        (
            "nameTile",
            json!({ "neighbourhood": n, "cell": "0f", "name": "Verger" }),
        ),
        (
            "setPostcards",
            json!({ "neighbourhood": n, "offered": true }),
        ),
        (
            "recordLegalRequest",
            json!({ "clientKey": "short", "neighbourhood": n, "authority": "COURT", "given": "REFUSED" }),
        ),
        (
            "settlePostcard",
            json!({ "neighbourhood": n, "postcard": case, "posted": true }),
        ),
        (
            "settleQuestioned",
            json!({ "neighbourhood": n, "questioned": case, "end": true }),
        ),
    ]
}

/// No mutation is forgotten.
fn assert_complete(face: Face, tried: impl Iterator<Item = &'static str>) {
    let mutations = gateway::operations()
        .into_iter()
        .filter(|operation| operation.face == face && operation.kind == OperationKind::Mutation);
    let without_input = ["signOut", "exportMyData"];
    let all: BTreeSet<_> = mutations
        .map(|operation| operation.field)
        .filter(|field| !without_input.contains(field))
        .collect();
    assert_eq!(tried.collect::<BTreeSet<_>>(), all);
}

/// What nobody should send in place of a text.
fn bad_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(7),
        json!(-1.5),
        json!(true),
        json!([]),
        json!({ "a": 1 }),
        json!(""),
        json!(" \n\t "),
        json!("\u{0}\u{1}\u{7f}"),
        json!("a\u{202e}b\u{2066}c"),
        json!("\u{feff}\u{200b}"),
        json!("e".repeat(9_000)),
        json!(format!("e{}", "\u{301}".repeat(300))),
        json!("00000000-0000-0000-0000-000000000000"),
        json!("'; DROP TABLE post; --"),
        json!("../../../../etc/passwd"),
        json!("🦔".repeat(50)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_answers_bad_input_with_a_code_and_keeps_nothing() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let mo = board.moderator("Lanterne").await;
    let inputs = good_inputs(&board, &ann).await;
    assert_complete(Face::Residents, inputs.iter().map(|(field, ..)| *field));
    let decisions = good_decisions(&board, &mo).await;
    assert_complete(Face::Moderators, decisions.iter().map(|(field, _)| *field));
    board.drain().await;
    let before = rows(&board).await;
    let mut asked = 0;
    for (field, input_type, good) in &inputs {
        asked += ask_badly((&ann, "/graphql"), field, input_type, good).await;
    }
    for (field, good) in &decisions {
        let ty = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        asked += ask_badly((&mo, "/moderator/graphql"), field, &ty, good).await;
    }
    assert!(asked > 600, "{asked}");
    board.drain().await;
    let after = rows(&board).await;
    assert_eq!(before, after, "nothing was stored");
    board.close().await;
}

/// Sends one mutation with every value in place of each of its fields.
async fn ask_badly(
    (who, path): (&Client, &str),
    field: &str,
    input_type: &str,
    good: &Value,
) -> usize {
    let query =
        format!("mutation($input: {input_type}!) {{ {field}(input: $input) {{ __typename }} }}");
    let mut asked = 0;
    for name in good.as_object().unwrap().keys() {
        for bad in bad_values() {
            let mut input = good.clone();
            input[name] = bad.clone();
            let variables = json!({ "input": input });
            let (status, body) = who.ask_at(path, &query, variables).await;
            asked += 1;
            assert_answered(field, &json!({ name: bad }), status, &body);
        }
    }
    for input in [
        json!(null),
        json!([]),
        json!("x"),
        json!({}),
        json!({ "unknown": 1 }),
    ] {
        let variables = json!({ "input": input });
        let (status, body) = who.ask_at(path, &query, variables).await;
        assert_answered(field, &input, status, &body);
        assert!(body.get("errors").is_some(), "{field} {body}");
    }
    asked
}

/// A stable code or an honest outcome; never our own fault, never our insides.
fn assert_answered(field: &str, input: &Value, status: StatusCode, body: &Value) {
    assert!(
        !status.is_server_error(),
        "{field} {input}: {status} {body}"
    );
    let Some(error) = body["errors"].get(0) else {
        assert!(
            body["data"][field]["__typename"].is_string(),
            "{field} {input}: {body}"
        );
        return;
    };
    let code = error["extensions"]["code"].as_str().unwrap_or_default();
    assert!(CODES.contains(&code), "{field} {input}: {body}");
    let message = error["message"].as_str().unwrap_or_default();
    assert!(
        message.len() > 8 && message.len() < 600,
        "{field} {input}: {message}"
    );
    for inside in ["panicked", "sqlx", "SELECT", "src/", "Option", "tonic"] {
        assert!(!message.contains(inside), "{message}");
    }
}

/// How many rows every table of what residents write has.
async fn rows(board: &Board) -> Vec<(String, i64)> {
    let mut counts = Vec::new();
    for (role, tables) in [
        (
            "posts",
            ["post", "comment", "rsvp", "client_key"].as_slice(),
        ),
        ("media", &["picture"]),
        ("identity", &["invite", "membership", "followed_area"]),
        (
            "moderation",
            &["report", "decision", "appeal", "proposal", "recusal"],
        ),
    ] {
        for table in tables {
            counts.push((format!("{role}.{table}"), board.rows(role, table).await));
        }
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn others_things_read_as_not_there() {
    let board = Board::sqlite().await;
    let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
    let (_, picture) = ann.upload(telling_jpeg("x"), "image/jpeg").await;
    let mut draft = ben.draft("with Ann's picture").await;
    draft["category"] = "GIVE_LEND".into();
    draft["media"] = json!([picture["id"]]);
    let query = "mutation($input: PublishPostInput!) { publishPost(input: $input) { __typename } }";
    assert_eq!(
        ben.code(query, json!({ "input": draft })).await,
        "NOT_FOUND"
    );
    let path = format!("/media/{}/thumb", picture["id"].as_str().unwrap());
    assert_eq!(ben.get(&path).await.status(), 404);
    assert_eq!(ann.get(&path).await.status(), 200);
    board.drain().await;
    assert!(ben.titles().await.is_empty());
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_that_are_no_pictures_say_so_and_leave_nothing() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let whole = telling_jpeg("x");
    for (bytes, content_type, status) in [
        (Vec::new(), "image/jpeg", 422),
        (b"just words".to_vec(), "image/jpeg", 415),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            "image/svg+xml",
            415,
        ),
        (
            b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec(),
            "video/mp4",
            415,
        ),
        (whole[..whole.len() / 2].to_vec(), "image/jpeg", 422),
        (bomb(), "image/png", 413),
    ] {
        let (answered, problem) = ann.upload(bytes, content_type).await;
        assert_eq!(answered.as_u16(), status, "{content_type}: {problem}");
        assert!(
            problem["detail"]
                .as_str()
                .or(problem["title"].as_str())
                .is_some_and(|text| text.len() > 8),
            "{problem}"
        );
    }
    let (status, _) = ann.upload(whole.clone(), "application/octet-stream").await;
    assert_eq!(
        status, 201,
        "what it is is seen from its bytes, not from what it is called"
    );
    let large = vec![0; 8 << 20];
    let (status, _) = board.client().upload(large, "image/jpeg").await;
    assert_eq!(status, 401, "told even to who is still sending");
    let words = "a".repeat(1 << 20);
    for form in [
        format!(
            "{words}\r\n--x\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--x--\r\n"
        ),
        format!(
            "--x\r\ncontent-disposition: form-data; name=\"file\"\r\nx: {words}\r\n\r\nabc\r\n--x--\r\n"
        ),
    ] {
        let request = ann
            .request(reqwest::Method::POST, "/media")
            .header("content-type", "multipart/form-data; boundary=x")
            .body(form);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 415, "what is around a file is short");
    }
    let kept = rows(&board).await;
    assert!(kept.contains(&("media.picture".to_owned(), 1)), "{kept:?}");
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_are_no_requests_are_refused_before_any_work() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let post = || ann.request(reqwest::Method::POST, "/graphql");
    let json_body = |body: String| post().header("content-type", "application/json").body(body);
    let cases: Vec<(reqwest::RequestBuilder, u16)> = vec![
        (
            post()
                .header("content-type", "text/plain")
                .body("{\"query\":\"{viewer{id}}\"}"),
            415,
        ),
        (
            post()
                .header("content-type", "application/x-www-form-urlencoded")
                .body("query={viewer{id}}"),
            415,
        ),
        (json_body("not json".into()), 400),
        (json_body("[{\"query\":\"{viewer{id}}\"}]".into()), 400),
        (
            json_body(format!("{{\"query\":\"{}\"}}", " ".repeat(70_000))),
            413,
        ),
        (
            post()
                .header("origin", "https://evil.example")
                .json(&json!({ "query": "{ viewer { id } }" })),
            403,
        ),
        (
            post()
                .header("sec-fetch-site", "cross-site")
                .json(&json!({ "query": "{ viewer { id } }" })),
            403,
        ),
    ];
    for (request, status) in cases {
        let request = request.build().unwrap();
        let text = format!("{:?}", request.headers());
        let client = http().build().unwrap();
        assert_eq!(
            client.execute(request).await.unwrap().status().as_u16(),
            status,
            "{text}"
        );
    }
    for query in [
        format!(
            "{{ {} }}",
            (0..16)
                .map(|n| format!("a{n}: viewer {{ id }} "))
                .collect::<String>()
        ),
        format!(
            "{{ viewer {{ memberships {{ {} }} }} }}",
            "neighbourhood { id } ".repeat(400)
        ),
        "{ viewer { id ".to_owned(),
        "{ nothingOfTheSort }".to_owned(),
        "query A { viewer { id } } query B { viewer { id } }".to_owned(),
    ] {
        let (status, body) = ann.ask(&query, json!({})).await;
        assert!(status.is_client_error() || status.is_success(), "{status}");
        assert_eq!(body["errors"][0]["extensions"]["code"], "INVALID", "{body}");
        assert!(
            !body.to_string().contains("Did you mean"),
            "no suggestions: {body}"
        );
    }
    for (arguments, reason) in [
        ("first: 31", "FIRST_OUT_OF_RANGE"),
        ("after: \"bm9uc2Vuc2U\"", "CURSOR_UNKNOWN"),
    ] {
        let query = format!("{{ publicEvents({arguments}) {{ edges {{ cursor }} }} }}");
        let (_, body) = board.client().ask(&query, json!({})).await;
        let error = &body["errors"][0]["extensions"];
        assert_eq!(error["reason"], reason, "{body}");
    }
    for path in [
        "/nothing",
        "/media/x/large",
        "/media/../etc/passwd",
        "/graphql/x",
        "/.env",
        "/%00",
    ] {
        let response = ann.get(path).await;
        assert_eq!(response.status(), 404, "{path}");
        let text = response.text().await.unwrap();
        assert!(!text.contains("src") && !text.contains("passwd"), "{text}");
    }
    board.close().await;
}
