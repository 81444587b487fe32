//! The routes, and what every answer carries.

mod accept;
mod graphql;
mod headers;

use std::any::Any;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequestParts, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use contract::{Fault, FaultKind};
use http::request::Parts;
use http::{StatusCode, header};
use tower_http::catch_panic::CatchPanicLayer;

use crate::edge::Edge;
use crate::error::Problem;
use crate::{media, pages};

/// Every route of the residents' gateway.
pub(crate) fn router(edge: Arc<Edge>) -> Router {
    let panicked = {
        let edge = edge.clone();
        move |_: Box<dyn Any + Send>| panicked(&edge)
    };
    Router::new()
        .route("/graphql", post(graphql::post).get(graphql::get))
        .route(
            "/media",
            post(media::upload).layer(DefaultBodyLimit::max(media::BODY_AT_MOST)),
        )
        .route("/media/{id}/{variant}", get(media::read))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/", get(pages::welcome))
        .route("/palier.css", get(pages::style))
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                "This address does not take this method; the header Allow says which ones it takes.",
            )
        })
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(edge.clone(), headers::secure))
        .with_state(edge)
}

/// The process is alive.
async fn healthz() -> &'static str {
    "alive\n"
}

/// Whether everything the process depends on answers.
async fn readyz(State(edge): State<Arc<Edge>>) -> Response {
    let readiness = edge.health.readiness();
    let status = if readiness.ready && !edge.tasks.is_stopping() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        status,
        [(header::CACHE_CONTROL, "no-store")],
        Json(readiness),
    )
        .into_response()
}

/// Something here broke: told to the log, not to the caller.
fn panicked(edge: &Edge) -> Response {
    let trace = edge.trace();
    tracing::error!(trace, code = "INTERNAL", "a request panicked");
    let fault = Fault::internal();
    Problem::new(
        crate::error::status(FaultKind::Internal),
        fault.code,
        fault.message,
    )
    .traced(trace)
    .into_response()
}

/// The address at the other end of the connection, where the server knows it.
pub(crate) struct Peer(pub Option<SocketAddr>);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(info.map(|info| info.0)))
    }
}

/// The same for a whole request.
fn peer(request: &Request) -> Option<SocketAddr> {
    let info = request.extensions().get::<ConnectInfo<SocketAddr>>();
    info.map(|info| info.0)
}
