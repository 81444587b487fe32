//! Whether this process is alive, and whether each thing it depends on answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What the process depends on and whether it answers. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Health {
    parts: Arc<Mutex<BTreeMap<String, bool>>>,
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
        self.parts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(part.to_owned(), well);
    }

    /// How everything stands.
    pub fn readiness(&self) -> Readiness {
        let parts = self
            .parts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
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
        assert!(!health.readiness().ready, "nothing has reported yet");
        health.set("store", true);
        health.set("bus", false);
        assert!(!health.readiness().ready);
        health.set("bus", true);
        assert!(health.readiness().ready);
    }
}
