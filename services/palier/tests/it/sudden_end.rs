//! `kill -9` at any moment loses no acknowledged notice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, RwLock};
use tokio::task::JoinSet;

use crate::harness::apart::Apart;
use crate::harness::free_address;
use crate::harness::process::{Server, seed};
use crate::harness::resident::{Resident, signed_in};

const NOTICES: usize = 1_000;
const WRITERS: usize = 8;
const DEATHS: [usize; 3] = [150, 500, 820];

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_notice_is_in_the_feed_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    seed(&data, WRITERS);
    let at = free_address();
    let mut server = Some(Server::start(&data, at.port()));
    let writing = Writing::begin(&format!("http://{at}")).await;
    for death in DEATHS {
        writing.until(death).await;
        let down = writing.alive.write().await;
        drop(server.take());
        server = Some(Server::start(&data, at.port()));
        drop(down);
    }
    let written = writing.end().await;
    drop(server.take());
    server = Some(Server::start(&data, at.port()));
    written.is_whole().await;
    drop(server);
}

/// Each role's process dies once while 1,000 notices are published, and Redis forgets everything between two deaths: nobody
/// loses more than an answer, which is asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_notice_is_in_the_feed_once_whichever_process_dies() {
    let folder = tempfile::tempdir().unwrap();
    let mut board = Apart::settled(&folder.path().join("data"), WRITERS).await;
    for role in Apart::ROLES {
        board.start(role);
    }
    let writing = Writing::begin(&board.origin).await;
    for (at, role) in Apart::ROLES.into_iter().enumerate() {
        writing.until(100 + 170 * at).await;
        if role == "gateway" {
            // Whoever asks meanwhile is refused the connection: they wait until it is back.
            let down = writing.alive.write().await;
            board.start(role);
            drop(down);
        } else {
            board.start(role);
        }
        writing.until(150 + 170 * at).await;
        board.empty_redis().await;
    }
    writing.end().await.is_whole().await;
    board.close().await;
}

/// Residents who publish, and ask again where no answer came.
struct Writing {
    acknowledged: Arc<Mutex<BTreeMap<usize, String>>>,
    progress: Arc<Notify>,
    /// Held by whoever keeps the board from answering.
    alive: Arc<RwLock<()>>,
    writers: JoinSet<(usize, Resident)>,
}

/// What they published.
struct Written {
    acknowledged: BTreeMap<usize, String>,
    residents: Vec<(usize, Resident)>,
}

impl Writing {
    async fn begin(origin: &str) -> Self {
        let mut writing = Self {
            acknowledged: Arc::default(),
            progress: Arc::default(),
            alive: Arc::default(),
            writers: JoinSet::new(),
        };
        for writer in 0..WRITERS {
            let resident = signed_in(origin, writer).await;
            let acknowledged = writing.acknowledged.clone();
            let (progress, alive) = (writing.progress.clone(), writing.alive.clone());
            writing.writers.spawn(async move {
                for number in (writer..NOTICES).step_by(WRITERS) {
                    // A lost answer is asked for again with the same key, once the board is back.
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
        writing
    }

    async fn until(&self, count: usize) {
        while self.acknowledged.lock().unwrap().len() < count {
            self.progress.notified().await;
        }
    }

    async fn end(self) -> Written {
        let residents = self.writers.join_all().await;
        let acknowledged = self.acknowledged.lock().unwrap().clone();
        assert_eq!(acknowledged.len(), NOTICES);
        Written {
            acknowledged,
            residents,
        }
    }
}

impl Written {
    /// Every one is in the feed once, and a retried key gives the same notice.
    async fn is_whole(&self) {
        for (writer, resident) in &self.residents {
            let again = resident.publish(*writer).await;
            assert_eq!(again.as_ref(), self.acknowledged.get(writer));
        }
        let shown = wait_for_all(&self.residents[0].1).await;
        for (number, id) in &self.acknowledged {
            let title = format!("notice {number}");
            let times = shown
                .iter()
                .filter(|shown| **shown == (id.clone(), title.clone()));
            assert_eq!(times.count(), 1, "notice {number}");
        }
    }
}

/// The whole feed, once everything acknowledged can have arrived: the relay looks again at the latest after a second.
async fn wait_for_all(resident: &Resident) -> Vec<(String, String)> {
    let mut last = 0;
    for _ in 0..200 {
        let (shown, _) = resident.whole_feed().await.unwrap();
        if shown.len() >= NOTICES && shown.len() == last {
            return shown;
        }
        last = shown.len();
    }
    panic!("only {last} of {NOTICES} notices arrived");
}
