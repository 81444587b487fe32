//! Residents of a seeded board.

use std::net::Ipv4Addr;

use anyhow::{Context, Result, ensure};
use reqwest::header::{CONTENT_TYPE, COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value, json};

use crate::http::{FORWARDED_FOR, http};
use crate::sockets::{Asking, SignedIn};

/// A page of the board, with what the app shows of a notice.
pub const PAGE: &str = "query($n: ID!, $after: String, $cells: [CellToken!], $categories: [Category!]) { \
     feed(neighbourhood: $n, first: 20, after: $after, cells: $cells, categories: $categories) { changesCursor \
     edges { cursor node { id title body category state signedBy publishedAt expiresAt takesComments edited \
     tile { token name } } } } }";
/// What changes on the board.
pub const CHANGES: &str = "subscription($n: ID!, $after: String, $categories: [Category!]) { \
     feedChanges(neighbourhood: $n, after: $after, categories: $categories) { ... on PostAppeared { cursor post { id \
     title state tile { token name } } } } }";
const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { viewer { memberships { \
     neighbourhood { id } } } } } }";
const PUBLISH: &str =
    "mutation($input: PublishPostInput!) { publishPost(input: $input) { __typename } }";
/// Where the first of them comes from (RFC 2544 keeps these for measuring).
const FIRST_ADDRESS: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 0);
/// What everybody on a seeded board signs in with.
const PASSWORD: &str = "load data of a quiet lighthouse";

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Resident {
    http: reqwest::Client,
    /// Where the board is.
    pub origin: String,
    /// Where they come from.
    address: String,
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
        let http = http()?;
        let email = format!("resident{number}@example.org");
        let input = json!({ "email": email, "password": PASSWORD });
        let address =
            Ipv4Addr::from_bits(FIRST_ADDRESS.to_bits() + u32::try_from(number)?).to_string();
        let request = http
            .post(format!("{origin}/graphql"))
            .header(FORWARDED_FOR, &address)
            .header(ORIGIN, origin);
        let asked = json!({ "query": SIGN_IN, "variables": { "input": input } });
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
            address,
            cookie,
            neighbourhood: neighbourhood.context("no neighbourhood")?.to_owned(),
        })
    }

    /// Asks for what is already written down, and answers the bytes.
    ///
    /// # Errors
    /// When there is no answer, or one that is not a success.
    pub async fn ask(&self, body: String) -> Result<bytes::Bytes> {
        let request = self.http.post(format!("{}/graphql", self.origin));
        let request = request
            .header(FORWARDED_FOR, &self.address)
            .header(ORIGIN, &self.origin)
            .header(COOKIE, &self.cookie)
            .header(CONTENT_TYPE, "application/json");
        let response = request.body(body).send().await?;
        let status = response.status();
        let bytes = response.bytes().await?;
        ensure!(
            status.is_success(),
            "{status}: {}",
            String::from_utf8_lossy(&bytes)
        );
        Ok(bytes)
    }

    async fn data(&self, query: &str, variables: &Value) -> Result<Value> {
        let asked = json!({ "query": query, "variables": variables });
        let body: Value = serde_json::from_slice(&self.ask(asked.to_string()).await?)?;
        ensure!(body.get("errors").is_none(), "{body}");
        Ok(body["data"].clone())
    }

    /// What asks for a page, with variables beside the neighbourhood.
    #[must_use]
    pub fn page(&self, variables: &Value) -> String {
        json!({ "query": PAGE, "variables": self.with(variables) }).to_string()
    }

    /// Reads a page, with variables beside the neighbourhood.
    ///
    /// # Errors
    /// When there is none.
    pub async fn read(&self, variables: &Value) -> Result<Value> {
        let data = self.data(PAGE, &self.with(variables)).await?;
        ensure!(data["feed"]["edges"].is_array(), "no page: {data}");
        Ok(data["feed"].clone())
    }

    /// Puts a notice up. No two have the same title.
    ///
    /// # Errors
    /// When it is not acknowledged.
    pub async fn publish(&self, title: &str) -> Result<()> {
        let input = json!({
            "clientKey": format!("load-test-{title:0>12}"),
            "neighbourhood": self.neighbourhood,
            "category": "QUESTION",
            "title": title,
            "body": "One of many.",
        });
        let data = self.data(PUBLISH, &json!({ "input": input })).await?;
        ensure!(
            data["publishPost"]["__typename"] == "PostPublished",
            "not published: {data}"
        );
        Ok(())
    }

    /// A socket that follows the board, with variables beside the neighbourhood.
    #[must_use]
    pub fn following(&self, variables: &Value) -> Asking {
        Asking {
            origin: self.origin.clone(),
            signed_in: Some(SignedIn {
                address: self.address.clone(),
                cookie: self.cookie.clone(),
            }),
            operation: Some(json!({ "query": CHANGES, "variables": self.with(variables) })),
        }
    }

    fn with(&self, variables: &Value) -> Value {
        let mut all = json!({ "n": self.neighbourhood });
        if let (Some(all), Some(more)) = (all.as_object_mut(), variables.as_object()) {
            all.extend(more.clone());
        }
        all
    }
}
