//! Everything that is kept about a resident: file by file, or as one archive with the pictures.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use contract::media::ExportFile;
use contract::{Fault, common};
use futures_util::stream::{self, Stream, StreamExt};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use tonic::{Status, Streaming};
use zip::result::ZipResult;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use crate::admit::Kind;
use crate::edge::Edge;
use crate::error::Problem;
use crate::http::Peer;
use crate::media::with_cookie;
use crate::visit::Visit;

/// Where the archive is.
pub(crate) const ARCHIVE: &str = "/export.zip";

/// `GET /export.zip`: written as fast as it is read, one picture at a time.
#[tracing::instrument(skip_all, fields(role = "gateway", operation = "export"))]
pub(crate) async fn archive(
    State(edge): State<Arc<Edge>>,
    Peer(peer): Peer,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::arrived(edge, &headers, peer);
    let response = match gather(&visit, &headers).await {
        Ok((parts, pictures)) => (
            [
                (CONTENT_TYPE, "application/zip"),
                (CONTENT_DISPOSITION, "attachment; filename=\"palier.zip\""),
                (CACHE_CONTROL, "no-store"),
            ],
            Body::from_stream(zipped(parts, pictures)),
        )
            .into_response(),
        Err(fault) => Problem::of(&fault, visit.edge.clock.now_ms(), &visit.trace).into_response(),
    };
    with_cookie(&visit, response)
}

async fn gather(
    visit: &Visit,
    headers: &HeaderMap,
) -> Result<(Vec<common::ExportPart>, Streaming<ExportFile>), Fault> {
    visit.take(Kind::Request).await?;
    visit.identify(headers).await?;
    visit.resident()?;
    visit.take(Kind::Upload).await?;
    let mut media = visit.edge.media.clone();
    let pictures = media.export_files(own(visit)?).await?;
    Ok((parts(visit).await?, pictures.into_inner()))
}

/// What every role keeps about who asks.
///
/// # Errors
/// `UNAUTHENTICATED`, and what the roles say.
pub(crate) async fn parts(visit: &Visit) -> Result<Vec<common::ExportPart>, Fault> {
    let edge = &visit.edge;
    let replies = [
        edge.identity.clone().export(own(visit)?).await?,
        edge.posts.clone().export(own(visit)?).await?,
        edge.media.clone().export(own(visit)?).await?,
        edge.feeds.clone().export(own(visit)?).await?,
        edge.moderation.clone().export(own(visit)?).await?,
    ];
    let parts = replies.into_iter().map(|reply| reply.into_inner().parts);
    Ok(parts.flatten().collect())
}

fn own(visit: &Visit) -> Result<tonic::Request<common::ResidentRequest>, Fault> {
    let signed = visit.resident()?;
    Ok(signed.caller().request(common::ResidentRequest {
        resident: signed.resident.to_bytes(),
    }))
}

/// A ZIP archive (PKWARE APPNOTE 6.3), chunk by chunk. It breaks off where a picture cannot be had: half of an archive does
/// not open, and is not taken for the whole.
fn zipped(
    parts: Vec<common::ExportPart>,
    pictures: Streaming<ExportFile>,
) -> impl Stream<Item = io::Result<Bytes>> {
    let files = stream::iter(parts)
        .map(|part| Ok((part.name, part.json)))
        .chain(pictures.map(|file: Result<_, Status>| {
            let file = file.map_err(|_| broken())?;
            Ok((file.name, file.data))
        }))
        .boxed();
    stream::unfold(Some((Archive::begun(), files)), |state| async {
        let (mut archive, mut files) = state?;
        Some(match files.next().await {
            Some(Ok((name, data))) => match archive.add(&name, &data) {
                Ok(chunk) => (Ok(chunk), Some((archive, files))),
                Err(_) => (Err(broken()), None),
            },
            Some(Err(error)) => (Err(error), None),
            None => (archive.finished().map_err(|_| broken()), None),
        })
    })
}

fn broken() -> io::Error {
    io::Error::other("the archive is not complete")
}

/// An archive being written; what is written is taken away at once.
struct Archive {
    zip: ZipWriter<StreamWriter<Written>>,
    written: Written,
}

impl Archive {
    fn begun() -> Self {
        let written = Written::default();
        Self {
            zip: ZipWriter::new_stream(written.clone()),
            written,
        }
    }

    fn add(&mut self, name: &str, data: &[u8]) -> ZipResult<Bytes> {
        // JPEGs do not get smaller, and the rest is little.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(name, options)?;
        self.zip.write_all(data)?;
        Ok(self.written.take())
    }

    fn finished(self) -> ZipResult<Bytes> {
        self.zip.finish()?;
        Ok(self.written.take())
    }
}

/// Bytes on their way from the archive's writer to the answer.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Bytes {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Bytes::from(std::mem::take(&mut *bytes))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_taken_away_piece_by_piece_is_one_archive() {
        let mut archive = Archive::begun();
        let mut bytes = archive.add("notices.json", b"[]").unwrap().to_vec();
        bytes.extend(archive.add("pictures/a.jpg", &vec![7; 70_000]).unwrap());
        bytes.extend(archive.finished().unwrap());
        let mut read = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        assert_eq!(read.len(), 2);
        let mut notices = String::new();
        read.by_name("notices.json")
            .unwrap()
            .read_to_string(&mut notices)
            .unwrap();
        assert_eq!(notices, "[]");
        let mut picture = Vec::new();
        read.by_name("pictures/a.jpg")
            .unwrap()
            .read_to_end(&mut picture)
            .unwrap();
        assert_eq!(picture, vec![7; 70_000]);
    }
}
