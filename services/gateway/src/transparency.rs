//! The numbers of a month in which a neighbourhood was moderated, for programs: what the page for people shows.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use contract::{Fault, FaultKind};
use http::HeaderMap;
use serde::Serialize;

use crate::admit::Kind;
use crate::document::{Document, answered};
use crate::edge::Edge;
use crate::http::Peer;
use crate::model::account::TransparencyReport;
use crate::resident::{hood_at, month_of};
use crate::visit::Visit;

/// How the name of a month ends in an address.
const ENDING: &str = ".json";

/// What is written: the report as the schema spells it, and where it is of.
#[derive(Serialize)]
struct Written<'a> {
    neighbourhood: Named<'a>,
    #[serde(flatten)]
    report: TransparencyReport,
}

#[derive(Serialize)]
struct Named<'a> {
    slug: &'a str,
    name: &'a str,
}

/// `GET /n/{slug}/transparency/{month}.json`: for everybody.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "transparency"))]
pub(crate) async fn month(
    State(edge): State<Arc<Edge>>,
    Peer(peer): Peer,
    Path((slug, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::arrived(edge, &headers, peer);
    let written = written(&visit, slug, &file).await.map(|text| Document {
        content_type: "application/json",
        cache_control: "no-cache",
        text,
    });
    answered(&visit, &headers, written)
}

/// Whose cookie it is makes no difference, and nobody looks.
async fn written(visit: &Visit, slug: String, file: &str) -> Result<String, Fault> {
    visit.take(Kind::Request).await?;
    visit.take(Kind::Query).await?;
    let month = file.strip_suffix(ENDING).ok_or_else(Fault::not_found)?;
    let hood = hood_at(visit, slug).await?.ok_or_else(Fault::not_found)?;
    let report = match month_of(visit, hood.id, month.to_owned()).await {
        // An address of a month that is none, or not over: there is nothing there.
        Err(fault) if fault.kind == FaultKind::Invalid => return Err(Fault::not_found()),
        report => report?,
    };
    let written = Written {
        neighbourhood: Named {
            slug: &hood.slug,
            name: &hood.name,
        },
        report,
    };
    serde_json::to_string(&written).map_err(|_| Fault::internal())
}
