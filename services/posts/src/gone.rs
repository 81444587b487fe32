//! What is gone for good: how the log of deletions calls it, and how it goes again from a backup that was restored.

use ::store::DeletionLog;
use contract::{NeighbourhoodId, ResidentId};
use uuid::Uuid;

use crate::calls::{remove, take_down};
use crate::store::{comment, post, rsvp};
use crate::{Posts, PostsFault};

/// A notice.
pub fn notice(id: Uuid) -> Vec<u8> {
    [b"notice ", &id.as_bytes()[..]].concat()
}

/// A comment.
pub fn comment(id: Uuid) -> Vec<u8> {
    [b"comment ", &id.as_bytes()[..]].concat()
}

/// That somebody comes to an event.
pub fn coming(event: Uuid, resident: Uuid) -> Vec<u8> {
    [b"coming ", &event.as_bytes()[..], &resident.as_bytes()[..]].concat()
}

impl Posts {
    /// Deletes again, and tells of it, what a restored backup brought back and the log knows as gone since `since_ms`, in
    /// milliseconds since 1970. Answers how much that was.
    ///
    /// # Errors
    /// When the database or the log fails; what was deleted stays so, and doing it again goes on.
    pub async fn delete_again(
        &self,
        log: &DeletionLog,
        since_ms: i64,
    ) -> Result<usize, PostsFault> {
        let store = &self.parts.store;
        let mut gone = 0;
        for (neighbourhood, id) in post::ids(store.read()).await? {
            if log.holds(&notice(id), since_ms).await? {
                let tx = store.begin().await?;
                if let Some(row) = post::as_it_is(&*tx, neighbourhood, id).await? {
                    take_down(&tx, &row).await?;
                    gone += 1;
                }
                tx.commit().await?;
            }
        }
        for (neighbourhood, id) in comment::ids(store.read()).await? {
            if log.holds(&self::comment(id), since_ms).await? {
                let tx = store.begin().await?;
                let here = [NeighbourhoodId::new(neighbourhood)];
                if let Some(row) = comment::find(&*tx, &here, id).await? {
                    remove(&tx, &row).await?;
                    gone += 1;
                }
                tx.commit().await?;
            }
        }
        for (neighbourhood, event, resident) in rsvp::ids(store.read()).await? {
            if log.holds(&coming(event, resident), since_ms).await? {
                let tx = store.begin().await?;
                if let Some(row) = post::as_it_is(&*tx, neighbourhood, event).await? {
                    rsvp::delete(&tx, &row, ResidentId::new(resident)).await?;
                    gone += 1;
                }
                tx.commit().await?;
            }
        }
        Ok(gone)
    }
}
