//! A gateway whose roles do not answer.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use bus::Bus;
use contract::{FeedsClient, IdentityClient, MediaClient, ModerationClient, PostsClient};
use gateway::{Face, Gateway, Parts, Settings};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use runtime::{Clock, Entropy, Health, Keys, Tasks};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt;

/// 2026-11-23T10:15:00Z.
pub const NOW_MS: i64 = 1_795_428_900_000;

pub struct Board {
    pub clock: Clock,
    pub health: Health,
    pub tasks: Tasks,
    gateway: Gateway,
}

/// As the newer clients ask.
const NEWER: [(&str, &str); 2] = [
    ("content-type", "application/json"),
    ("accept", "application/graphql-response+json"),
];

/// What was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// As a demo is asked: any document, introspection too.
pub fn open() -> Settings {
    Settings {
        introspection: true,
        free_form_documents: true,
        insecure_cookie: true,
        ..Settings::default()
    }
}

impl Board {
    pub fn open() -> Self {
        Self::with(open())
    }

    pub fn with(settings: Settings) -> Self {
        let clock = Clock::manual(NOW_MS);
        let entropy = Entropy::seeded(7);
        let (health, tasks) = (Health::new(), Tasks::new());
        let gateway = Gateway::new(Parts {
            identity: IdentityClient::new(contract::absent()),
            posts: PostsClient::new(contract::absent()),
            media: MediaClient::new(contract::absent()),
            feeds: FeedsClient::new(contract::absent()),
            moderation: ModerationClient::new(contract::absent()),
            bus: Bus::memory(),
            clock: clock.clone(),
            keys: Keys::ephemeral(&entropy),
            entropy,
            health: health.clone(),
            tasks: tasks.clone(),
            settings,
        });
        Self {
            clock,
            health,
            tasks,
            gateway,
        }
    }

    pub fn router(&self) -> Router {
        self.gateway.router()
    }

    /// Serves real connections, until the board's tasks are stopped.
    pub fn serve(&self, listener: TcpListener) {
        let (gateway, stopping) = (self.gateway.clone(), self.tasks.stopping());
        self.tasks
            .start(async move { gateway.serve(listener, stopping).await });
    }

    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let peer: SocketAddr = "192.0.2.1:4444".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// `POST /graphql` with these headers, and this body.
    pub async fn post(&self, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        self.post_to("/graphql", headers, body).await
    }

    /// The same to another address.
    pub async fn post_to(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    /// An operation as the newer clients send it.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// The same, of any schema.
    pub async fn ask_at(&self, face: Face, query: &str) -> Answer {
        let body = json!({ "query": query }).to_string();
        let path = match face {
            Face::Residents => "/graphql",
            Face::Moderators => "/moderator/graphql",
        };
        self.post_to(path, &NEWER, body).await
    }

    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables }).to_string();
        self.post(&NEWER, body).await
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| {
            panic!("{} is not JSON", String::from_utf8_lossy(&self.body));
        })
    }

    /// The code of the first error, and its reason.
    pub fn error(&self) -> (String, String) {
        let json = self.json();
        let extensions = &json["errors"][0]["extensions"];
        let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("reason"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}
