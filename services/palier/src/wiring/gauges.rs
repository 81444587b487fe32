//! What is measured by looking: how much waits, and how the process is.

use identity::Identity;
use runtime::telemetry::{Measure, is_measured, measure, on_its_way_for};
use runtime::{Clock, Health};
use store::{Outbox, Store, StoreFault};

use super::is_heard_of;

/// What is looked at.
#[derive(Clone)]
pub(super) struct Gauges {
    pub(super) stores: Vec<(&'static str, Store)>,
    pub(super) identity: Option<Identity>,
    pub(super) health: Health,
    pub(super) clock: Clock,
}

impl Gauges {
    /// Looks once, where anybody wants to know. What cannot be read keeps its figure of before.
    pub(super) async fn look(&self) {
        if !is_measured() {
            return;
        }
        let now_ms = self.clock.now_ms();
        measure(Measure::Ready(self.health.readiness(now_ms).ready));
        if let Some(bytes) = memory() {
            measure(Measure::Memory(bytes));
        }
        if let Some(identity) = &self.identity
            && let Ok(count) = identity.mail_waiting().await
        {
            measure(Measure::MailsWaiting(
                i64::try_from(count).unwrap_or(i64::MAX),
            ));
        }
        for (role, store) in &self.stores {
            if is_heard_of(role) {
                // The check of the process's health says so where a database does not answer.
                let _ = outbox(role, store).await;
            }
        }
    }
}

async fn outbox(stream: &'static str, store: &Store) -> Result<(), StoreFault> {
    let outbox = Outbox::of(store.clone());
    measure(Measure::OutboxDepth(stream, outbox.depth().await?));
    let oldest = outbox.oldest().await?;
    let age = oldest.as_ref().and_then(on_its_way_for);
    measure(Measure::OutboxAge(stream, age.unwrap_or_default()));
    Ok(())
}

/// The memory that the process holds, in bytes, where the system says so as Linux does.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let held = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = held.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes * 1_024)
}
