//! What nobody refers to any more goes.

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};

use ::store::Inbox;
use futures_util::TryStreamExt;
use runtime::{DAY_MS, HOUR_MS};

use crate::blobs::{BlobName, Found};
use crate::domain::LOOSE_MS;
use crate::store::{doomed, owner, picture};
use crate::{Media, MediaFault};

const BATCH: u64 = 100;
const FILES_A_BATCH: usize = 300;
/// An upload is over in minutes: a blob without a row, or an owner without a picture, that is older than this has been
/// left behind.
const LEFT_BEHIND_MS: i64 = HOUR_MS;
/// How often every file is looked at.
const ROUND_EVERY_MS: i64 = HOUR_MS;
/// Longer than anything can be replayed.
const REMEMBERED_MS: i64 = 2 * DAY_MS + HOUR_MS;

/// When every file was looked at, in milliseconds since 1970.
#[derive(Debug)]
pub struct Round(AtomicI64);

impl Default for Round {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }
}

impl Round {
    fn is_due(&self, now_ms: i64) -> bool {
        now_ms.saturating_sub(self.0.load(Ordering::Relaxed)) >= ROUND_EVERY_MS
    }

    fn done(&self, now_ms: i64) {
        self.0.store(now_ms, Ordering::Relaxed);
    }
}

impl Media {
    /// Deletes pictures that no notice took in a day, files whose row is gone, and, once an hour, files that never had
    /// one and owners without any; forgets old news.
    ///
    /// # Errors
    /// When the database or the files fail; what was done stays done, and the next sweep goes on.
    pub async fn sweep(&self) -> Result<(), MediaFault> {
        let now_ms = self.parts.clock.now_ms();
        self.drop_loose(now_ms - LOOSE_MS).await?;
        Inbox::forget(&self.parts.store, now_ms - REMEMBERED_MS).await?;
        self.bury_doomed().await?;
        if self.round.is_due(now_ms) {
            owner::forget(&self.parts.store, now_ms - LEFT_BEHIND_MS).await?;
            self.drop_left_behind(now_ms - LEFT_BEHIND_MS).await?;
            self.round.done(now_ms);
        }
        Ok(())
    }

    async fn drop_loose(&self, until_ms: i64) -> Result<(), MediaFault> {
        loop {
            let tx = self.parts.store.begin().await?;
            let rows = picture::loose_until(&tx, until_ms, BATCH).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            let blobs: Vec<_> = rows.iter().map(picture::Model::blob).collect();
            picture::delete(&tx, &ids).await?;
            doomed::insert(&tx, &blobs).await?;
            tx.commit().await?;
        }
    }

    async fn bury_doomed(&self) -> Result<(), MediaFault> {
        let mut outcome = Ok(());
        let mut after = None;
        loop {
            let blobs = doomed::some(self.parts.store.read(), after, BATCH).await?;
            let Some(last) = blobs.last() else {
                return outcome;
            };
            after = Some(*last);
            // One that cannot be deleted does not keep the others.
            match self.bury(&blobs).await {
                Err(fault @ MediaFault::Files(_)) => outcome = Err(fault),
                other => other?,
            }
        }
    }

    /// Deletes the files of doomed blobs, and then the note of it.
    pub(crate) async fn bury(&self, blobs: &[BlobName]) -> Result<(), MediaFault> {
        let (gone, outcome) = self.blobs.delete_all(blobs).await;
        doomed::delete(&self.parts.store, &gone).await?;
        Ok(outcome?)
    }

    async fn drop_left_behind(&self, until_ms: i64) -> Result<(), MediaFault> {
        let mut outcome = Ok(());
        let mut batches = self.blobs.batches(FILES_A_BATCH);
        while let Some(found) = batches.try_next().await? {
            let blobs = self.left_behind(&found, until_ms).await?;
            let (_, deleted) = self.blobs.delete_all(&blobs).await;
            outcome = deleted.and(outcome);
        }
        Ok(outcome?)
    }

    async fn left_behind(&self, found: &Found, until_ms: i64) -> Result<Vec<BlobName>, MediaFault> {
        let old: Vec<BlobName> = found
            .iter()
            .filter(|(_, written_ms)| **written_ms <= until_ms)
            .map(|(blob, _)| *blob)
            .collect();
        let referred: HashSet<BlobName> = if old.is_empty() {
            HashSet::new()
        } else {
            picture::referred(self.parts.store.read(), &old).await?
        };
        Ok(old
            .into_iter()
            .filter(|blob| !referred.contains(blob))
            .collect())
    }
}
