//! Whether this process is alive, and whether each thing it depends on answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What the process depends on and whether it answers. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Health {
    parts: Arc<Mutex<BTreeMap<String, Part>>>,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    /// As somebody found it.
    Found(bool),
    /// Well until then, in milliseconds since 1970, unless it is heard of again.
    Until(i64),
}

/// Every dependency by name, and whether all are well.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Readiness {
    /// All are well.
    pub ready: bool,
    /// One by one.
    pub parts: BTreeMap<String, bool>,
}

impl Health {
    /// Nothing to depend on yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says whether one dependency is well.
    pub fn set(&self, part: &str, well: bool) {
        self.put(part, Part::Found(well));
    }

    /// Says that something happened which has to happen again before `until_ms`, in milliseconds since 1970: from then on it
    /// is not well.
    pub fn set_until(&self, part: &str, until_ms: i64) {
        self.put(part, Part::Until(until_ms));
    }

    fn put(&self, part: &str, how: Part) {
        self.parts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(part.to_owned(), how);
    }

    /// How everything stands now, in milliseconds since 1970.
    pub fn readiness(&self, now_ms: i64) -> Readiness {
        let parts: BTreeMap<String, bool> = self
            .parts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .map(|(name, part)| {
                let well = match part {
                    Part::Found(well) => *well,
                    Part::Until(until_ms) => now_ms < *until_ms,
                };
                (name.clone(), well)
            })
            .collect();
        Readiness {
            ready: !parts.is_empty() && parts.values().all(|well| *well),
            parts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_means_that_every_part_is_well() {
        let health = Health::new();
        assert!(!health.readiness(0).ready, "nothing has reported yet");
        health.set("store", true);
        health.set("bus", false);
        assert!(!health.readiness(0).ready);
        health.set("bus", true);
        assert!(health.readiness(0).ready);
    }

    #[test]
    fn what_is_not_heard_of_again_in_time_is_not_well() {
        let health = Health::new();
        health.set("store", true);
        health.set_until("sweeps", 1_000);
        assert!(health.readiness(999).ready);
        let late = health.readiness(1_000);
        assert!(!late.ready && !late.parts["sweeps"] && late.parts["store"]);
        health.set_until("sweeps", 2_000);
        assert!(health.readiness(1_000).ready);
    }
}
