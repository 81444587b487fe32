//! What is kept of a resident: given out, and erased.

use contract::common::{Empty, ExportPart, ExportReply, ResidentRequest};
use contract::media::{ExportFile, media_server};
use contract::{MediaId, NeighbourhoodId, PostId, ResidentId};
use futures_util::stream;
use serde_json::{Value, json};

use super::Call;
use crate::picture::Variant;
use crate::store::{doomed, owner, picture};
use crate::{Media, MediaFault};

type Files = <Media as media_server::Media>::ExportFilesStream;

impl Media {
    pub(super) async fn do_export(
        &self,
        call: &Call,
        asked: ResidentRequest,
    ) -> Result<ExportReply, MediaFault> {
        let resident = call.caller.whose(&asked.resident)?;
        let rows = picture::everything_by(self.parts.store.read(), resident).await?;
        let pictures: Vec<_> = rows
            .iter()
            .map(|row| {
                json!({
                    "id": row.media_id().to_string(),
                    "file": file_name(row.media_id()),
                    "width": row.width,
                    "height": row.height,
                    "bytesInAllSizes": row.bytes,
                    "blurhash": row.blurhash,
                    "createdAtMs": row.created_at_ms,
                    "neighbourhood": row.neighbourhood.map(|id| NeighbourhoodId::new(id).to_string()),
                    "notice": row.post.map(|id| PostId::new(id).to_string()),
                    "shown": row.shown,
                    "expiresAtMs": row.expires_at_ms,
                    "publicUntilMs": row.public_until_ms,
                })
            })
            .collect();
        let owner = owner::find(self.parts.store.read(), resident).await?;
        let sending = owner.map(|owner| json!({ "lastSentAtMs": owner.sent_at_ms }));
        Ok(ExportReply {
            parts: vec![
                part("media/pictures.json", &json!(pictures)),
                part("media/sending.json", &json!(sending)),
            ],
        })
    }

    /// One file after another, as fast as they are taken: never more than one is held.
    pub(super) async fn do_export_files(
        &self,
        call: &Call,
        asked: ResidentRequest,
    ) -> Result<Files, MediaFault> {
        let resident = call.caller.whose(&asked.resident)?;
        let rows = picture::everything_by(self.parts.store.read(), resident).await?;
        let (media, locale) = (self.clone(), call.locale);
        let files = stream::unfold(rows.into_iter(), move |mut rows| {
            let media = media.clone();
            async move {
                loop {
                    let row = rows.next()?;
                    let name = file_name(row.media_id());
                    let file = match media.blobs.read(row.blob(), Variant::Large).await {
                        Ok(Some(data)) => Ok(ExportFile { name, data }),
                        // Gone since the list was made.
                        Ok(None) => continue,
                        Err(error) => Err(MediaFault::from(error).status(locale)),
                    };
                    return Some((file, rows));
                }
            }
        });
        Ok(Box::pin(files))
    }

    pub(super) async fn do_erase(
        &self,
        call: &Call,
        asked: ResidentRequest,
    ) -> Result<Empty, MediaFault> {
        self.erase_everything_of(call.caller.whose(&asked.resident)?)
            .await?;
        Ok(Empty {})
    }

    /// Deletes every picture of a resident, row and files. Doing it again changes nothing.
    pub(crate) async fn erase_everything_of(&self, resident: ResidentId) -> Result<(), MediaFault> {
        let tx = self.parts.store.begin().await?;
        owner::lock(&tx, resident).await?;
        let rows = picture::lock_everything_by(&tx, resident).await?;
        let blobs: Vec<_> = rows.iter().map(picture::Model::blob).collect();
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        picture::delete(&tx, &ids).await?;
        doomed::insert(&tx, &blobs).await?;
        owner::delete(&tx, resident).await?;
        tx.commit().await?;
        self.bury(&blobs).await
    }
}

fn part(name: &str, content: &Value) -> ExportPart {
    ExportPart {
        name: name.to_owned(),
        json: content.to_string().into_bytes().into(),
    }
}

fn file_name(id: MediaId) -> String {
    format!("media/{id}.jpg")
}
