//! GraphQL over HTTP, status by status.

use gateway::Settings;
use http::StatusCode;
use serde_json::json;

use crate::board::{Board, open};

const JSON: (&str, &str) = ("content-type", "application/json");
const NEWER: (&str, &str) = ("accept", "application/graphql-response+json");
const OLDER: (&str, &str) = ("accept", "application/json");

fn body(value: &serde_json::Value) -> String {
    value.to_string()
}

#[tokio::test]
async fn an_operation_is_answered_in_the_form_that_was_asked_for() {
    let board = Board::open();
    for (accept, form) in [
        (
            Some(NEWER),
            "application/graphql-response+json; charset=utf-8",
        ),
        (Some(OLDER), "application/json; charset=utf-8"),
        (Some(("accept", "*/*")), "application/json; charset=utf-8"),
        (None, "application/json; charset=utf-8"),
    ] {
        let headers: Vec<_> = [Some(JSON), accept].into_iter().flatten().collect();
        let answer = board.post(&headers, r#"{"query":"{ __typename }"}"#).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), form);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.json(), json!({ "data": { "__typename": "Query" } }));
    }
}

#[tokio::test]
async fn what_is_not_executed_is_400_for_newer_and_200_for_older_clients() {
    let board = Board::open();
    for query in [
        "{",
        "{ nothingOfThisName }",
        "query A { viewer { id } } query B { viewer { id } }",
        "query($id: ID!) { node(id: $id) { id } }",
        "subscription { feedChanges(neighbourhood: \"x\") { __typename } }",
    ] {
        for (accept, status) in [(NEWER, StatusCode::BAD_REQUEST), (OLDER, StatusCode::OK)] {
            let answer = board
                .post(&[JSON, accept], body(&json!({ "query": query })))
                .await;
            assert_eq!(answer.status, status, "{query}");
            assert_eq!(answer.error().0, "INVALID", "{query}");
            assert!(answer.json().get("data").is_none(), "{query}");
        }
    }
}

#[tokio::test]
async fn a_malformed_request_is_400_in_any_form() {
    let board = Board::open();
    for body in [
        String::new(),
        r#"{"query"#.to_owned(),
        body(&json!("{ __typename }")),
        body(&json!({ "qeury": "{ __typename }" })),
        body(&json!({ "query": { "obj": "ect" } })),
        body(&json!({ "query": "{ __typename }", "variables": "x" })),
        body(&json!({ "query": "{ __typename }", "operationName": 0 })),
        body(&json!({ "query": "{ __typename }", "extensions": ["x"] })),
        body(&json!([{ "query": "{ __typename }" }])),
    ] {
        for accept in [NEWER, OLDER] {
            let answer = board.post(&[JSON, accept], body.clone()).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
            assert_eq!(answer.error().0, "INVALID", "{body}");
        }
    }
}

#[tokio::test]
async fn other_forms_are_refused() {
    let board = Board::open();
    let query = r#"{"query":"{ __typename }"}"#;
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let answer = board.post(&[("content-type", content_type)], query).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(answer.error().1, "NOT_JSON");
    }
    let answer = board.post(&[], query).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let answer = board.post(&[JSON, ("accept", "text/html")], query).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(answer.error().1, "NOT_ACCEPTABLE");
}

#[tokio::test]
async fn operations_are_posted() {
    let board = Board::open();
    let answer = board.get("/graphql?query=%7B__typename%7D").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "POST");
    assert_eq!(answer.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn an_error_says_what_is_wrong_and_suggests_nothing() {
    let board = Board::open();
    let answer = board.ask("{ viewr { id } }").await;
    let message = answer.json()["errors"][0]["message"].to_string();
    assert!(
        message.contains("viewr") && !message.contains("viewer"),
        "{message}"
    );
    let answer = board
        .ask("{ feed(neighbourhood: \"x\", first: \"many\") { edges { cursor } } }")
        .await;
    assert_eq!(answer.error().0, "INVALID");
}

#[tokio::test]
async fn a_role_that_does_not_answer_is_said_to_be_unavailable() {
    let board = Board::open();
    let answer = board
        .ask("{ neighbourhood(slug: \"kallio-demo\") { id } }")
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
    assert_eq!(answer.error().0, "UNAVAILABLE");
    assert_eq!(answer.json()["data"], json!({ "neighbourhood": null }));
}

#[tokio::test]
async fn the_usual_introspection_is_answered_where_it_is_on() {
    let types = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }";
    let query = format!(
        "query IntrospectionQuery {{ __schema {{ description queryType {{ name kind }} mutationType {{ name kind }} subscriptionType {{ name kind }} types {{ ...FullType }} directives {{ name description isRepeatable locations args(includeDeprecated: true) {{ ...InputValue }} }} }} }}
        fragment FullType on __Type {{ kind name description specifiedByURL fields(includeDeprecated: true) {{ name description args(includeDeprecated: true) {{ ...InputValue }} type {{ ...TypeRef }} isDeprecated deprecationReason }} inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }} enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} possibleTypes {{ ...TypeRef }} }}
        fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue isDeprecated deprecationReason }}
        fragment TypeRef on __Type {{ {types} }}"
    );
    let answer = Board::open().ask(&query).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
    assert_eq!(
        answer.json()["data"]["__schema"]["queryType"]["name"],
        "Query"
    );

    let closed = Board::with(Settings {
        introspection: false,
        ..open()
    });
    assert_eq!(closed.ask(&query).await.error().1, "INTROSPECTION_OFF");
    assert_eq!(closed.ask("{ __typename }").await.status, StatusCode::OK);
}

#[tokio::test]
async fn in_earnest_only_listed_documents_are_executed() {
    let board = Board::with(Settings::default());
    let answer = board.ask("{ __typename }").await;
    assert_eq!(answer.error().1, "PERSISTED_DOCUMENT_UNKNOWN");
    let id = "00".repeat(32);
    let answer = board
        .post(&[JSON], body(&json!({ "documentId": id })))
        .await;
    assert_eq!(answer.error().1, "PERSISTED_DOCUMENT_UNKNOWN");
}

#[tokio::test]
async fn values_of_ours_are_refused_with_a_reason_and_not_repeated() {
    let board = Board::open();
    let query =
        "query($c: [CellToken!]) { feed(neighbourhood: \"x\", cells: $c) { changesCursor } }";
    for (value, reason) in [
        (json!(["48.85,2.35"]), "CELL_MALFORMED"),
        (json!(["ffffffffffffffff"]), "CELL_UNKNOWN"),
        (json!(["4"]), "CELL_TOO_COARSE"),
        (json!([47]), "CELL_MALFORMED"),
    ] {
        let answer = board.ask_with(query, json!({ "c": value })).await;
        assert_eq!(
            answer.error(),
            ("INVALID".into(), reason.into()),
            "{}",
            answer.json()
        );
        assert!(!String::from_utf8_lossy(&answer.body).contains("48.85"));
    }
}
