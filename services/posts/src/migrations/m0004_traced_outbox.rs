//! What is told says in which trace it was made true, where that is traced.

use sea_orm_migration::prelude::*;

/// A column of the outbox.
pub struct TracedOutbox;

impl MigrationName for TracedOutbox {
    fn name(&self) -> &'static str {
        "m0004_traced_outbox"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for TracedOutbox {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        store::trace_outbox(manager).await
    }
}
