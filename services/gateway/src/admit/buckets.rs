//! How often one caller may do something: token buckets in bounded memory, on the injected clock. Where processes share a
//! Redis, all edges draw from the same buckets there, and these are what is left when it does not answer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bus::{Bus, Rule};
use runtime::telemetry::{Measure, measure};
use tokio::time::timeout;

use super::caller::{Kind, Who};
use super::lease::{Lease, Next};
use crate::settings::{Limits, Rates};

/// A Redis that did not answer is not asked again for so long.
const ALONE_FOR_MS: i64 = 1_000;
/// All edges count together.
const TOGETHER: i64 = i64::MIN;

/// One token bucket for each kind and caller.
pub(crate) struct Buckets {
    own: Mutex<HashMap<(Kind, Who), Own>>,
    most: usize,
    rates: Rates,
    bus: Bus,
    /// How long the shared buckets are waited for.
    within: Duration,
    /// Until when this edge counts alone, in milliseconds since 1970.
    alone_until_ms: AtomicI64,
}

/// What this edge knows of a caller: its own bucket, which whoever comes here draws from in any case, and what it holds of the
/// shared one.
struct Own {
    full_at_us: i64,
    lease: Lease,
}

impl Buckets {
    /// Empty, for at most as many callers as the limits say.
    pub(crate) fn new(limits: &Limits, bus: Bus) -> Self {
        Self {
            own: Mutex::default(),
            most: limits.callers.max(2),
            rates: limits.rates.clone(),
            bus,
            within: limits.shared_rates_within,
            alone_until_ms: AtomicI64::new(TOGETHER),
        }
    }

    /// Takes one token. `name` makes what the bucket is called among all edges.
    ///
    /// # Errors
    /// When the bucket is empty: the moment at which there is a token again, in milliseconds since 1970.
    pub(crate) async fn take(
        &self,
        kind: Kind,
        who: Who,
        name: impl FnOnce() -> [u8; 16],
        now_ms: i64,
    ) -> Result<(), i64> {
        let at_us = now_ms.saturating_mul(1_000);
        let rate = kind.rate(&self.rates);
        let rule = Rule::of(rate.burst, rate.per_minute);
        let wanted = match self.take_here(kind, who, rule, rate.burst, at_us) {
            Next::Spent => return Ok(()),
            Next::Empty(again_at_us) => return Err(in_ms(again_at_us)),
            Next::Draw(wanted) => wanted,
        };
        if self.is_alone(now_ms) {
            measure(Measure::RateAlone);
            return Ok(());
        }
        let Some(drawing) = self.bus.draw(name, rule, at_us, wanted) else {
            return Ok(());
        };
        let drawn = match timeout(self.within, drawing).await {
            Ok(Ok(drawn)) => drawn,
            Ok(Err(fault)) => {
                self.be_alone(&fault, now_ms);
                return Ok(());
            }
            Err(late) => {
                self.be_alone(&late, now_ms);
                return Ok(());
            }
        };
        self.be_together();
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        let lease = own.get_mut(&(kind, who)).map(|own| &mut own.lease);
        if drawn.count > 0 {
            // Where room was made meanwhile, what was drawn beforehand lapses.
            if let Some(lease) = lease {
                lease.drawn(drawn.count, at_us);
            }
            return Ok(());
        }
        let again_at_us = rule.again_at_us(drawn.full_at_us, at_us);
        if let Some(lease) = lease {
            lease.is_empty_until(again_at_us);
        }
        Err(in_ms(again_at_us))
    }

    /// Takes one from this edge's own bucket, and says what is left to do with the shared one.
    fn take_here(&self, kind: Kind, who: Who, rule: Rule, burst: u32, at_us: i64) -> Next {
        let mut callers = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if callers.len() >= self.most && !callers.contains_key(&(kind, who)) {
            make_room(&mut callers, at_us, self.most);
        }
        let own = callers.entry((kind, who)).or_insert_with(|| Own {
            full_at_us: at_us,
            lease: Lease::default(),
        });
        // Later than an empty bucket would be full it is when the clock was set back: nobody is locked out by that.
        if own.full_at_us > at_us + rule.room_us() {
            own.full_at_us = at_us;
        }
        let drawn = rule.draw(own.full_at_us, at_us, 1);
        if drawn.count == 0 {
            return Next::Empty(rule.again_at_us(own.full_at_us, at_us));
        }
        let next = own.lease.spend(burst, rule.token_us(), at_us);
        if !matches!(next, Next::Empty(_)) {
            own.full_at_us = drawn.full_at_us;
        }
        next
    }

    fn is_alone(&self, now_ms: i64) -> bool {
        let until_ms = self.alone_until_ms.load(Ordering::Relaxed);
        // Further away it is when the clock was set back.
        (now_ms + 1..=now_ms + ALONE_FOR_MS).contains(&until_ms)
    }

    fn be_alone(&self, why: &dyn std::fmt::Display, now_ms: i64) {
        measure(Measure::RateAlone);
        let until_ms = now_ms + ALONE_FOR_MS;
        if self.alone_until_ms.swap(until_ms, Ordering::Relaxed) == TOGETHER {
            tracing::warn!(reason = %why, "this edge counts rates alone");
        }
    }

    fn be_together(&self) {
        if self.alone_until_ms.load(Ordering::Relaxed) != TOGETHER
            && self.alone_until_ms.swap(TOGETHER, Ordering::Relaxed) != TOGETHER
        {
            tracing::info!("all edges count rates together again");
        }
    }
}

/// Not before that moment.
const fn in_ms(at_us: i64) -> i64 {
    (at_us + 999).div_euclid(1_000)
}

/// Forgets full buckets, and where too few are full, the half that is nearest to being full: who asks most stays known.
fn make_room(callers: &mut HashMap<(Kind, Who), Own>, at_us: i64, most: usize) {
    callers.retain(|_, own| own.full_at_us > at_us);
    if callers.len() > most / 2 {
        let mut moments: Vec<i64> = callers.values().map(|own| own.full_at_us).collect();
        let middle = moments.len() / 2;
        let (_, median, _) = moments.select_nth_unstable(middle);
        let median = *median;
        let mut spare = most / 2;
        callers.retain(|_, own| {
            let stays = own.full_at_us > median || (own.full_at_us == median && spare > 0);
            spare -= usize::from(stays && own.full_at_us == median);
            stays
        });
    }
}

#[cfg(test)]
mod tests;
