//! The routes, and what every answer carries.

mod accept;
mod graphql;
mod headers;
mod pipe;
mod serve;
mod traced;

pub(crate) use pipe::Aside;
pub(crate) use serve::serve;

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
use crate::{events, export, media, tiles, transparency, web};

/// Every route of the residents' gateway.
pub(crate) fn router(edge: Arc<Edge>) -> Router {
    let routes = Router::new()
        .route("/graphql", post(graphql::post).get(graphql::get))
        .route("/moderator/graphql", post(graphql::moderators))
        .route(
            "/media",
            post(media::upload).layer(DefaultBodyLimit::max(media::BODY_AT_MOST)),
        )
        .route("/media/{id}/{variant}", get(media::read))
        .route(export::ARCHIVE, get(export::archive))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/tiles/{name}", get(tiles::read))
        .route("/n/{slug}/events.ics", get(events::calendar))
        .route("/n/{slug}/events.atom", get(events::feed))
        .route("/post/{id}/event.ics", get(events::single))
        .route("/n/{slug}/transparency/{file}", get(transparency::month))
        .fallback(web::rest)
        .method_not_allowed_fallback(|| async {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                "This address does not take this method; the header Allow says which ones it takes.",
            )
        });
    let routes = web::PAGES
        .into_iter()
        .fold(routes, |routes, page| routes.route(page, get(web::page)));
    guarded(routes, edge)
}

/// What every route has around it: one that panics takes nothing with it, and every answer carries its headers.
fn guarded(routes: Router<Arc<Edge>>, edge: Arc<Edge>) -> Router {
    let panicked = {
        let edge = edge.clone();
        move |_: Box<dyn Any + Send>| panicked(&edge)
    };
    routes
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(
            edge.clone(),
            headers::secure,
        ))
        .layer(middleware::from_fn(traced::traced))
        .with_state(edge)
}

/// The process is alive.
async fn healthz() -> &'static str {
    "alive\n"
}

/// Whether everything the process depends on answers.
async fn readyz(State(edge): State<Arc<Edge>>) -> Response {
    let readiness = edge.health.readiness(edge.clock.now_ms());
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

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;
    use crate::edge::tests::edge;

    #[tokio::test]
    async fn what_breaks_is_masked_behind_a_trace_id() {
        let broken = || async { panic!("a secret") as &'static str };
        let routes = Router::new().route("/broken", get(broken));
        let request = Request::get("/broken").body(Body::empty()).unwrap();
        let response = guarded(routes, edge()).oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(problem["code"], "INTERNAL");
        assert_eq!(problem["trace"].as_str().unwrap().len(), 32);
        assert!(!problem.to_string().contains("secret"));
    }
}
