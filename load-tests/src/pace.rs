//! Asking at a steady rate, whatever the answers take: nobody asks less because somebody waits.

use std::future::Future;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::task::JoinSet;

/// One question and its answer.
#[derive(Clone, Debug)]
pub struct Timed {
    /// When it was asked, from the first on.
    pub since: Duration,
    /// How long the answer took.
    pub took: Duration,
    /// Why there was none.
    pub failed: Option<String>,
}

/// Many of the same kind.
#[derive(Clone, Debug)]
pub struct Series {
    /// What they are, in the words of the report.
    pub name: &'static str,
    /// In no order.
    pub timed: Vec<Timed>,
}

/// Asks so many times a second, for so long; answers when the last answer is there.
pub async fn at_rate<A, F>(a_second: u32, lasting: Duration, ask: A) -> Vec<Timed>
where
    A: Fn(u32) -> F,
    F: Future<Output = Result<()>> + Send + 'static,
{
    let step = Duration::from_secs(1) / a_second;
    let first = Instant::now();
    let mut asking = JoinSet::new();
    for number in 0.. {
        let since = step * number;
        if since >= lasting {
            break;
        }
        tokio::time::sleep_until((first + since).into()).await;
        let asked = ask(number);
        let begun = Instant::now();
        asking.spawn(async move { timed(since, begun, asked.await) });
    }
    asking.join_all().await
}

/// Asks all of these at once.
pub async fn at_once<F>(all: impl IntoIterator<Item = F>) -> Vec<Timed>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let begun = Instant::now();
    let mut asking = JoinSet::new();
    for asked in all {
        asking.spawn(async move { timed(Duration::ZERO, begun, asked.await) });
    }
    asking.join_all().await
}

fn timed(since: Duration, begun: Instant, answer: Result<()>) -> Timed {
    Timed {
        since,
        took: begun.elapsed(),
        failed: answer.err().map(|why| format!("{why:#}")),
    }
}
