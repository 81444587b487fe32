//! What the store promises, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that meets a fault fails")]

use std::fs;
use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, TransactionTrait};
use sea_orm_migration::prelude::*;
use store::scratch::Scratch;
use store::{
    Inbox, Migrations, News, Outbox, Store, StoreFault, create_inbox, create_outbox, trace_outbox,
};
use uuid::Uuid;

struct First;
impl MigrationName for First {
    fn name(&self) -> &'static str {
        "m0001_first"
    }
}
#[async_trait::async_trait]
impl MigrationTrait for First {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_outbox(manager).await?;
        trace_outbox(manager).await?;
        create_inbox(manager).await
    }
}
const MIGRATIONS: Migrations = Migrations {
    role: "keeping",
    list: || vec![Box::new(First)],
};

fn id(n: u8) -> Uuid {
    Uuid::from_bytes([n; 16])
}

async fn tell(store: &Store, subject: u8, version: i64) {
    let tx = store.begin().await.unwrap();
    Outbox::append(&tx, id(subject), version, id(0));
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_not_committed_was_never_told() {
    for scratch in Scratch::each(MIGRATIONS).await {
        let outbox = Outbox::of(scratch.store.clone());
        outbox.enrol(&["feeds"]).await.unwrap();
        let tx = scratch.store.begin().await.unwrap();
        Outbox::append(&tx, id(1), 1, id(0));
        drop(tx);
        assert_eq!(outbox.waiting("feeds", 10).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_passes_and_a_wrong_question_does_not() {
    let scratch = Scratch::postgres(MIGRATIONS).await;
    let tx = scratch.store.begin().await.unwrap();
    let goodbye = tx.execute_unprepared("SELECT pg_terminate_backend(pg_backend_pid())");
    assert!(StoreFault::from(goodbye.await.unwrap_err()).passes());
    let after = tx.execute_unprepared("SELECT 1").await.unwrap_err();
    assert!(StoreFault::from(after).passes());
    let lost = tx.commit().await.unwrap_err();
    assert!(lost.passes(), "{lost}");
    for scratch in Scratch::each(MIGRATIONS).await {
        let wrong = scratch.store.read().execute_unprepared("SELECT what");
        assert!(!StoreFault::from(wrong.await.unwrap_err()).passes());
    }
}

#[tokio::test]
async fn an_entry_stays_until_the_slowest_consumer_has_handled_it() {
    for scratch in Scratch::each(MIGRATIONS).await {
        let outbox = Outbox::of(scratch.store.clone());
        outbox.enrol(&["feeds", "media"]).await.unwrap();
        tell(&scratch.store, 1, 1).await;
        tell(&scratch.store, 2, 1).await;
        let waiting = outbox.waiting("feeds", 10).await.unwrap();
        assert_eq!(waiting.len(), 2);
        outbox.handled("feeds", waiting[1].id).await.unwrap();
        assert!(outbox.waiting("feeds", 10).await.unwrap().is_empty());
        assert_eq!(outbox.waiting("media", 10).await.unwrap(), waiting);
        outbox.handled("media", waiting[1].id).await.unwrap();
        assert_eq!(outbox.depth().await.unwrap(), 0);
        tell(&scratch.store, 3, 1).await;
        let later = outbox.waiting("media", 10).await.unwrap();
        assert!(
            later[0].id > waiting[1].id,
            "a position is never given twice"
        );
        outbox.enrol(&["media"]).await.unwrap();
        outbox.handled("media", later[0].id).await.unwrap();
        assert_eq!(
            outbox.depth().await.unwrap(),
            0,
            "who hears no more holds up nothing"
        );
    }
}

#[tokio::test]
async fn positions_become_visible_in_their_order_under_concurrent_writers() {
    for scratch in Scratch::each(MIGRATIONS).await {
        let outbox = Outbox::of(scratch.store.clone());
        outbox.enrol(&["feeds"]).await.unwrap();
        let mut writers = tokio::task::JoinSet::new();
        for n in 0..40 {
            let store = scratch.store.clone();
            writers.spawn(async move { tell(&store, n, 1).await });
        }
        let mut seen = 0;
        let mut last = 0;
        while seen < 40 {
            for entry in outbox.waiting("feeds", 100).await.unwrap() {
                assert!(entry.id > last);
                last = entry.id;
                seen += 1;
                outbox.handled("feeds", entry.id).await.unwrap();
            }
            tokio::task::yield_now().await;
        }
        writers.join_all().await;
    }
}

#[tokio::test]
async fn hearing_it_twice_late_or_after_the_end_changes_nothing() {
    for scratch in Scratch::each(MIGRATIONS).await {
        let heard = async |version, gone_at_ms| {
            let tx = scratch.store.begin().await.unwrap();
            let news = News {
                stream: "posts",
                subject: id(1),
                version,
                gone_at_ms,
            };
            let is_news = Inbox::is_news(&tx, news).await.unwrap();
            tx.commit().await.unwrap();
            is_news
        };
        assert!(heard(2, None).await);
        assert!(!heard(2, None).await);
        assert!(!heard(1, None).await);
        assert!(heard(3, Some(1_000)).await);
        assert!(!heard(4, None).await, "what is gone is not revived");
        Inbox::forget(&scratch.store, 1_000).await.unwrap();
        assert!(!heard(4, None).await, "not yet long enough ago");
        Inbox::forget(&scratch.store, 1_001).await.unwrap();
        assert!(heard(4, None).await);
    }
}

#[tokio::test]
async fn an_outbox_knows_how_far_it_has_come() {
    for scratch in Scratch::each(MIGRATIONS).await {
        let outbox = Outbox::of(scratch.store.clone());
        outbox.enrol(&["feeds", "media"]).await.unwrap();
        let progress = outbox.progress().await.unwrap();
        assert_eq!((progress.highest, progress.lowest_done()), (0, 0));
        for subject in 1..=3 {
            tell(&scratch.store, subject, 1).await;
        }
        let ids: Vec<i64> = outbox
            .after(0, 10)
            .await
            .unwrap()
            .iter()
            .map(|e| e.id)
            .collect();
        assert_eq!(outbox.after(ids[0], 1).await.unwrap()[0].id, ids[1]);
        outbox.handled("feeds", ids[2]).await.unwrap();
        outbox.handled("media", ids[1]).await.unwrap();
        let progress = outbox.progress().await.unwrap();
        assert_eq!((progress.highest, progress.lowest_done()), (ids[2], ids[1]));
        outbox.handled("media", ids[2]).await.unwrap();
        let progress = outbox.progress().await.unwrap();
        assert_eq!(progress.highest, ids[2], "though no row is left");
        assert_eq!(progress.done["media"], ids[2]);
    }
}

#[tokio::test]
async fn a_committed_row_is_there_when_the_file_is_opened_again() {
    let scratch = Scratch::sqlite(MIGRATIONS).await;
    let outbox = Outbox::of(scratch.store.clone());
    outbox.enrol(&["feeds"]).await.unwrap();
    tell(&scratch.store, 1, 1).await;
    let again = Store::open(&scratch.address).await.unwrap();
    assert_eq!(
        Outbox::of(again).waiting("feeds", 10).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn migrations_apply_once_and_say_what_is_pending() {
    for scratch in Scratch::each(MIGRATIONS).await {
        assert!(MIGRATIONS.pending(&scratch.store).await.unwrap().is_empty());
        MIGRATIONS.apply(&scratch.store).await.unwrap();
        assert!(
            scratch
                .store
                .describe()
                .await
                .unwrap()
                .contains("outbox_mark")
        );
    }
}

#[tokio::test]
async fn a_reader_cannot_write_on_sqlite() {
    let scratch = Scratch::sqlite(MIGRATIONS).await;
    let result = scratch
        .store
        .read()
        .execute_unprepared("DELETE FROM outbox")
        .await;
    assert!(result.is_err());
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    let fault = Store::open("mysql://root@localhost/x").await.unwrap_err();
    assert!(fault.to_string().contains("sqlite://PATH"));
}

/// Where in the files of a SQLite database something is still written.
fn files_with(address: &str, words: &[u8]) -> Vec<PathBuf> {
    let path = Path::new(address.strip_prefix("sqlite://").unwrap());
    let files = fs::read_dir(path.parent().unwrap()).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| {
            let bytes = fs::read(path).unwrap();
            bytes.windows(words.len()).any(|window| window == words)
        })
        .collect()
}

async fn write_and_delete(store: &Store, words: &str) {
    for statement in [
        "CREATE TABLE IF NOT EXISTS notice (body text NOT NULL)".to_owned(),
        format!("INSERT INTO notice VALUES ('{words}')"),
        "DELETE FROM notice".to_owned(),
    ] {
        let tx = store.begin().await.unwrap();
        tx.execute_unprepared(&statement).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn what_was_deleted_is_in_no_file_of_the_database() {
    let words = "the ladder leans behind the bakery";
    let scratch = Scratch::sqlite(MIGRATIONS).await;
    write_and_delete(&scratch.store, words).await;
    assert!(
        !files_with(&scratch.address, words.as_bytes()).is_empty(),
        "the log of what was written has it, or this test shows nothing"
    );
    scratch.store.forget_deleted().await.unwrap();
    assert_eq!(
        files_with(&scratch.address, words.as_bytes()),
        [] as [PathBuf; 0]
    );
    write_and_delete(&scratch.store, words).await;
    scratch.store.clone().close().await;
    assert_eq!(
        files_with(&scratch.address, words.as_bytes()),
        [] as [PathBuf; 0]
    );
}

#[tokio::test]
async fn a_reader_in_the_way_delays_forgetting_and_nothing_else() {
    let scratch = Scratch::sqlite(MIGRATIONS).await;
    let store = &scratch.store;
    tell(store, 1, 1).await;
    let reader = store.read().begin().await.unwrap();
    let count = "SELECT count(*) FROM outbox";
    let statement = Statement::from_string(DbBackend::Sqlite, count);
    reader.query_one_raw(statement).await.unwrap();
    write_and_delete(store, "a cat on the stairs").await;
    store.forget_deleted().await.unwrap();
    tell(store, 2, 1).await;
    assert!(!files_with(&scratch.address, b"a cat on the stairs").is_empty());
    reader.commit().await.unwrap();
    store.forget_deleted().await.unwrap();
    assert!(files_with(&scratch.address, b"a cat on the stairs").is_empty());
}

#[tokio::test]
async fn who_tells_early_keeps_nobody_waiting() {
    let scratch = Scratch::postgres(MIGRATIONS).await;
    let store = &scratch.store;
    write_and_delete(store, "a row").await;
    let tx = store.begin().await.unwrap();
    let insert = "INSERT INTO notice VALUES ('a ladder')";
    tx.execute_unprepared(insert).await.unwrap();
    tx.commit().await.unwrap();

    let change = "UPDATE notice SET body = body";
    let (early, late) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    Outbox::append(&early, id(1), 1, id(0));
    late.execute_unprepared(change).await.unwrap();
    Outbox::append(&late, id(2), 1, id(0));
    late.commit().await.unwrap();
    early.execute_unprepared(change).await.unwrap();
    early.commit().await.unwrap();
    assert_eq!(Outbox::of(store.clone()).depth().await.unwrap(), 2);
}
