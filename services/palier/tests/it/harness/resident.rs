//! Residents of a board that the program seeded.

use std::net::SocketAddr;

use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use runtime::telemetry::TRACEPARENT;
use serde_json::{Value, json};

use super::client::{Live, http};

/// Somebody of a seeded board, signed in. The cookie is sent by hand: it is one for TLS, and the test has none.
#[derive(Clone)]
pub struct Resident {
    http: reqwest::Client,
    pub origin: String,
    /// Whom they ask: what is behind the origin, or one of several that are.
    asked: String,
    pub cookie: String,
    pub neighbourhood: String,
}

impl Resident {
    /// The same one, asking the edge at this address.
    pub fn asking(&self, edge: SocketAddr) -> Self {
        Self {
            asked: format!("http://{edge}"),
            ..self.clone()
        }
    }

    pub async fn ask(&self, query: &str, variables: Value) -> Option<Value> {
        self.ask_within(None, query, variables).await
    }

    /// Asks as a part of a trace.
    async fn ask_within(
        &self,
        traceparent: Option<&str>,
        query: &str,
        variables: Value,
    ) -> Option<Value> {
        let body = self.answer(traceparent, query, variables).await?;
        assert!(body.get("errors").is_none(), "{body}");
        Some(body["data"].clone())
    }

    /// What is answered; none where that was lost, or a part is away for a moment, which is as good as lost.
    async fn answer(
        &self,
        traceparent: Option<&str>,
        query: &str,
        variables: Value,
    ) -> Option<Value> {
        let mut request = self
            .http
            .post(format!("{}/graphql", self.asked))
            .header(ORIGIN, &self.origin)
            .header(COOKIE, &self.cookie);
        if let Some(traceparent) = traceparent {
            request = request.header(TRACEPARENT, traceparent);
        }
        let response = request
            .json(&json!({ "query": query, "variables": variables }))
            .send()
            .await
            .ok()?;
        let body: Value = response.json().await.ok()?;
        (code_of(&body) != Some("UNAVAILABLE")).then_some(body)
    }

    /// Sends a picture: the status of the answer.
    pub async fn upload(&self, bytes: Vec<u8>) -> u16 {
        let file = reqwest::multipart::Part::bytes(bytes).file_name("a");
        let form = reqwest::multipart::Form::new().part("file", file);
        let sent = self
            .http
            .post(format!("{}/media", self.asked))
            .header(ORIGIN, &self.origin)
            .header(COOKIE, &self.cookie)
            .multipart(form)
            .send();
        sent.await.unwrap().status().as_u16()
    }

    /// Follows the feed from now on.
    pub async fn follow(&self) -> Live {
        Live::feed(&self.origin, &self.cookie, &self.neighbourhood).await
    }

    /// The id of the notice once it is acknowledged; none when the answer was lost.
    pub async fn publish(&self, number: usize) -> Option<String> {
        let input = json!({ "title": format!("notice {number}"), "body": "One of a thousand." });
        self.publish_within(None, number, input).await
    }

    /// The same, of a notice that says something else and as a part of a trace.
    pub async fn publish_within(
        &self,
        traceparent: Option<&str>,
        number: usize,
        said: Value,
    ) -> Option<String> {
        let query = "mutation($input: PublishPostInput!) { publishPost(input: $input) { __typename ... on PostPublished { post { id } } } }";
        let input = json!({
            "clientKey": format!("notice-number-{number:04}"),
            "neighbourhood": self.neighbourhood,
            "category": "QUESTION",
            "title": said["title"],
            "body": said["body"],
        });
        let variables = json!({ "input": input });
        let data = self.ask_within(traceparent, query, variables).await?;
        assert_eq!(data["publishPost"]["__typename"], "PostPublished", "{data}");
        Some(
            data["publishPost"]["post"]["id"]
                .as_str()
                .unwrap()
                .to_owned(),
        )
    }

    /// Takes a notice down; none when the answer was lost. One that is not there was taken down when that was asked before.
    pub async fn withdraw(&self, id: &str) -> Option<()> {
        let query = "mutation($input: WithdrawPostInput!) { withdrawPost(input: $input) { id } }";
        let variables = json!({ "input": { "post": id } });
        let body = self.answer(None, query, variables).await?;
        let code = code_of(&body);
        assert!(matches!(code, None | Some("NOT_FOUND")), "{body}");
        Some(())
    }

    /// Whether a notice can be read by itself; none when the answer was lost.
    pub async fn reads(&self, id: &str) -> Option<bool> {
        let data = self.ask(READ, json!({ "id": id })).await?;
        Some(!data["node"].is_null())
    }

    /// Every notice of the feed, its id and its title, and where its changes go on from; none when an answer was lost.
    pub async fn whole_feed(&self) -> Option<(Vec<(String, String)>, String)> {
        let mut shown = Vec::new();
        let (mut after, mut changes) = (Value::Null, None);
        loop {
            let variables = json!({ "n": self.neighbourhood, "after": after });
            let feed = self.ask(FEED, variables).await?["feed"].take();
            for edge in feed["edges"].as_array().unwrap() {
                let text = |field: &str| edge["node"][field].as_str().unwrap().to_owned();
                shown.push((text("id"), text("title")));
            }
            let begins_at = changes.get_or_insert_with(|| feed["changesCursor"].clone());
            if feed["pageInfo"]["hasNextPage"] == false {
                return Some((shown, begins_at.as_str().unwrap().to_owned()));
            }
            after = feed["pageInfo"]["endCursor"].clone();
        }
    }
}

const READ: &str = "query($id: ID!) { node(id: $id) { id } }";
const FEED: &str = "query($n: ID!, $after: String) { feed(neighbourhood: $n, first: 30, after: $after) { \
     changesCursor edges { node { id title } } pageInfo { hasNextPage endCursor } } }";

fn code_of(body: &Value) -> Option<&str> {
    body["errors"][0]["extensions"]["code"].as_str()
}

/// A resident of a seeded board asks to sign in.
pub async fn try_to_sign_in(origin: &str, number: usize) -> reqwest::Response {
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { viewer { memberships { neighbourhood { id } } } } } }";
    let input = json!({ "email": format!("resident{number}@example.org"), "password": "load data of a quiet lighthouse" });
    let request = http()
        .build()
        .unwrap()
        .post(format!("{origin}/graphql"))
        .header(ORIGIN, origin)
        .json(&json!({ "query": query, "variables": { "input": input } }));
    request.send().await.unwrap()
}

/// A resident of a seeded board signs in.
pub async fn signed_in(origin: &str, number: usize) -> Resident {
    let response = try_to_sign_in(origin, number).await;
    let cookie = response.headers().get(SET_COOKIE).cloned();
    let body: Value = response.json().await.unwrap();
    let cookie = cookie.unwrap_or_else(|| panic!("not signed in: {body}"));
    let cookie = cookie
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let membership = &body["data"]["signIn"]["viewer"]["memberships"][0];
    Resident {
        // Who waits for a turn has sent what nobody reads yet: a browser waits too.
        http: http().tcp_user_timeout(None).build().unwrap(),
        origin: origin.to_owned(),
        asked: origin.to_owned(),
        cookie,
        neighbourhood: membership["neighbourhood"]["id"]
            .as_str()
            .unwrap()
            .to_owned(),
    }
}
