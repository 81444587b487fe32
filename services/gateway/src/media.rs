//! Pictures in and out. Nothing is looked at here but length and form: what a file is, media finds out.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Path, Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use contract::{Fault, FaultKind, MediaId, common, media};
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    SET_COOKIE,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::admit::Kind;
use crate::edge::Edge;
use crate::envelope::{Envelope, Shared};
use crate::error::{Problem, status};
use crate::http::Peer;
use crate::model::choice::MediaVariant;
use crate::model::id::Opaque;
use crate::visit::Visit;

/// The longest file, in bytes.
const FILE_AT_MOST: usize = 20 * 1000 * 1000;
/// The longest body, in bytes: a file, and what a form adds to it.
pub(crate) const BODY_AT_MOST: usize = FILE_AT_MOST + 16 * 1024;
/// The longest piece of a file in a call, in bytes.
const PIECE: usize = 64 * 1024;
/// How many pieces may wait while media is busy.
const PIECES_WAITING: usize = 4;
/// The longest entity tag that is passed on, in bytes.
const ETAG_AT_MOST: usize = 256;
/// How long a client may take for the next piece.
const PIECE_WITHIN: Duration = Duration::from_secs(20);

/// `POST /media`: one file, in the field `file` of a multipart form.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "upload"))]
pub(crate) async fn upload(
    State(edge): State<Arc<Edge>>,
    Peer(peer): Peer,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let visit = Visit::arrived(edge, &headers, peer);
    let (head, body) = request.into_parts();
    let body = Shared::new(body.into_data_stream());
    let response = match take_in(&visit, &headers, head, &body).await {
        Ok(picture) => match described(&picture) {
            Some(json) => (StatusCode::CREATED, axum::Json(json)).into_response(),
            None => problem(&visit, &Fault::internal()),
        },
        Err(fault) => {
            tokio::select! {
                () = body.run_past() => {}
                () = visit.edge.clock.wait(PIECE_WITHIN) => {}
            }
            problem(&visit, &fault)
        }
    };
    with_cookie(&visit, response)
}

/// `GET /media/{id}/{variant}`: for those who may see the post, and asked again each time.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "picture"))]
pub(crate) async fn read(
    State(edge): State<Arc<Edge>>,
    Peer(peer): Peer,
    Path((id, variant)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::arrived(edge, &headers, peer);
    let response = match fetch(&visit, &headers, &id, &variant).await {
        Ok(read) => shown(read),
        Err(fault) => problem(&visit, &fault),
    };
    with_cookie(&visit, response)
}

async fn take_in(
    visit: &Visit,
    headers: &HeaderMap,
    head: Parts,
    body: &Shared<BodyDataStream>,
) -> Result<common::Picture, Fault> {
    visit.edge.origins.check_post(headers)?;
    visit.take(Kind::Request).await?;
    visit.identify(headers).await?;
    visit.resident()?;
    visit.take(Kind::Upload).await?;
    let declared = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > BODY_AT_MOST) {
        return Err(too_large(visit));
    }
    let envelope = Envelope::new();
    let request = Request::from_parts(head, Body::from_stream(envelope.around(body)));
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| not_a_form())?;
    let (pieces, waiting) = mpsc::channel(PIECES_WAITING);
    let call = visit.caller().request(ReceiverStream::new(waiting));
    let mut client = visit.edge.media.clone();
    let mut answered = std::pin::pin!(client.upload(call));
    // A file that breaks off must not look like one that ends: the call is dropped before its stream is.
    let at_most = declared.unwrap_or(FILE_AT_MOST).min(FILE_AT_MOST);
    let sent = tokio::select! {
        sent = send(visit, &mut form, &envelope, at_most, &pieces) => sent,
        answer = &mut answered => return Ok(answer?.into_inner()),
    };
    sent?;
    drop(pieces);
    Ok(answered.await?.into_inner())
}

/// Sends the one file of a form, piece by piece; the first piece says how much comes at most.
async fn send(
    visit: &Visit,
    form: &mut Multipart,
    envelope: &Envelope,
    at_most: usize,
    pieces: &mpsc::Sender<media::UploadPiece>,
) -> Result<(), Fault> {
    let Some(mut file) = within(visit, form.next_field()).await? else {
        return Err(no_file());
    };
    if file.name() != Some("file") {
        return Err(no_file());
    }
    envelope.is_open();
    let mut length = 0_usize;
    let mut at_most_bytes = u32::try_from(at_most).unwrap_or_default();
    while let Some(chunk) = next_chunk(visit, &mut file).await? {
        length += chunk.len();
        if length > FILE_AT_MOST {
            return Err(too_large(visit));
        }
        for data in in_pieces(chunk) {
            let piece = media::UploadPiece {
                data,
                at_most_bytes: std::mem::take(&mut at_most_bytes),
            };
            if pieces.send(piece).await.is_err() {
                // Media stopped listening: its answer says why, and is awaited beside this.
                return std::future::pending().await;
            }
        }
    }
    drop(file);
    envelope.is_closed();
    match within(visit, form.next_field()).await? {
        None => Ok(()),
        Some(_) => Err(Fault::invalid(
            "ONE_FILE",
            "Send one file at a time, in the field \"file\", and nothing else.",
        )),
    }
}

async fn next_chunk(visit: &Visit, file: &mut Field<'_>) -> Result<Option<Bytes>, Fault> {
    within(visit, file.chunk()).await
}

async fn within<T>(
    visit: &Visit,
    coming: impl Future<Output = Result<T, MultipartError>>,
) -> Result<T, Fault> {
    tokio::select! {
        came = coming => came.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => too_large(visit),
            _ => not_a_form(),
        }),
        () = visit.edge.clock.wait(PIECE_WITHIN) => Err(Fault::invalid(
            "TOO_SLOW",
            "The file did not arrive in time. Please send it again.",
        )),
    }
}

fn in_pieces(mut chunk: Bytes) -> impl Iterator<Item = Bytes> {
    std::iter::from_fn(move || (!chunk.is_empty()).then(|| chunk.split_to(chunk.len().min(PIECE))))
}

fn not_a_form() -> Fault {
    Fault::invalid(
        "NOT_A_FORM",
        "Send the file as multipart/form-data, in the field \"file\".",
    )
}

fn no_file() -> Fault {
    Fault::invalid("NO_FILE", "The form has no file in the field \"file\".")
}

fn too_large(visit: &Visit) -> Fault {
    let sentence = visit.locale().pick(
        "Le fichier dépasse 20 Mo. Envoyez-en un plus petit.",
        "The file is larger than 20 MB. Send a smaller one.",
    );
    Fault::invalid("TOO_LARGE", sentence)
}

fn described(picture: &common::Picture) -> Option<serde_json::Value> {
    let id = MediaId::from_bytes(&picture.id).ok()?;
    Some(serde_json::json!({
        "id": id.opaque().as_str(),
        "width": picture.width,
        "height": picture.height,
        "blurhash": picture.blurhash,
    }))
}

async fn fetch(
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    variant: &str,
) -> Result<media::ReadReply, Fault> {
    visit.take(Kind::Request).await?;
    let id = MediaId::read(id, "id").map_err(|_| Fault::not_found())?;
    let variant = MediaVariant::ALL
        .into_iter()
        .find(|known| known.name() == variant)
        .ok_or_else(Fault::not_found)?;
    visit.identify(headers).await?;
    visit.take(Kind::Query).await?;
    let etag = headers
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .filter(|etag| etag.len() <= ETAG_AT_MOST)
        .map(|etag| etag.strip_prefix("W/").unwrap_or(etag));
    let request = media::ReadRequest {
        id: id.to_bytes(),
        variant: variant.wire().into(),
        etag: etag.unwrap_or_default().to_owned(),
    };
    let mut client = visit.edge.media.clone();
    Ok(client
        .read(visit.caller().request(request))
        .await?
        .into_inner())
}

fn shown(read: media::ReadReply) -> Response {
    let mut response = if read.jpeg.is_empty() {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (
            [
                (CONTENT_TYPE, "image/jpeg"),
                (CONTENT_DISPOSITION, "inline"),
            ],
            read.jpeg,
        )
            .into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(etag) = HeaderValue::try_from(read.etag) {
        headers.insert(ETAG, etag);
    }
    response
}

/// A fault with the status that says most: media names what is wrong with a file by its code.
fn problem(visit: &Visit, fault: &Fault) -> Response {
    let now_ms = visit.edge.clock.now_ms();
    let status = match (fault.kind, fault.code.as_ref()) {
        (FaultKind::Invalid, "TOO_LARGE" | "TOO_MANY_PIXELS" | "TOO_HEAVY") => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        (FaultKind::Invalid, "NOT_AN_IMAGE" | "NOT_A_FORM") => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        (FaultKind::Invalid, "TOO_SLOW") => StatusCode::REQUEST_TIMEOUT,
        (FaultKind::Invalid, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (kind, _) => status(kind),
    };
    Problem::of(fault, now_ms, &visit.trace)
        .with_status(status)
        .into_response()
}

/// An answer with what became of the session.
pub(crate) fn with_cookie(visit: &Visit, mut response: Response) -> Response {
    if let Some(cookie) = visit.set_cookie() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_short_and_lose_nothing() {
        let chunk = Bytes::from(
            (0..200_000_u32)
                .flat_map(u32::to_le_bytes)
                .collect::<Vec<_>>(),
        );
        let pieces: Vec<Bytes> = in_pieces(chunk.clone()).collect();
        assert!(
            pieces
                .iter()
                .all(|piece| (1..=PIECE).contains(&piece.len()))
        );
        assert_eq!(pieces.concat(), chunk);
        assert_eq!(in_pieces(Bytes::new()).count(), 0);
    }
}
