//! One after another, for each resident: who sends several files at once waits for oneself, and keeps nobody else waiting.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use contract::ResidentId;
use tokio::sync::{Mutex as Gate, OwnedMutexGuard};

/// Whose turn it is. Nobody is remembered beyond their last turn's end and the next one's start.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<ResidentId, Weak<Gate<()>>>>);

/// A resident's turn; dropping it ends it.
#[derive(Debug)]
pub struct Turn {
    _gate: OwnedMutexGuard<()>,
}

impl Turns {
    /// Waits until no other turn of this resident is under way, in order of arrival.
    pub async fn take(&self, resident: ResidentId) -> Turn {
        let gate = self.gate(resident);
        Turn {
            _gate: gate.lock_owned().await,
        }
    }

    fn gate(&self, resident: ResidentId) -> Arc<Gate<()>> {
        let mut gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gates.retain(|_, gate| gate.strong_count() > 0);
        let known = gates.get(&resident).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let gate = Arc::default();
            gates.insert(resident, Arc::downgrade(&gate));
            gate
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn turns_of_one_resident_follow_each_other_and_nobody_else_waits() {
        let turns = Turns::default();
        let [ann, ben] = [1, 2].map(|n| ResidentId::from_random([n; 16]));
        let first = turns.take(ann).await;
        tokio::select! {
            biased;
            _ = turns.take(ann) => panic!("the first turn has not ended"),
            () = std::future::ready(()) => {}
        }
        drop(turns.take(ben).await);
        drop(first);
        drop(turns.take(ann).await);
        drop(turns.take(ben).await);
        assert_eq!(turns.0.lock().unwrap().len(), 1, "Ann is forgotten");
    }
}
