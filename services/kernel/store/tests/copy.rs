//! Copies of databases, and the log of what was deleted, on both databases.

#![allow(clippy::unwrap_used, reason = "a panic is how a test says no")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use futures_util::TryStreamExt;
use sea_orm::{ConnectionTrait, Statement};
use store::scratch::{Scratch, TELLING};
use store::{DELETIONS, DeletionLog, Store, StoreFault, Table};

const ODD: &str = "it's \\ \"odd\" 'quoted', é 😀\n$1";

/// Tables with what is hard to copy: bytes, odd texts, nothing, the largest numbers, and rows that refer to others, one past
/// the other.
async fn prepare(store: &Store) {
    let tx = store.begin().await.unwrap();
    let bytes = match tx.get_database_backend() {
        sea_orm::DbBackend::Postgres => "bytea",
        _ => "blob",
    };
    for sql in [
        format!(
            "CREATE TABLE thing (id bigint PRIMARY KEY, words text, bytes {bytes}, yes boolean)"
        ),
        "CREATE TABLE about (thing bigint REFERENCES thing (id), at bigint UNIQUE)".to_owned(),
        "CREATE TABLE a_word (about bigint REFERENCES about (at))".to_owned(),
    ] {
        tx.execute_unprepared(&sql).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn put(store: &Store, id: i64, words: Option<&str>) {
    let tx = store.begin().await.unwrap();
    let backend = tx.get_database_backend();
    let bytes = words.map(|_| vec![0_u8, 255, b'\'', b'\\']);
    let sql = "INSERT INTO thing (id, words, bytes, yes) VALUES ($1, $2, $3, $4)";
    let values = [id.into(), words.into(), bytes.into(), (id > 0).into()];
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn rows(store: &Store) -> Vec<(Table, Vec<String>)> {
    let snapshot = store.snapshot().await.unwrap();
    let mut all = Vec::new();
    for table in snapshot.tables().await.unwrap() {
        let rows = snapshot.rows(&table).await.unwrap();
        all.push((table, rows.try_collect().await.unwrap()));
    }
    all
}

#[tokio::test]
async fn a_copy_put_back_is_the_same_and_counts_on() {
    let (from, to) = (Scratch::each(TELLING).await, Scratch::each(TELLING).await);
    for (from, to) in from.into_iter().zip(to) {
        let (from, to) = (&from.store, &to.store);
        prepare(from).await;
        prepare(to).await;
        put(from, i64::MAX, Some(ODD)).await;
        put(from, -1, None).await;
        let tx = from.begin().await.unwrap();
        tx.execute_unprepared("INSERT INTO about VALUES (-1, 3)")
            .await
            .unwrap();
        tx.execute_unprepared("INSERT INTO a_word VALUES (3)")
            .await
            .unwrap();
        for _ in 0..3 {
            store::Outbox::append(&tx, uuid::Uuid::nil(), 1, uuid::Uuid::nil());
        }
        tx.commit().await.unwrap();

        let snapshot = from.snapshot().await.unwrap();
        put(from, 5, Some("later")).await;
        let loading = to.load().await.unwrap();
        for table in snapshot.tables().await.unwrap() {
            let stream = snapshot.rows(&table).await.unwrap();
            let rows: Vec<String> = stream.try_collect().await.unwrap();
            if !table.name.ends_with("_migrations") {
                for row in rows {
                    loading.row(&table, &row).await.unwrap();
                }
            }
        }
        let counters = snapshot.counters().await.unwrap();
        assert_eq!(counters.get("outbox"), Some(&3));
        for (table, last) in counters {
            loading.counter(&table, last).await.unwrap();
        }
        loading.commit().await.unwrap();
        drop(snapshot);

        let mut expected = rows(from).await;
        for (table, rows) in &mut expected {
            rows.retain(|row| table.name != "thing" || !row.contains("later"));
        }
        let unmigrated = |all: Vec<(Table, Vec<String>)>| {
            let all = all.into_iter();
            let kept = all.filter(|(table, _)| !table.name.ends_with("_migrations"));
            kept.collect::<Vec<_>>()
        };
        assert_eq!(unmigrated(rows(to).await), unmigrated(expected));
        let tx = to.begin().await.unwrap();
        store::Outbox::append(&tx, uuid::Uuid::nil(), 1, uuid::Uuid::nil());
        tx.commit().await.unwrap();
        let counted = to.snapshot().await.unwrap().counters().await.unwrap();
        assert_eq!(counted.get("outbox"), Some(&4), "no number is given twice");
    }
}

#[tokio::test]
async fn nobody_writes_while_a_store_is_held() {
    let scratch = Scratch::postgres(TELLING).await;
    prepare(&scratch.store).await;
    let writing = scratch.store.begin().await.unwrap();
    writing
        .execute_unprepared("INSERT INTO thing (id) VALUES (1)")
        .await
        .unwrap();
    assert!(
        scratch.store.hold().await.is_err(),
        "who writes is waited for, not long"
    );
    writing.commit().await.unwrap();
    let held = scratch.store.hold().await.unwrap();
    let mut write = Box::pin(put(&scratch.store, 2, None));
    let snapshot = tokio::select! {
        () = &mut write => panic!("the store is held"),
        snapshot = scratch.store.snapshot() => snapshot.unwrap(),
    };
    drop(held);
    write.await;
    let tables = snapshot.tables().await.unwrap();
    let thing = tables.iter().find(|table| table.name == "thing").unwrap();
    assert_eq!(
        snapshot.count(thing).await.unwrap(),
        1,
        "as it was at first"
    );
}

fn log(store: &Store, key: u8, now: &Arc<AtomicI64>) -> DeletionLog {
    let now = now.clone();
    let hash = move |name: &[u8]| {
        let mut hash = [key; 32];
        hash.iter_mut()
            .zip(name)
            .for_each(|(byte, other)| *byte ^= other);
        vec![hash]
    };
    DeletionLog::new(
        store.clone(),
        Arc::new(hash),
        Arc::new(move || now.load(Ordering::Relaxed)),
    )
}

#[tokio::test]
async fn what_is_gone_is_in_the_log_when_it_is_and_not_before_it_is_asked_for() {
    for (scratch, logged) in Scratch::each(TELLING)
        .await
        .into_iter()
        .zip(Scratch::each(DELETIONS).await)
    {
        let now = Arc::new(AtomicI64::new(10));
        let log = log(&logged.store, 1, &now);
        let store = scratch.store.clone().logging_to(log.clone());
        let dropped = store.begin().await.unwrap();
        dropped.gone(b"kept".to_vec());
        drop(dropped);
        let tx = store.begin().await.unwrap();
        tx.gone(b"gone".to_vec());
        tx.commit().await.unwrap();
        assert!(!log.holds(b"kept", 0).await.unwrap());
        assert!(log.holds(b"gone", 10).await.unwrap());
        assert!(!log.holds(b"gone", 11).await.unwrap(), "before that");
        log.forget(10).await.unwrap();
        assert!(log.holds(b"gone", 0).await.unwrap());
        log.forget(11).await.unwrap();
        assert!(!log.holds(b"gone", 0).await.unwrap());
    }
}

#[tokio::test]
async fn nothing_is_deleted_where_the_log_cannot_be_written() {
    for (scratch, logged) in Scratch::each(TELLING)
        .await
        .into_iter()
        .zip(Scratch::each(DELETIONS).await)
    {
        prepare(&scratch.store).await;
        put(&scratch.store, 1, None).await;
        let log = log(&logged.store, 1, &Arc::default());
        logged.store.clone().close().await;
        let store = scratch.store.clone().logging_to(log);
        let tx = store.begin().await.unwrap();
        tx.execute_unprepared("DELETE FROM thing").await.unwrap();
        tx.gone(b"thing 1".to_vec());
        assert!(tx.commit().await.is_err());
        let left = rows(&store).await;
        let (_, left) = left
            .iter()
            .find(|(table, _)| table.name == "thing")
            .unwrap();
        assert_eq!(left.len(), 1);
    }
}

#[tokio::test]
async fn a_log_has_one_id_and_is_read_with_its_own_keys_only() {
    for logged in Scratch::each(DELETIONS).await {
        let ours = log(&logged.store, 1, &Arc::default());
        let id = ours.id([1; 16]).await.unwrap();
        assert_eq!(ours.id([2; 16]).await.unwrap(), id);
        let theirs = log(&logged.store, 2, &Arc::default()).id([3; 16]).await;
        assert!(matches!(theirs, Err(StoreFault::Unreadable { .. })));
        assert!(!ours.is_restoring().await.unwrap());
        ours.restoring(true).await.unwrap();
        assert!(ours.is_restoring().await.unwrap());
        ours.restoring(false).await.unwrap();
        assert!(!ours.is_restoring().await.unwrap());
    }
}
