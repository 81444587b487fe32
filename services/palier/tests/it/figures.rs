//! What the program promises of its own size and speed. `cargo test --release` prints the figures of docs/performance.md.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::harness::client::http;
use crate::harness::free_address;
use crate::harness::pictures::{bomb, photo};
use crate::harness::process::{Server, seed};
use crate::harness::resident::{signed_in, try_to_sign_in};

const RESIDENTS: usize = 8;
/// Pictures sent by each resident at once, and as many bombs.
const EACH: usize = 4;
/// Of the pictures: as large as is accepted; without optimisation, as large as is prepared in time.
const SIDES: (u16, u16) = if cfg!(debug_assertions) {
    (1600, 1200)
} else {
    (7680, 5200)
};

#[tokio::test(flavor = "multi_thread")]
#[allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "what is measured is real time, and told"
)]
async fn it_is_ready_at_once_small_when_idle_and_bounded_under_the_heaviest_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    seed(&data, RESIDENTS);
    let port = free_address().port();
    let started = Instant::now();
    let server = Server::start(&data, port);
    let ready = started.elapsed();
    let origin = format!("http://127.0.0.1:{port}");
    let asked = http().build().unwrap().get(format!("{origin}/readyz"));
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let idle = server.megabytes("VmRSS");

    let (width, height) = SIDES;
    let photo = photo(width, height);
    // One after another: that they may all come at once is looked at below, and who is turned away there has no pictures to send.
    let mut residents = Vec::new();
    for number in 0..RESIDENTS {
        residents.push(signed_in(&origin, number).await);
    }
    let uploads = residents.iter().flat_map(|resident| {
        let pictures = (0..EACH).map(|_| (photo.clone(), 201_u16));
        let bombs = (0..EACH).map(|_| (bomb(), 413));
        let sent = pictures.chain(bombs);
        sent.map(async |(bytes, expected)| (resident.upload(bytes).await, expected))
    });
    let sign_ins = (0..RESIDENTS).map(|number| try_to_sign_in(&origin, number));
    let (uploaded, _) = futures_util::join!(join_all(uploads), join_all(sign_ins));
    for (status, expected) in uploaded {
        // Whoever has to wait too long is told to come again.
        assert!(status == expected || status == 503, "{status}");
    }
    let most = server.megabytes("VmHWM");
    println!(
        "ready after {} ms; idle {idle} MB; at most {most} MB with {} photos of {} MP, as many bombs and {RESIDENTS} sign-ins at once",
        ready.as_millis(),
        RESIDENTS * EACH,
        u32::from(width) * u32::from(height) / 1_000_000,
    );
    assert!(ready < Duration::from_secs(2), "ready after {ready:?}");
    assert!(idle < 120, "{idle} MB when idle");
    assert!(most < 450, "{most} MB at most");
}
