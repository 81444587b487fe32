//! What is gone for good: how the log of deletions calls it, and how it goes again from a backup that was restored.

use ::store::DeletionLog;
use uuid::Uuid;

use crate::store::copy as copies;
use crate::{Moderation, ModerationFault};

/// What was read in a case.
pub fn copy(case: Uuid) -> Vec<u8> {
    [b"copy ", &case.as_bytes()[..]].concat()
}

impl Moderation {
    /// Deletes again what a restored backup brought back and the log knows as gone since `since_ms`, in milliseconds since
    /// 1970. Answers how much that was. What authors took down and who was erased is told by others, as ever.
    ///
    /// # Errors
    /// When the database or the log fails; what was deleted stays so, and doing it again goes on.
    pub async fn delete_again(
        &self,
        log: &DeletionLog,
        since_ms: i64,
    ) -> Result<usize, ModerationFault> {
        let store = &self.parts.store;
        let mut gone = 0;
        for (neighbourhood, case) in copies::ids(store.read()).await? {
            if log.holds(&copy(case), since_ms).await? {
                let tx = store.begin().await?;
                copies::delete(&tx, neighbourhood, case).await?;
                tx.commit().await?;
                gone += 1;
            }
        }
        Ok(gone)
    }
}
