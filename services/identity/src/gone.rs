//! What is gone for good: how the log of deletions calls it, and how it goes again from a backup that was restored.

use runtime::Private;
use store::DeletionLog;
use uuid::Uuid;

use crate::Identity;
use crate::calls::admit::forget_vouching;
use crate::error::IdentityFault;
use crate::passwords::NOBODY;
use crate::store::{account, invite, mail, membership, postcard, recovery, session, vouching};

/// An account.
pub fn account(id: Uuid) -> Vec<u8> {
    [b"account ", &id.as_bytes()[..]].concat()
}

/// A password that was replaced, by its hash.
pub fn password(encoded: &str) -> Vec<u8> {
    [b"password ", encoded.as_bytes()].concat()
}

/// An invite that was revoked.
pub fn invite(id: Uuid) -> Vec<u8> {
    [b"invite ", &id.as_bytes()[..]].concat()
}

/// A membership that was ended.
pub fn membership(neighbourhood: Uuid, resident: Uuid) -> Vec<u8> {
    [
        b"membership ",
        &neighbourhood.as_bytes()[..],
        resident.as_bytes(),
    ]
    .concat()
}

impl Identity {
    /// Deletes again, and tells of it, what a restored backup brought back and the log knows as gone since `since_ms`, in
    /// milliseconds since 1970. A password that was replaced opens nothing any more: a link by mail makes a new one. Sessions,
    /// links and waiting mails of that day end, for nobody can say which of them had. Answers how much was gone.
    ///
    /// # Errors
    /// When the database or the log fails; what was deleted stays so, and doing it again goes on.
    pub async fn delete_again(
        &self,
        log: &DeletionLog,
        since_ms: i64,
    ) -> Result<usize, IdentityFault> {
        let mut gone = 0;
        let db = self.store.read();
        for id in account::ids(db).await? {
            let Some(kept) = account::by_id(db, id).await? else {
                continue;
            };
            if log.holds(&account(id), since_ms).await? {
                self.erase_account(&kept).await?;
                gone += 1;
            } else if log.holds(&password(&kept.password), since_ms).await? {
                let tx = self.store.begin().await?;
                account::set_password(&*tx, id, &Private::new(NOBODY.to_owned())).await?;
                tx.commit().await?;
                gone += 1;
            }
            gone += self.end_again(log, since_ms, id).await?;
        }
        for (neighbourhood, id) in invite::ids(db).await? {
            if log.holds(&invite(id), since_ms).await? {
                let tx = self.store.begin().await?;
                gone += usize::from(invite::revoke(&tx, neighbourhood, id, None).await?);
                tx.commit().await?;
            }
        }
        // Who took a vouch back, and which addresses were erased, nobody can say.
        for (neighbourhood, resident) in vouching::everybodys(db).await? {
            let tx = self.store.begin().await?;
            forget_vouching(&tx, neighbourhood, resident).await?;
            tx.commit().await?;
        }
        let tx = self.store.begin().await?;
        postcard::delete_all(&tx).await?;
        session::end_all(&tx).await?;
        recovery::delete_all(&tx).await?;
        mail::delete_all(&tx).await?;
        tx.commit().await?;
        Ok(gone)
    }

    /// Ends memberships of an account again.
    async fn end_again(
        &self,
        log: &DeletionLog,
        since_ms: i64,
        resident: Uuid,
    ) -> Result<usize, IdentityFault> {
        let mut ended = 0;
        for member in membership::all_of(self.store.read(), resident).await? {
            let name = self::membership(member.neighbourhood, resident);
            if log.holds(&name, since_ms).await? {
                let tx = self.store.begin().await?;
                self.end_membership(&tx, &member).await?;
                tx.commit().await?;
                ended += 1;
            }
        }
        Ok(ended)
    }
}
