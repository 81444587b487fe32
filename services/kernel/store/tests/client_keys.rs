//! What is remembered of a client's key, on both databases, whatever the table calls who asks.

#![allow(clippy::unwrap_used, reason = "a test that meets a fault fails")]

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;
use store::scratch::Scratch;
use store::{Asking, Before, ClientKey, ClientKeys, Migrations, NoClientKey, create_outbox};
use uuid::Uuid;

const KEYS: ClientKeys = ClientKeys::of("resident");
const DAY_MS: i64 = 86_400_000;

struct Keys;
impl MigrationName for Keys {
    fn name(&self) -> &'static str {
        "m0001_keys"
    }
}
#[async_trait::async_trait]
impl MigrationTrait for Keys {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_outbox(manager).await?;
        let mut table = Table::create();
        table.table("client_key");
        for column in ["neighbourhood", "resident", "subject"] {
            table.col(ColumnDef::new(column).uuid().not_null());
        }
        table
            .col(ColumnDef::new("operation").text().not_null())
            .col(ColumnDef::new("key").blob().not_null())
            .col(ColumnDef::new("asked").blob().null())
            .col(ColumnDef::new("created_at_ms").big_integer().not_null());
        manager.create_table(table).await
    }
}
const MIGRATIONS: Migrations = Migrations {
    role: "keys",
    list: || vec![Box::new(Keys)],
};

fn id(n: u8) -> Uuid {
    Uuid::from_bytes([n; 16])
}

fn asking(who: u8, operation: &'static str, asked: &[u8]) -> Asking {
    let key = ClientKey::try_from(&[7; 16][..]).unwrap();
    Asking::new(id(1), id(who), operation, key, asked)
}

#[test]
fn a_key_is_neither_guessed_nor_a_way_to_fill_a_table() {
    for (length, is_one) in [(0, false), (15, false), (16, true), (64, true), (65, false)] {
        let key = ClientKey::try_from(&vec![7; length][..]);
        assert_eq!(key.is_ok(), is_one, "{length}");
        assert!(is_one || key == Err(NoClientKey));
    }
}

#[tokio::test]
async fn the_same_asking_is_known_again_and_another_one_is_told_apart() {
    for scratch in Scratch::each(MIGRATIONS).await {
        let tx = scratch.store.begin().await.unwrap();
        let before = async |asking: Asking| KEYS.before(&tx, &asking).await.unwrap();
        let first = || asking(2, "publish", b"words");
        assert_eq!(before(first()).await, Before::Never);
        KEYS.made(&tx, first(), id(9), 0).await.unwrap();
        assert_eq!(before(first()).await, Before::Made(id(9)));
        assert_eq!(before(asking(2, "publish", b"others")).await, Before::Other);
        assert_eq!(before(asking(2, "edit", b"words")).await, Before::Never);
        assert_eq!(before(asking(3, "publish", b"words")).await, Before::Never);

        KEYS.subject_gone(&tx, id(1), id(9)).await.unwrap();
        assert_eq!(before(first()).await, Before::Gone);
        KEYS.forget(&tx, 2 * DAY_MS).await.unwrap();
        assert_eq!(
            before(first()).await,
            Before::Gone,
            "two days, and not less"
        );
        KEYS.forget(&tx, 2 * DAY_MS + 1).await.unwrap();
        assert_eq!(before(first()).await, Before::Never);

        KEYS.made(&tx, first(), id(9), 0).await.unwrap();
        KEYS.forget_those_of(&tx, id(3)).await.unwrap();
        assert_eq!(before(first()).await, Before::Made(id(9)));
        KEYS.forget_those_of(&tx, id(2)).await.unwrap();
        assert_eq!(before(first()).await, Before::Never);
    }
}
