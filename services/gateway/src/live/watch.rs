//! What whoever follows for hours has to look at now and then.

use std::time::Duration;

use bus::{Signals, Topic};
use runtime::Clock;

use super::message::Closed;
use crate::visit::Visit;

/// How often a client is asked, or told, that the other end is there.
pub(super) const PING_EVERY: Duration = Duration::from_secs(20);
/// How often it is made sure that somebody is still signed in, where the signal was lost.
const LOOK_EVERY: Duration = Duration::from_secs(4);

/// When to make sure that somebody is still signed in.
pub(super) struct Watch {
    /// That the session ended, or that the resident's standing changed; who is not signed in has neither.
    signals: Option<(Signals, Signals)>,
    looked_at_ms: i64,
}

impl Watch {
    pub(super) fn on(visit: &Visit) -> Self {
        let bus = &visit.edge.bus;
        Self {
            signals: visit.signed().map(|signed| {
                (
                    bus.listen(Topic::Session(signed.session)),
                    bus.listen(Topic::Resident(signed.resident)),
                )
            }),
            looked_at_ms: visit.edge.clock.now_ms(),
        }
    }

    /// Done when identity signals, and from time to time. May be dropped and asked again without losing either.
    pub(super) async fn due(&mut self, clock: &Clock) {
        let passed_ms = clock.now_ms().saturating_sub(self.looked_at_ms).max(0);
        let wait = LOOK_EVERY.saturating_sub(Duration::from_millis(passed_ms.unsigned_abs()));
        match &mut self.signals {
            None => clock.wait(wait).await,
            Some((ended, changed)) => tokio::select! {
                () = ended.next() => {}
                () = changed.next() => {}
                () = clock.wait(wait) => {}
            },
        }
        self.looked_at_ms = clock.now_ms();
    }
}

/// That who began signed in still is, and under the token that they know.
pub(super) async fn still_signed_in(visit: &Visit, began_signed_in: bool) -> Result<(), Closed> {
    // Where identity does not answer, nothing is delivered either: each change asks for a fresh standing.
    let _ = visit.renew().await;
    if began_signed_in && visit.signed().is_none() {
        return Err(Closed::SignedOut);
    }
    if visit.has_new_token() {
        return Err(Closed::Renewed);
    }
    Ok(())
}
