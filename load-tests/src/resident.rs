//! Residents of a seeded board.

use anyhow::{Context, Result, ensure};
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value, json};

/// A page of the board, with what the app shows of a notice.
pub const PAGE: &str = "query($n: ID!) { feed(neighbourhood: $n, first: 20) { edges { cursor node { id title body category \
     state signedBy publishedAt expiresAt takesComments edited tile { token name } } } } }";
/// What changes on the board.
pub const CHANGES: &str = "subscription($n: ID!) { feedChanges(neighbourhood: $n) { ... on PostAppeared { cursor post { id \
     title state tile { token name } } } } }";

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Resident {
    http: reqwest::Client,
    /// Where the board is.
    pub origin: String,
    /// The session, as it is sent.
    pub cookie: String,
    /// The id of the neighbourhood.
    pub neighbourhood: String,
}

impl Resident {
    /// Signs in.
    ///
    /// # Errors
    /// When that does not succeed.
    pub async fn sign_in(origin: &str, number: usize) -> Result<Self> {
        let http = reqwest::Client::builder().build()?;
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { viewer { memberships { \
             neighbourhood { id } } } } } }";
        let email = format!("resident{number}@example.org");
        let input = json!({ "email": email, "password": "load data of a quiet lighthouse" });
        let request = http
            .post(format!("{origin}/graphql"))
            .header(ORIGIN, origin);
        let asked = json!({ "query": query, "variables": { "input": input } });
        let response = request.json(&asked).send().await?;
        let cookie = response.headers().get(SET_COOKIE).cloned();
        let body: Value = response.json().await?;
        let membership = &body["data"]["signIn"]["viewer"]["memberships"][0];
        let cookie = cookie.with_context(|| format!("not signed in: {body}"))?;
        let cookie = cookie
            .to_str()?
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        let neighbourhood = membership["neighbourhood"]["id"].as_str();
        Ok(Self {
            http,
            origin: origin.to_owned(),
            cookie,
            neighbourhood: neighbourhood.context("no neighbourhood")?.to_owned(),
        })
    }

    /// Puts a notice up.
    ///
    /// # Errors
    /// When it is not acknowledged.
    pub async fn publish(&self, title: &str) -> Result<()> {
        let query =
            "mutation($input: PublishPostInput!) { publishPost(input: $input) { __typename } }";
        let input = json!({
            "clientKey": format!("load-test-{title:0>12}"),
            "neighbourhood": self.neighbourhood,
            "category": "QUESTION",
            "title": title,
            "body": "One of many.",
        });
        let request = self.http.post(format!("{}/graphql", self.origin));
        let request = request
            .header(ORIGIN, &self.origin)
            .header(COOKIE, &self.cookie);
        let asked = json!({ "query": query, "variables": { "input": input } });
        let body: Value = request.json(&asked).send().await?.json().await?;
        ensure!(
            body["data"]["publishPost"]["__typename"] == "PostPublished",
            "not published: {body}"
        );
        Ok(())
    }
}
