//! What a process does by itself: tell, mail, sweep, look how it is.

use std::time::Duration;

use crate::backup::BACKUP_KEPT_MS;
use feeds::Feeds;
use identity::Identity;
use media::Media;
use moderation::Moderation;
use posts::Posts;
use runtime::telemetry::{Attribute, Measure, Outcome, Step, Stopwatch, mark};
use runtime::{Clock, DAY_MS, Health, MINUTE_MS, Tasks};
use store::{DeletionLog, Store};
use tracing::Instrument;

/// How often what has expired is looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
/// How long the first look waits for what waited to be heard.
const HEARD_WITHIN: Duration = Duration::from_mins(1);
/// A process that has not swept for so long keeps what it promised to delete: it is not ready.
const SWEPT_WITHIN_MS: i64 = 5 * MINUTE_MS;
/// For how long it is known that something was deleted: a day longer than a backup may be kept.
const LOGGED_MS: i64 = BACKUP_KEPT_MS + DAY_MS;
/// How often waiting mail is tried.
const MAIL_EVERY: Duration = Duration::from_secs(15);

/// Delivers mail until the process stops.
pub(super) fn deliver_mail(tasks: &Tasks, identity: Identity, clock: Clock) {
    tasks.keep("mail", async move {
        loop {
            let step = Step::Mail.here();
            mark(&step, Attribute::Role("identity"));
            if let Err(fault) = identity.deliver_mail().instrument(step).await {
                tracing::warn!(role = "identity", reason = %fault, "mail waits");
            }
            let queued = std::pin::pin!(identity.mail_queued());
            futures_util::future::select(queued, std::pin::pin!(clock.wait(MAIL_EVERY))).await;
        }
    });
}

/// Deletes what is to go.
#[derive(Clone)]
pub(super) struct Sweeper {
    pub(super) identity: Option<Identity>,
    pub(super) posts: Option<Posts>,
    pub(super) media: Option<Media>,
    pub(super) feeds: Option<Feeds>,
    pub(super) moderation: Option<Moderation>,
    pub(super) stores: Vec<(&'static str, Store)>,
    pub(super) log: Option<DeletionLog>,
    pub(super) clock: Clock,
    pub(super) health: Health,
}

impl Sweeper {
    /// Sweeps until the process stops, after what waited was heard; not so long after that what is to go stays for it.
    pub(super) fn keep_sweeping(
        self,
        tasks: &Tasks,
        waited: impl Future<Output = anyhow::Result<()>> + Send + 'static,
    ) {
        self.is_well();
        tasks.keep("sweeps", async move {
            tokio::select! {
                heard = waited => if let Err(fault) = heard {
                    tracing::warn!(reason = %fault, "events wait");
                },
                () = self.clock.wait(HEARD_WITHIN) => {}
            }
            loop {
                self.sweep().await;
                self.clock.wait(SWEEP_EVERY).await;
            }
        });
    }

    /// One round of every role here.
    pub(super) async fn sweep(&self) {
        let report = |role: &'static str, result: Result<(), String>| {
            if let Err(reason) = result {
                tracing::warn!(role, reason, "a sweep did not finish");
            }
        };
        let text = |fault: &dyn std::fmt::Display| fault.to_string();
        if let Some(identity) = &self.identity {
            let swept = async { identity.sweep().await.map_err(|f| text(&f)) };
            report("identity", measured("identity", swept).await);
        }
        if let Some(posts) = &self.posts {
            let swept = async { posts.sweep().await.map(drop).map_err(|f| text(&f)) };
            report("posts", measured("posts", swept).await);
        }
        if let Some(media) = &self.media {
            let swept = async { media.sweep().await.map_err(|f| text(&f)) };
            report("media", measured("media", swept).await);
        }
        if let Some(feeds) = &self.feeds {
            let swept = async { feeds.sweep().await.map_err(|f| text(&f)) };
            report("feeds", measured("feeds", swept).await);
        }
        if let Some(moderation) = &self.moderation {
            let swept = async { moderation.sweep().await.map(drop).map_err(|f| text(&f)) };
            report("moderation", measured("moderation", swept).await);
        }
        if let Some(log) = &self.log {
            let before_ms = self.clock.now_ms() - LOGGED_MS;
            report(
                "deletions",
                log.forget(before_ms).await.map_err(|f| text(&f)),
            );
        }
        for (role, store) in &self.stores {
            report(role, store.forget_deleted().await.map_err(|f| text(&f)));
        }
        self.is_well();
    }

    /// Every role had its turn; whether each one finished is for the log.
    fn is_well(&self) {
        let until_ms = self.clock.now_ms() + SWEPT_WITHIN_MS;
        self.health.set_until("sweeps", until_ms);
    }
}

/// One role's round, as a step and in the figures.
async fn measured(
    role: &'static str,
    sweep: impl Future<Output = Result<(), String>>,
) -> Result<(), String> {
    let (step, watch) = (Step::Sweep.here(), Stopwatch::start());
    mark(&step, Attribute::Role(role));
    let swept = sweep.instrument(step.clone()).await;
    let outcome = match swept {
        Ok(()) => Outcome::Done,
        Err(_) => Outcome::Unavailable,
    };
    mark(&step, Attribute::Outcome(outcome));
    watch.stop(|took| Measure::Swept {
        role,
        outcome,
        took,
    });
    swept
}
