//! A Redis that is stopped and started.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use bus::{BusFault, DeliveryFault, scratch};
use runtime::Clock;
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::world::World;

/// A Redis of one test, which keeps nothing.
pub struct Server {
    folder: TempDir,
    process: Option<Child>,
}

impl Server {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Self {
            folder,
            process: None,
        };
        server.start();
        server
    }

    /// Done when it takes connections.
    pub fn start(&mut self) {
        let socket = socket(self.folder.path());
        let mut process = Command::new("redis-server")
            .args([
                "--port",
                "0",
                "--save",
                "",
                "--appendonly",
                "no",
                "--unixsocket",
            ])
            .arg(&socket)
            .arg("--dir")
            .arg(self.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("redis-server is installed; `make setup-test` does it");
        let said = BufReader::new(process.stdout.take().unwrap());
        let ready = said
            .lines()
            .any(|line| line.unwrap().contains("ready to accept connections"));
        assert!(ready, "it ended before it took connections");
        self.process = Some(process);
    }

    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    pub fn keys(&self) -> scratch::Scratch {
        let socket = socket(self.folder.path());
        scratch::Scratch::at(format!("redis+unix://{socket}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn socket(folder: &Path) -> String {
    folder.join("redis.sock").display().to_string()
}

#[tokio::test]
async fn while_it_is_away_events_wait_and_when_it_is_back_they_are_told() {
    let mut server = Server::new();
    let world = World::at(server.keys(), Clock::manual(1_800_000_000_000)).await;
    let (teller, hearer) = (world.teller(), world.hearer(&["feeds", "media"]));
    assert!(hearer.is_well().await);
    world.tell(1..=3).await;
    world.settle(&[&teller], &[&hearer]).await;
    world.tell(4..=6).await;
    teller.deliver_all().await.unwrap();

    server.stop();
    assert!(!hearer.is_well().await);
    world.tell(7..=9).await;
    let fault = teller.deliver_all().await.unwrap_err();
    assert!(
        matches!(fault, DeliveryFault::Bus(BusFault::Away(_))),
        "{fault}"
    );
    let fault = hearer.hear_all().await.unwrap_err();
    assert!(
        matches!(fault, DeliveryFault::Bus(BusFault::Away(_))),
        "{fault}"
    );

    server.start();
    world.settle(&[&teller], &[&hearer]).await;
    assert!(hearer.is_well().await);
    assert_eq!(world.feeds.numbers(), (1..=9).collect::<Vec<u8>>());
    assert_eq!(world.media.numbers(), (1..=9).collect::<Vec<u8>>());
    assert_eq!(world.outbox.depth().await.unwrap(), 0);
}

#[tokio::test]
async fn an_address_with_tls_is_spoken_to_in_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let bus = scratch::Scratch::at(format!("rediss://127.0.0.1:{port}")).bus(Clock::manual(0));
    let answer = async {
        let (mut connection, _) = listener.accept().await.unwrap();
        connection.read_u8().await.unwrap()
    };
    let (well, first) = tokio::join!(bus.is_well(), answer);
    assert!(!well);
    assert_eq!(first, 22, "a TLS handshake");
}
