//! Taking a picture in.

use contract::common;
use contract::media::UploadPiece;
use contract::{Fault, MediaId, ResidentId};
use runtime::MINUTE_MS;
use sha2::{Digest, Sha256};
use tonic::Streaming;

use super::Call;
use crate::blobs::BlobName;
use crate::domain::{LOOSE_MS, room_again_ms};
use crate::picture::{Encoded, Picture};
use crate::store::picture::Model;
use crate::store::{owner, picture};
use crate::{Media, MediaFault};

/// Writing the files of a picture takes less, in milliseconds. One that takes longer is given up: the sweep, of this
/// process or another, may soon take its files for left behind.
const WRITING_AT_MOST_MS: i64 = 10 * MINUTE_MS;

impl Media {
    /// Bounds, then room, then the work; the files before the row, so that a row never lacks its files.
    pub(super) async fn do_upload(
        &self,
        call: &Call,
        pieces: Streaming<UploadPiece>,
    ) -> Result<common::Picture, MediaFault> {
        let (owner, _) = call.caller.resident()?;
        let since_ms = call.now_ms - LOOSE_MS;
        may_add(&picture::loose_since(self.parts.store.read(), owner, since_ms).await?)?;
        owner::begin(&self.parts.store, owner, call.now_ms).await?;
        let file = self.receive(owner, pieces).await?;
        let (prepared, _room) = self.prepare(file).await?;

        let blob = BlobName::fresh(&self.parts.entropy);
        let id = MediaId::from_random(self.parts.entropy.bytes());
        let row = self.row(id, owner, blob, &prepared);
        let kept = match self.blobs.write(blob, prepared.variants).await {
            Ok(()) => self.keep(owner, row.clone()).await,
            Err(error) => Err(error.into()),
        };
        match &kept {
            // A database that failed may have kept the row all the same: the sweep looks whether it did.
            Ok(()) | Err(MediaFault::Store(_)) => {}
            // What stays after this is found by the sweep.
            Err(_) => drop(self.blobs.delete(blob).await),
        }
        kept.map(|()| row.wire())
    }

    async fn keep(&self, owner: ResidentId, row: Model) -> Result<(), MediaFault> {
        let tx = self.parts.store.begin().await?;
        // Erased while the picture was on its way: what comes now would outlive its owner.
        if !owner::lock(&tx, owner).await? {
            return Err(Fault::unauthenticated().into());
        }
        may_add(&picture::loose_since(&*tx, owner, row.created_at_ms - LOOSE_MS).await?)?;
        if self.parts.clock.now_ms() - row.created_at_ms > WRITING_AT_MOST_MS {
            return Err(MediaFault::TooSlow);
        }
        picture::insert(&tx, row).await?;
        Ok(tx.commit().await?)
    }

    fn row(&self, id: MediaId, owner: ResidentId, blob: BlobName, prepared: &Picture) -> Model {
        let bytes: usize = prepared.variants.iter().map(|v| v.jpeg.len()).sum();
        Model {
            id: id.uuid(),
            neighbourhood: None,
            post: None,
            shown: false,
            withheld: false,
            expires_at_ms: None,
            public_until_ms: None,
            owner: owner.uuid(),
            blob: blob.uuid(),
            width: i32::try_from(prepared.width).unwrap_or(i32::MAX),
            height: i32::try_from(prepared.height).unwrap_or(i32::MAX),
            blurhash: prepared.blurhash.clone(),
            etag: digest(&prepared.variants),
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
            created_at_ms: self.parts.clock.now_ms(),
        }
    }
}

fn may_add(loose_ms: &[i64]) -> Result<(), MediaFault> {
    room_again_ms(loose_ms).map_or(Ok(()), |retry_at_ms| {
        Err(MediaFault::TooManyLoose { retry_at_ms })
    })
}

/// Half of a SHA-256 over the files: enough to tell any two contents apart.
fn digest(variants: &[Encoded; 3]) -> String {
    let mut hash = Sha256::new();
    for encoded in variants {
        hash.update((encoded.jpeg.len() as u64).to_be_bytes());
        hash.update(&encoded.jpeg);
    }
    hex::encode(&hash.finalize()[..16])
}
