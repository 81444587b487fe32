//! N1 to N4: what it costs to tell one change to many.
//!
//! The same number of sockets is told by Palier (publish, store, fan out), by async-graphql as it comes, and by an axum
//! broadcast of a text of the same length, one server after the other. A round costs what the server's threads spent on it
//! with all sockets open, less what they would have spent in that time on nothing, and on the same events with one socket.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::future::try_join_all;
use load_tests::anchors;
use load_tests::board::Board;
use load_tests::figures::{Spread, each, micros, millis};
use load_tests::goals::{Bound, Ratio, Table};
use load_tests::http::http;
use load_tests::process::Server;
use load_tests::resident::Resident;
use load_tests::sockets::{Asking, Listeners};
use serde_json::json;

const ROUNDS: usize = 40;
/// From one round to the next, where each is by itself.
const APART: Duration = Duration::from_millis(100);
/// Events of a round where many come at once.
const AT_ONCE: usize = 16;
/// About as long as what Palier sends of a notice.
const TEXT_BYTES: usize = 330;
/// What nobody publishes here: who follows it is connected and not concerned.
const ELSEWHERE: [&str; 6] = [
    "EVENT",
    "FAULT",
    "GIVE_LEND",
    "HAZARD",
    "HELP",
    "LOST_FOUND",
];

/// How many sockets.
struct Sockets {
    many: usize,
    most: usize,
    concerned: usize,
}

/// Who says something to everybody.
enum Speaker {
    Palier(Resident),
    Anchor(reqwest::Client, String),
}

/// A server that is open, and who speaks on it.
struct Told<'a> {
    server: &'a Server,
    speaker: Speaker,
    number: AtomicUsize,
}

/// A round of events.
struct Round {
    spent: Duration,
    last: Duration,
}

impl<'a> Told<'a> {
    fn new(server: &'a Server, speaker: Speaker) -> Self {
        let number = AtomicUsize::new(0);
        Self {
            server,
            speaker,
            number,
        }
    }

    async fn event(&self) -> Result<()> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        match &self.speaker {
            Speaker::Palier(resident) => resident.publish(&number.to_string()).await,
            Speaker::Anchor(http, origin) => {
                let text = format!("{number:0>TEXT_BYTES$}");
                let said = http.post(format!("{origin}/publish")).body(text).send();
                said.await?.error_for_status()?;
                Ok(())
            }
        }
    }

    /// What a round of so many events at once costs, and how long the last of these sockets waits in the middle one.
    /// Between rounds it rests for `apart`: without that what a round costs is seen best, with it what it is like by itself. What
    /// comes close behind another is told a little later, together with what comes then.
    async fn rounds(
        &self,
        listeners: &mut Listeners,
        at_once: usize,
        apart: Duration,
    ) -> Result<Round> {
        let mut lasts = Vec::with_capacity(ROUNDS);
        let mut round = async || {
            tokio::time::sleep(apart).await;
            let begun = Instant::now();
            try_join_all((0..at_once).map(|_| self.event())).await?;
            lasts.push(listeners.all_told(at_once, begun).await?);
            anyhow::Ok(())
        };
        round().await?;
        let idles = self.server.idles().await?;
        let (begun, before) = (Instant::now(), self.server.used()?);
        for _ in 0..ROUNDS {
            round().await?;
        }
        let spent = self.server.used()?.saturating_sub(before);
        let spent = spent.saturating_sub(begun.elapsed().mul_f64(idles));
        Ok(Round {
            spent: each(spent, ROUNDS),
            last: Spread::of(lasts)?.median(),
        })
    }

    /// What a round costs by itself: one socket says when it has arrived.
    async fn alone(&self, asking: &[Asking], at_once: usize) -> Result<Round> {
        self.rounds(
            &mut Listeners::open(asking, 1).await?,
            at_once,
            Duration::ZERO,
        )
        .await
    }
}

impl Round {
    /// What of it was fanning out.
    fn less(self, alone: &Self) -> Self {
        Self {
            spent: self.spent.saturating_sub(alone.spent),
            last: self.last,
        }
    }

    fn of(&self, other: &Self) -> f64 {
        self.spent.as_secs_f64() / other.spent.as_secs_f64()
    }
}

async fn of_anchor(name: &str, sockets: usize, apart: Duration) -> Result<Round> {
    let server = Server::anchor(name)?;
    let operation = (name == "stock").then(|| json!({ "query": anchors::STOCK_CHANGES }));
    let asking = Asking {
        origin: server.origin.clone(),
        signed_in: None,
        operation,
    };
    let speaker = Speaker::Anchor(http()?, server.origin.clone());
    let told = Told::new(&server, speaker);
    let asking = [asking];
    let alone = told.alone(&asking, 1).await?;
    let mut listeners = Listeners::open(&asking, sockets).await?;
    Ok(told.rounds(&mut listeners, 1, apart).await?.less(&alone))
}

impl Sockets {
    const fn of(small: bool) -> Self {
        if small {
            Self {
                many: 100,
                most: 400,
                concerned: 20,
            }
        } else {
            Self {
                many: 1_000,
                most: 10_000,
                concerned: 100,
            }
        }
    }
}

/// N1 and N4.
pub async fn to_many(table: &mut Table, small: bool) -> Result<()> {
    let sockets = Sockets::of(small);
    let board = Board::for_sockets(sockets.many).await?;
    let palier = Told::new(&board.server, Speaker::Palier(board.first().clone()));
    fan_out(table, &sockets, &board, &palier).await
}

/// N2 and N3.
pub async fn to_most(table: &mut Table, small: bool) -> Result<()> {
    let sockets = Sockets::of(small);
    let board = Board::for_sockets(sockets.most).await?;
    let palier = Told::new(&board.server, Speaker::Palier(board.first().clone()));
    until_the_last(table, &sockets, &board, &palier).await?;
    among_others(table, &sockets, &board, &palier).await
}

/// N3: what others cost who are connected and not concerned.
async fn among_others(
    table: &mut Table,
    sockets: &Sockets,
    board: &Board,
    palier: &Told<'_>,
) -> Result<()> {
    let everybody = board.following(&json!({}));
    let alone = palier.alone(&everybody, 1).await?;
    let mut listeners = Listeners::open(&everybody, sockets.concerned).await?;
    let few = palier
        .rounds(&mut listeners, 1, Duration::ZERO)
        .await?
        .less(&alone);
    let mut elsewhere = Vec::new();
    for category in ELSEWHERE {
        elsewhere.extend(board.following(&json!({ "categories": [category] })));
    }
    // The first residents are concerned and have a socket already: whoever may have one more is among the last.
    elsewhere.reverse();
    let others = Listeners::open(&elsewhere, sockets.most - sockets.concerned).await?;
    let among = palier
        .rounds(&mut listeners, 1, Duration::ZERO)
        .await?
        .less(&alone);
    drop(others);
    table.add(
        "N3",
        Ratio {
            what: format!(
                "a change that concerns {} sockets of {}, of the same with no others",
                sockets.concerned, sockets.most
            ),
            seen: format!(
                "{:.0} µs and {:.0} µs of processor",
                micros(among.spent),
                micros(few.spent)
            ),
            ratio: among.of(&few),
            bound: Bound::AtMost(1.5),
            is_held: false,
        },
    );
    Ok(())
}

/// N1 and N4: what a delivery costs, and many changes at once.
async fn fan_out(
    table: &mut Table,
    sockets: &Sockets,
    board: &Board,
    palier: &Told<'_>,
) -> Result<()> {
    let everybody = board.following(&json!({}));
    let alone = palier.alone(&everybody, 1).await?;
    let alone_at_once = palier.alone(&everybody, AT_ONCE).await?;
    let mut listeners = Listeners::open(&everybody, sockets.many).await?;
    let one = palier
        .rounds(&mut listeners, 1, Duration::ZERO)
        .await?
        .less(&alone);
    let burst = palier
        .rounds(&mut listeners, AT_ONCE, Duration::ZERO)
        .await?;
    let burst = burst.less(&alone_at_once);
    drop(listeners);
    for (anchor, named, bound, is_held) in [
        ("broadcast", "an axum broadcast", 1.0, false),
        ("stock", "async-graphql as it comes", 0.45, true),
    ] {
        let other = of_anchor(anchor, sockets.many, Duration::ZERO).await?;
        let a_delivery = |round: &Round| micros(each(round.spent, sockets.many - 1));
        table.add(
            "N1",
            Ratio {
                what: format!("a delivery to {} sockets, of {named}", sockets.many),
                seen: format!(
                    "{:.1} µs and {:.1} µs of processor",
                    a_delivery(&one),
                    a_delivery(&other)
                ),
                ratio: one.of(&other),
                bound: Bound::AtMost(bound),
                is_held,
            },
        );
    }
    table.add(
        "N4",
        Ratio {
            what: format!(
                "{AT_ONCE} changes at once to {} sockets, of one change",
                sockets.many
            ),
            seen: format!(
                "{:.1} ms and {:.1} ms of processor",
                millis(burst.spent),
                millis(one.spent)
            ),
            ratio: burst.of(&one),
            bound: Bound::AtMost(4.0),
            is_held: false,
        },
    );
    Ok(())
}

/// N2: how long the last one waits.
async fn until_the_last(
    table: &mut Table,
    sockets: &Sockets,
    board: &Board,
    palier: &Told<'_>,
) -> Result<()> {
    let mut listeners = Listeners::open(&board.following(&json!({})), sockets.most).await?;
    let all = palier.rounds(&mut listeners, 1, APART).await?;
    drop(listeners);
    let other = of_anchor("broadcast", sockets.most, APART).await?;
    table.add(
        "N2",
        Ratio {
            what: format!(
                "until the last of {} sockets has a change, of an axum broadcast",
                sockets.most
            ),
            seen: format!(
                "{:.0} ms and {:.0} ms; {:.0} ms and {:.0} ms of processor",
                millis(all.last),
                millis(other.last),
                millis(all.spent),
                millis(other.spent)
            ),
            ratio: all.last.as_secs_f64() / other.last.as_secs_f64(),
            bound: Bound::AtMost(1.2),
            is_held: false,
        },
    );
    Ok(())
}
