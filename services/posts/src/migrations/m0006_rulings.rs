//! What moderators decided, where it counts still.

use sea_orm_migration::prelude::*;

/// Columns of notices, comments and authors.
pub struct Rulings;

impl MigrationName for Rulings {
    fn name(&self) -> &'static str {
        "m0006_rulings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Rulings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ruling = ColumnDef::new("ruling")
            .integer()
            .not_null()
            .default(0)
            .take();
        let flag = |name| {
            let mut flag = ColumnDef::new(name);
            flag.boolean().not_null().default(false);
            flag
        };
        let until = ColumnDef::new("people_until_ms")
            .big_integer()
            .not_null()
            .default(0)
            .take();
        let count = |name| {
            let mut count = ColumnDef::new(name);
            count.big_integer().not_null().default(0);
            count
        };
        for (table, column) in [
            ("post", ruling),
            ("post", count("rulings")),
            ("post", flag("pictures_hidden")),
            ("comment", flag("removed")),
            ("comment", count("rulings")),
            ("author", until),
            ("author", count("restraints")),
        ] {
            let added = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
