//! What differs between a board in earnest, its demo, and a test.

use runtime::{Clock, Entropy};

use super::role::{Role, Roles};
use crate::config::Config;

/// The same, for one process.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Which parts are played here.
    pub roles: Roles,
    /// What time it is.
    pub clock: Clock,
    /// Where randomness comes from.
    pub entropy: Entropy,
    /// A demo: introspection and free-form documents are on, the cookie works without TLS.
    pub demo: bool,
    /// This process serves the board, and may tidy up after one that ended suddenly. A command beside it may not.
    pub serves: bool,
}

impl Surroundings {
    /// The machine's own, for a process that serves these roles.
    pub const fn serving(roles: Roles, demo: bool) -> Self {
        Self {
            roles,
            clock: Clock::System,
            entropy: Entropy::System,
            demo,
            serves: true,
        }
    }

    /// The machine's own, for a command of the operator's that may run beside the board: it needs identity alone, and where
    /// one process is the board, tells the other roles itself.
    pub fn beside(config: &Config) -> Self {
        let roles = match config.bus {
            Some(_) => Roles::of([Role::Identity]),
            None => Roles::all(),
        };
        Self {
            serves: false,
            ..Self::serving(roles, false)
        }
    }
}
