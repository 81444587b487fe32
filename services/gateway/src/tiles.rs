//! The basemap: one small PMTiles archive for each cell of level 11, fetched whole, so that nobody sees what of it is looked at.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use contract::Fault;
use geo::{COARSEST, CoarseCell};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::admit::Kind;
use crate::edge::Edge;
use crate::error::Problem;
use crate::http::Peer;
use crate::visit::Visit;

/// How an archive's name ends.
const ENDING: &str = ".pmtiles";

/// `GET /tiles/{cell}.pmtiles`: for everybody, as maps are.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "tiles"))]
pub(crate) async fn read(
    State(edge): State<Arc<Edge>>,
    Peer(peer): Peer,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::arrived(edge, &headers, peer);
    match archive(&visit, &name).await {
        Ok(archive) => (
            [
                (CONTENT_TYPE, "application/vnd.pmtiles"),
                (CACHE_CONTROL, "public, max-age=86400"),
            ],
            archive,
        )
            .into_response(),
        Err(fault) => Problem::of(&fault, visit.edge.clock.now_ms(), &visit.trace).into_response(),
    }
}

async fn archive(visit: &Visit, name: &str) -> Result<Vec<u8>, Fault> {
    visit.take(Kind::Request).await?;
    let cell = name
        .strip_suffix(ENDING)
        .and_then(|token| CoarseCell::from_token(token).ok())
        .filter(|cell| cell.level() == COARSEST)
        .ok_or_else(Fault::not_found)?;
    let folder = visit.edge.settings.tiles.as_ref();
    let folder = folder.ok_or_else(Fault::not_found)?;
    // Its name as it is spelled, not as it was asked for: nothing of the request reaches the file system.
    let path = folder.join(format!("{}{ENDING}", cell.token()));
    tokio::fs::read(path).await.map_err(|_| Fault::not_found())
}
