//! Addresses under older keys come under the newest, a batch at a time. Those that no key opens are passed over: they keep no
//! other from its turn.

use sea_orm::prelude::Uuid;

use crate::Identity;
use crate::error::IdentityFault;
use crate::store::{account, reply_address};
use crate::sweep::BATCH;

/// How far one went through a table.
struct Turn {
    table: &'static str,
    after: Option<Uuid>,
    left: u64,
    is_unreadable: bool,
}

impl Turn {
    const fn of(table: &'static str) -> Self {
        Self {
            table,
            after: None,
            left: BATCH,
            is_unreadable: false,
        }
    }

    /// The next row was brought under the newest keys, or no key opens it.
    const fn took(&mut self, row: Uuid, is_resealed: bool) {
        self.after = Some(row);
        if is_resealed {
            self.left -= 1;
        } else {
            self.is_unreadable = true;
        }
    }

    const fn ended(self) -> Result<(), IdentityFault> {
        if self.is_unreadable {
            return Err(IdentityFault::Sealed { table: self.table });
        }
        Ok(())
    }
}

impl Identity {
    /// One batch of accounts, and one of reply addresses.
    pub(crate) async fn reseal(&self) -> Result<(), IdentityFault> {
        let accounts = self.reseal_accounts().await;
        self.reseal_reply_addresses().await.and(accounts)
    }

    async fn reseal_accounts(&self) -> Result<(), IdentityFault> {
        let (address_key, email_key) = self.secrets.newest_ids();
        let (db, mut turn) = (self.store.read(), Turn::of("account"));
        loop {
            let (after, left) = (turn.after, turn.left);
            let page = account::under_older_keys(db, address_key, email_key, after, left).await?;
            if page.is_empty() {
                return turn.ended();
            }
            for row in page {
                turn.took(row.id, self.reseal_account(&row).await?);
            }
        }
    }

    /// Brings the address of one account under the newest keys; false when no key opens it.
    async fn reseal_account(&self, row: &account::Model) -> Result<bool, IdentityFault> {
        let secrets = &self.secrets;
        let Some(address) = secrets.open_address(&row.address_key, &row.address, row.id) else {
            return Ok(false);
        };
        let sealed = secrets.seal(address.expose().as_bytes(), row.id, &self.entropy);
        let hash = secrets.address_hash(&address);
        let tx = self.store.begin().await?;
        account::reseal(&*tx, row, sealed, hash.bytes, &hash.key_id).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn reseal_reply_addresses(&self) -> Result<(), IdentityFault> {
        let (address_key, _) = self.secrets.newest_ids();
        let (db, mut turn) = (self.store.read(), Turn::of("reply_address"));
        loop {
            let page = reply_address::under_older_keys(db, address_key, turn.after, turn.left);
            let page = page.await?;
            if page.is_empty() {
                return turn.ended();
            }
            for row in page {
                turn.took(row.id, self.reseal_reply_address(&row).await?);
            }
        }
    }

    /// Brings one reply address under the newest key; false when no key opens it.
    async fn reseal_reply_address(
        &self,
        row: &reply_address::Model,
    ) -> Result<bool, IdentityFault> {
        let secrets = &self.secrets;
        let Some(address) = secrets.open_address(&row.address_key, &row.address, row.id) else {
            return Ok(false);
        };
        let sealed = secrets.seal(address.expose().as_bytes(), row.id, &self.entropy);
        let tx = self.store.begin().await?;
        reply_address::reseal(&tx, row, sealed).await?;
        tx.commit().await?;
        Ok(true)
    }
}
