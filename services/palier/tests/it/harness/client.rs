//! Somebody's browser: cookies, GraphQL over HTTP, uploads, a live socket.

use std::net::SocketAddr;
use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use reqwest::cookie::{CookieStore, Jar};
use reqwest::multipart::{Form, Part};
use reqwest::{StatusCode, Url};
use runtime::Entropy;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::PASSWORD;

/// The fields of a notice that tests look at.
pub const POST: &str = "id title body state version signedBy category publishedAt expiresAt takesComments edited mediaHeld \
     behaviour { act harm considered whyNot clothing } confirmableFrom lapsesAt accepted policeMayRead \
     tile { token name } media { id } event { placeName }";

/// Follows a feed.
pub const FEED_CHANGES: &str = "subscription($n: ID!, $after: String) { feedChanges(neighbourhood: $n, after: $after) { \
     __typename ... on PostAppeared { cursor post { id title } } \
     ... on PostChanged { cursor post { id title state } } ... on PostGone { cursor id } \
     ... on FeedReload { cursor } } }";
const POST_CHANGES: &str = "subscription($id: ID!) { postChanges(id: $id) { id title state mediaHeld \
     event { placesLeft myRsvp } comments { edges { node { id body } } } } }";

/// The code of the error that a socket tells.
fn code_in(message: &Value) -> String {
    let errors = match message["type"].as_str() {
        Some("error") => &message["payload"],
        _ => &message["payload"]["errors"],
    };
    let code = errors[0]["extensions"]["code"].as_str();
    code.unwrap_or_else(|| panic!("{message}")).to_owned()
}

/// A browser with its own cookies.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    jar: Arc<Jar>,
    origin: String,
}

/// What asks over HTTP, with the one cryptographic provider there is: a client is not made without.
pub fn http() -> reqwest::ClientBuilder {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
}

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";
        Self::on(address, firefox)
    }

    /// A browser that says what it is.
    pub fn on(address: SocketAddr, user_agent: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let http = http()
            .user_agent(user_agent)
            .cookie_provider(jar.clone())
            .build()
            .unwrap();
        Self {
            http,
            jar,
            origin: format!("http://{address}"),
        }
    }

    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("{}{path}", self.origin)).unwrap()
    }

    /// Any request of this browser, with its cookies and its origin.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, self.url(path))
            .header("origin", &self.origin)
            .header("accept-language", "en")
    }

    /// What GraphQL answers: status and body.
    pub async fn ask(&self, query: &str, variables: Value) -> (StatusCode, Value) {
        self.ask_at("/graphql", query, variables).await
    }

    /// The same, of a schema at any address.
    pub async fn ask_at(&self, path: &str, query: &str, variables: Value) -> (StatusCode, Value) {
        let response = self
            .request(reqwest::Method::POST, path)
            .header("accept", "application/graphql-response+json")
            .json(&json!({ "query": query, "variables": variables }))
            .send()
            .await
            .unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        let body =
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: not JSON: {text}"));
        (status, body)
    }

    /// The data of an answer without errors.
    pub async fn data(&self, query: &str, variables: Value) -> Value {
        let (status, body) = self.ask(query, variables).await;
        assert!(body.get("errors").is_none(), "{status} {body}");
        body["data"].clone()
    }

    /// The code of the first error of an answer.
    pub async fn code(&self, query: &str, variables: Value) -> String {
        let (_, body) = self.ask(query, variables).await;
        let code = &body["errors"][0]["extensions"]["code"];
        code.as_str()
            .unwrap_or_else(|| panic!("no error: {body}"))
            .to_owned()
    }

    /// What came of a mutation with one input.
    pub async fn mutate(&self, field: &str, input_type: &str, input: Value, fields: &str) -> Value {
        let query = format!(
            "mutation($input: {input_type}!) {{ {field}(input: $input) {{ __typename {fields} }} }}"
        );
        self.data(&query, json!({ "input": input })).await[field].clone()
    }

    pub async fn sign_up(&self, email: &str, password: &str, code: &str, pseudonym: &str) -> Value {
        let input =
            json!({ "email": email, "password": password, "code": code, "pseudonym": pseudonym });
        let fields = "... on SignUpRefused { reasons { code message } }";
        self.mutate("signUp", "SignUpInput", input, fields).await
    }

    pub async fn confirm(&self, token: &str) -> Value {
        let fields = "... on SignInRefused { reasons { code } }";
        self.mutate(
            "confirmEmail",
            "ConfirmEmailInput",
            json!({ "token": token }),
            fields,
        )
        .await
    }

    pub async fn sign_in(&self, email: &str) -> Value {
        let input = json!({ "email": email, "password": PASSWORD });
        let fields = "... on SignInRefused { reasons { code } }";
        self.mutate("signIn", "SignInInput", input, fields).await
    }

    pub async fn neighbourhood(&self) -> String {
        let data = self
            .data(
                "{ viewer { memberships { neighbourhood { id } } } }",
                json!({}),
            )
            .await;
        data["viewer"]["memberships"][0]["neighbourhood"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The input of a notice that can go up.
    pub async fn draft(&self, title: &str) -> Value {
        json!({
            "clientKey": client_key(),
            "neighbourhood": self.neighbourhood().await,
            "category": "QUESTION",
            "title": title,
            "body": "The bakery by the church is closed.",
        })
    }

    /// The input of an event that can go up: tomorrow, for an hour.
    pub async fn event(&self, title: &str) -> Value {
        let mut draft = self.draft(title).await;
        draft["category"] = "EVENT".into();
        draft["event"] = json!({
            "startsAt": "2026-11-22T10:00:00Z", "endsAt": "2026-11-22T11:00:00Z", "placeName": "La rotonde",
        });
        draft
    }

    /// The form for what tells of a person, filled in. Somebody has to [look after](Client::look_after) the neighbourhood.
    pub async fn behaviour(&self) -> Value {
        let mut draft = self.draft("").await;
        draft["category"] = "CONCERNING_BEHAVIOUR".into();
        draft["body"] = "Somebody pulled the handles of three garage doors.".into();
        draft["occurredAt"] = "2026-11-20T21:40:00Z".into();
        draft["behaviour"] = json!({
            "act": "TRIED_TO_OPEN", "harm": "A garage could have been emptied.", "dangerNow": false,
            "considered": ["DELIVERY"], "whyNot": "Three doors in three lanes, and no parcel.",
        });
        draft
    }

    /// Confirms what has rested.
    pub async fn confirm_post(&self, post: &Value) -> Value {
        let fields = format!(
            "... on PostInReview {{ post {{ {POST} }} }} ... on PostRefused {{ reasons {{ code message }} }} \
             ... on RateLimited {{ limit retryAfter message }}"
        );
        let input = json!({ "post": post["id"], "version": post["version"] });
        self.mutate("confirmPost", "ConfirmPostInput", input, &fields)
            .await
    }

    pub async fn publish(&self, input: Value) -> Value {
        let fields = format!(
            "... on PostPublished {{ post {{ {POST} }} }} ... on PostInReview {{ post {{ {POST} }} }} \
             ... on PostCoolingDown {{ post {{ {POST} }} }} \
             ... on PostRefused {{ reasons {{ code message field range {{ start end }} }} }} \
             ... on RateLimited {{ limit retryAfter message }}"
        );
        self.mutate("publishPost", "PublishPostInput", input, &fields)
            .await
    }

    /// Puts up what must go up.
    pub async fn up(&self, title: &str) -> Value {
        self.up_with(self.draft(title).await).await
    }

    /// Puts up what must go up as it is given.
    pub async fn up_with(&self, draft: Value) -> Value {
        let published = self.publish(draft).await;
        assert_eq!(published["__typename"], "PostPublished", "{published}");
        published["post"].clone()
    }

    /// The whole first page of the feed.
    pub async fn feed(&self) -> Value {
        self.feed_of(json!({})).await
    }

    pub async fn feed_of(&self, more: Value) -> Value {
        let query = format!(
            "query($n: ID!, $cells: [CellToken!], $categories: [Category!], $first: Int, $after: String) {{ \
             feed(neighbourhood: $n, cells: $cells, categories: $categories, first: $first, after: $after) {{ \
             changesCursor edges {{ cursor node {{ {POST} }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let mut variables = json!({ "n": self.neighbourhood().await, "first": 30 });
        for (name, value) in more.as_object().unwrap() {
            variables[name] = value.clone();
        }
        self.data(&query, variables).await["feed"].clone()
    }

    pub async fn titles(&self) -> Vec<String> {
        let feed = self.feed().await;
        let edges = feed["edges"].as_array().unwrap();
        edges
            .iter()
            .map(|edge| edge["node"]["title"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Sends a file; answers status and body.
    pub async fn upload(&self, bytes: Vec<u8>, content_type: &str) -> (StatusCode, Value) {
        let part = Part::bytes(bytes)
            .file_name("photo")
            .mime_str(content_type)
            .unwrap();
        let response = self
            .request(reqwest::Method::POST, "/media")
            .multipart(Form::new().part("file", part))
            .send()
            .await
            .unwrap();
        let status = response.status();
        (status, response.json().await.unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.request(reqwest::Method::GET, path)
            .send()
            .await
            .unwrap()
    }

    /// The session cookie, as it is sent.
    pub fn cookie(&self) -> Option<String> {
        let value = self.jar.cookies(&self.url("/graphql"))?;
        Some(value.to_str().unwrap().to_owned())
    }

    /// Follows a feed from a cursor.
    pub async fn follow(&self, after: Option<&str>) -> Live {
        let variables = json!({ "n": self.neighbourhood().await, "after": after });
        self.subscribed(FEED_CHANGES, variables).await
    }

    /// Follows a notice.
    pub async fn follow_post(&self, id: &Value) -> Live {
        self.follow_with(POST_CHANGES, id).await
    }

    /// Follows a notice with a document of a test's own.
    pub async fn follow_with(&self, document: &str, id: &Value) -> Live {
        self.subscribed(document, json!({ "id": id })).await
    }

    async fn subscribed(&self, query: &str, variables: Value) -> Live {
        let live = self.subscribe(query, variables).await;
        live.unwrap_or_else(|code| panic!("closed with {code}"))
    }

    /// What comes of following a neighbourhood's feed: "ok", or the code of the error.
    pub async fn follow_code(&self, neighbourhood: &str) -> String {
        let variables = json!({ "n": neighbourhood });
        let Ok(mut live) = self.subscribe(FEED_CHANGES, variables).await else {
            // A socket of nobody is closed before anything is asked.
            return "UNAUTHENTICATED".to_owned();
        };
        // A server handles the messages of a socket in order: what follows a good subscription is this pong.
        live.send(json!({ "type": "ping" })).await;
        let message = live.receive().await;
        match message["type"].as_str() {
            Some("pong") => "ok".to_owned(),
            _ => code_in(&message),
        }
    }

    /// What comes of following a notice: "ok", "none" where it is not there, or the code of the error.
    pub async fn follow_post_code(&self, id: &Value) -> String {
        let Ok(mut live) = self.subscribe(POST_CHANGES, json!({ "id": id })).await else {
            return "UNAUTHENTICATED".to_owned();
        };
        let message = live.receive().await;
        match &message["payload"]["data"] {
            Value::Null => code_in(&message),
            data if data["postChanges"].is_null() => "none".to_owned(),
            _ => "ok".to_owned(),
        }
    }

    async fn subscribe(&self, query: &str, variables: Value) -> Result<Live, u16> {
        Live::subscribe(&self.origin, self.cookie(), query, variables).await
    }
}

/// A live socket.
pub struct Live {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Live {
    /// Follows a feed from now on, as whoever has this cookie.
    pub async fn feed(origin: &str, cookie: &str, neighbourhood: &str) -> Self {
        let variables = json!({ "n": neighbourhood });
        let live = Self::subscribe(origin, Some(cookie.to_owned()), FEED_CHANGES, variables).await;
        live.unwrap_or_else(|code| panic!("closed with {code}"))
    }

    async fn subscribe(
        origin: &str,
        cookie: Option<String>,
        query: &str,
        variables: Value,
    ) -> Result<Self, u16> {
        let mut request = format!("{}/graphql", origin.replace("http", "ws"))
            .into_client_request()
            .unwrap();
        let headers = request.headers_mut();
        headers.insert(
            "sec-websocket-protocol",
            "graphql-transport-ws".parse().unwrap(),
        );
        headers.insert("origin", origin.parse().unwrap());
        if let Some(cookie) = cookie {
            headers.insert("cookie", cookie.parse().unwrap());
        }
        let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let mut live = Live { socket };
        live.send(json!({ "type": "connection_init" })).await;
        if let Some(Ok(Message::Close(Some(frame)))) = live.socket.next().await {
            return Err(frame.code.into());
        }
        live.begin("1", query, variables).await;
        Ok(live)
    }

    /// Follows something else too, in an operation of this id.
    pub async fn begin(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.send(json!({ "id": id, "type": "subscribe", "payload": payload }))
            .await;
    }

    async fn send(&mut self, message: Value) {
        self.socket
            .send(Message::text(message.to_string()))
            .await
            .unwrap();
    }

    async fn receive(&mut self) -> Value {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    let message: Value = serde_json::from_str(&text).unwrap();
                    if message["type"] != "ping" {
                        return message;
                    }
                    self.send(json!({ "type": "pong" })).await;
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("the socket ended: {other:?}"),
            }
        }
    }

    /// The next change of a feed.
    pub async fn change(&mut self) -> Value {
        self.told().await["feedChanges"].clone()
    }

    /// A notice as it is next.
    pub async fn post(&mut self) -> Value {
        self.told().await["postChanges"].clone()
    }

    async fn told(&mut self) -> Value {
        let message = self.receive().await;
        assert_eq!(message["type"], "next", "{message}");
        assert!(message["payload"].get("errors").is_none(), "{message}");
        message["payload"]["data"].clone()
    }

    /// That nothing more comes of it.
    pub async fn completed(mut self) {
        let message = self.receive().await;
        assert_eq!(message["type"], "complete", "{message}");
    }

    /// Every message that came before the server ended the socket, and how it ended it. The end is answered.
    pub async fn all_until_closed(mut self) -> (Vec<Value>, Option<u16>) {
        let (mut told, mut code) = (Vec::new(), None);
        while let Some(Ok(message)) = self.socket.next().await {
            match message {
                Message::Text(text) => told.push(serde_json::from_str(&text).unwrap()),
                Message::Close(Some(frame)) => code = Some(frame.code.into()),
                _ => {}
            }
        }
        (told, code)
    }

    /// How the server ends the socket.
    pub async fn closed(self) -> u16 {
        let (_, code) = self.all_until_closed().await;
        code.expect("a socket is closed with a reason")
    }
}

/// A fresh client key.
pub fn client_key() -> String {
    let bytes: [u8; 16] = Entropy::System.bytes();
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// A pseudonym that nobody bears yet, in letters alone: digits at random are now and then a number plate.
pub fn pseudonym(kind: &str) -> String {
    let bytes: [u8; 6] = Entropy::System.bytes();
    let letters = bytes.map(|byte| char::from(b'a' + byte % 26));
    format!("{kind} {}", String::from_iter(letters))
}
