//! Residents who publish, and ask again with the same key where no answer came.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use runtime::Clock;
use tokio::task::JoinSet;

use super::resident::Resident;

/// Who had no answer asks again after so long.
const AGAIN_AFTER: Duration = Duration::from_millis(200);
/// Whoever has no answer in this time asks again.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);
/// Nobody is left without an answer for longer, whatever fails.
const ACKNOWLEDGED_WITHIN_MS: i64 = 60_000;
/// Of so many notices one is taken down again by whoever put it up.
const WITHDRAWN_EVERY: usize = 7;

/// What was published.
#[derive(Debug, Default)]
pub struct Written {
    /// What is up, by number.
    pub up: BTreeMap<usize, String>,
    /// What was taken down again.
    pub withdrawn: BTreeSet<String>,
    /// How long each was asked for until it was acknowledged, in milliseconds.
    pub took_ms: Vec<i64>,
    /// How often each had to be asked for beyond the first time.
    pub again: Vec<usize>,
    /// When the last of it was acknowledged, in milliseconds since 1970.
    pub last_ms: i64,
}

/// Residents who are publishing.
pub struct Writing {
    writers: JoinSet<Written>,
    enough: Arc<AtomicBool>,
}

impl Writing {
    /// They publish these numbers in turn, one after `pace`; nobody begins one before the last of theirs is acknowledged.
    pub fn begin(residents: &[Arc<Resident>], numbers: &Range<usize>, pace: Duration) -> Self {
        let (mut writers, enough) = (JoinSet::new(), Arc::<AtomicBool>::default());
        let pace_ms = i64::try_from(pace.as_millis()).unwrap();
        let begun_ms = Clock::System.now_ms();
        for (writer, resident) in residents.iter().enumerate() {
            let due = numbers.clone().zip(0..);
            let due = due.map(move |(number, turn)| (number, begun_ms + pace_ms * turn));
            let due = due.skip(writer).step_by(residents.len());
            writers.spawn(write(resident.clone(), due, enough.clone()));
        }
        Self { writers, enough }
    }

    /// Waits until all is published.
    pub async fn end(self) -> Written {
        let mut all = Written::default();
        for one in self.writers.join_all().await {
            all.up.extend(one.up);
            all.withdrawn.extend(one.withdrawn);
            all.took_ms.extend(one.took_ms);
            all.again.extend(one.again);
            all.last_ms = all.last_ms.max(one.last_ms);
        }
        all.took_ms.sort_unstable();
        all
    }

    /// Waits until each has published what they are at, and no more.
    pub async fn break_off(self) -> Written {
        self.enough.store(true, Ordering::SeqCst);
        self.end().await
    }
}

/// Publishes each number when it is due.
async fn write(
    resident: Arc<Resident>,
    due: impl Iterator<Item = (usize, i64)>,
    enough: Arc<AtomicBool>,
) -> Written {
    let clock = Clock::System;
    let mut written = Written::default();
    for (number, due_ms) in due {
        let early_ms = (due_ms - clock.now_ms()).max(0);
        clock
            .wait(Duration::from_millis(early_ms.unsigned_abs()))
            .await;
        if enough.load(Ordering::SeqCst) {
            break;
        }
        let begun_ms = clock.now_ms();
        let (id, again) = insist(|| resident.publish(number)).await;
        written.took_ms.push(clock.now_ms() - begun_ms);
        written.again.push(again);
        if number % WITHDRAWN_EVERY == WITHDRAWN_EVERY / 2 {
            insist(|| resident.withdraw(&id)).await;
            written.withdrawn.insert(id);
        } else {
            written.up.insert(number, id);
        }
        written.last_ms = clock.now_ms();
    }
    written
}

/// Asks until there is an answer; answers that, and how often it was asked again.
pub async fn insist<T, F>(ask: impl Fn() -> F) -> (T, usize)
where
    F: Future<Output = Option<T>>,
{
    let clock = Clock::System;
    let begun_ms = clock.now_ms();
    for again in 0.. {
        let answer = tokio::time::timeout(ANSWERED_WITHIN, ask()).await;
        if let Ok(Some(answer)) = answer {
            return (answer, again);
        }
        let waited_ms = clock.now_ms() - begun_ms;
        assert!(
            waited_ms < ACKNOWLEDGED_WITHIN_MS,
            "no answer in {waited_ms} ms"
        );
        clock.wait(AGAIN_AFTER).await;
    }
    unreachable!("it asks for as long as it takes")
}
