//! `kill -9` at any moment loses no acknowledged notice.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::harness::process::{Resident, Server, seed, signed_in};

const NOTICES: usize = 1_000;
const WRITERS: usize = 8;
const DEATHS: [usize; 3] = [150, 500, 820];

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_notice_is_in_the_feed_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    seed(&data, WRITERS);
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let origin = format!("http://127.0.0.1:{port}");
    let mut server = Some(Server::start(&data, port));

    let acknowledged: Arc<Mutex<BTreeMap<usize, String>>> = Arc::default();
    let progress = Arc::new(Notify::new());
    let alive = Arc::new(tokio::sync::RwLock::new(()));
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let resident = signed_in(&origin, writer).await;
        let (acknowledged, progress, alive) =
            (acknowledged.clone(), progress.clone(), alive.clone());
        writers.spawn(async move {
            for number in (writer..NOTICES).step_by(WRITERS) {
                // A lost answer is asked for again with the same key, once the server is back.
                let id = loop {
                    if let Some(id) = resident.publish(number).await {
                        break id;
                    }
                    drop(alive.read().await);
                };
                acknowledged.lock().unwrap().insert(number, id);
                progress.notify_one();
            }
            (writer, resident)
        });
    }
    for death in DEATHS {
        while acknowledged.lock().unwrap().len() < death {
            progress.notified().await;
        }
        let down = alive.write().await;
        drop(server.take());
        server = Some(Server::start(&data, port));
        drop(down);
    }
    let residents = writers.join_all().await;
    drop(server.take());
    server = Some(Server::start(&data, port));

    let acknowledged = acknowledged.lock().unwrap().clone();
    assert_eq!(acknowledged.len(), NOTICES);
    for (writer, resident) in &residents {
        let again = resident.publish(*writer).await;
        assert_eq!(
            again.as_ref(),
            acknowledged.get(writer),
            "a retried key gives the same notice"
        );
    }
    let shown = wait_for_all(&residents[0].1).await;
    for (number, id) in &acknowledged {
        let times = shown
            .iter()
            .filter(|(shown_id, title)| shown_id == id && *title == format!("notice {number}"))
            .count();
        assert_eq!(times, 1, "notice {number} is in the feed {times} times");
    }
    drop(server);
}

/// The whole feed, once everything acknowledged can have arrived: the relay looks again at the latest after a second.
async fn wait_for_all(resident: &Resident) -> Vec<(String, String)> {
    let mut last = 0;
    for _ in 0..200 {
        let shown = whole_feed(resident).await;
        if shown.len() >= NOTICES && shown.len() == last {
            return shown;
        }
        last = shown.len();
    }
    panic!("only {last} of {NOTICES} notices arrived");
}

async fn whole_feed(resident: &Resident) -> Vec<(String, String)> {
    let query = "query($n: ID!, $after: String) { feed(neighbourhood: $n, first: 30, after: $after) { \
         edges { node { id title } } pageInfo { hasNextPage endCursor } } }";
    let mut shown = Vec::new();
    let mut after = Value::Null;
    loop {
        let data = resident
            .ask(
                query,
                json!({ "n": resident.neighbourhood, "after": after }),
            )
            .await
            .unwrap();
        for edge in data["feed"]["edges"].as_array().unwrap() {
            let text = |field: &str| edge["node"][field].as_str().unwrap().to_owned();
            shown.push((text("id"), text("title")));
        }
        if data["feed"]["pageInfo"]["hasNextPage"] == false {
            return shown;
        }
        after = data["feed"]["pageInfo"]["endCursor"].clone();
    }
}
