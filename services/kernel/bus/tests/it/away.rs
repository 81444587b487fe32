//! A Redis that is stopped and started.

use bus::scratch::{self, Server};
use bus::{BusFault, DeliveryFault};
use runtime::Clock;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::world::World;

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
