//! What happens to a board on a busy day, and what it promises while that happens.
//!
//! Each scenario is bounded in time and in what it asks for, leaves the board as it found it but for the notices it put up,
//! and is over when all it asked for is answered.

mod evening;
mod fan_out;
mod reconnect;
mod sign_ins;
mod storm;

use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;

use crate::board::Board;
use crate::pace::Series;
use crate::process::Held;
use crate::promise::{Promise, most_afterwards};
use crate::watch::{Sample, watched};

/// How much happens.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The most sockets.
    pub sockets: usize,
    /// How long somebody reads or writes.
    pub lasting: Duration,
    /// Tells the notices of one run of a scenario from those of another.
    pub run: usize,
}

/// A scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// Many read.
    Evening,
    /// Many write, and neighbours look.
    Storm,
    /// One notice reaches everybody who looks.
    FanOut,
    /// All sockets are lost, and come back at once.
    Reconnect,
    /// Many sign in at once, while others read.
    SignIns,
}

/// What a scenario left.
struct Lived {
    series: Vec<Series>,
    promises: Vec<Promise>,
}

/// What was seen of a scenario.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Which.
    pub scenario: Scenario,
    /// What was asked for, and how long it took.
    pub series: Vec<Series>,
    /// What it promised.
    pub promises: Vec<Promise>,
    /// What the process held before anything happened to the board.
    pub before: Held,
    /// What it held meanwhile.
    pub samples: Vec<Sample>,
    /// What it held when it was at rest again.
    pub after: Held,
}

impl Scenario {
    /// Its name, in the words of the report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evening => "Evening",
            Self::Storm => "Storm",
            Self::FanOut => "Fan-out",
            Self::Reconnect => "Reconnect",
            Self::SignIns => "Sign-ins",
        }
    }

    /// What happens, in a sentence of the report.
    #[must_use]
    pub const fn what(self) -> &'static str {
        match self {
            Self::Evening => "Many read: the first page, what comes after it, and one category.",
            Self::Storm => "Many write, and neighbours look.",
            Self::FanOut => "One notice after the other reaches everybody who looks.",
            Self::Reconnect => {
                "All sockets are lost, and come back at once, each with the cursor where it was."
            }
            Self::SignIns => "Many sign in at once, while others read.",
        }
    }

    /// Lets it happen to a board, and waits until the board is at rest.
    ///
    /// # Errors
    /// When the scenario cannot go on at all; what it promises and does not keep is no error.
    pub async fn happen(self, board: &Board, size: Size) -> Result<Seen> {
        let process = board.server.process();
        let happening = async {
            match self {
                Self::Evening => evening::happens(board, size).await,
                Self::Storm => storm::happens(board, size).await,
                Self::FanOut => fan_out::happens(board, size).await,
                Self::Reconnect => reconnect::happens(board, size).await,
                Self::SignIns => sign_ins::happens(board, size).await,
            }
        };
        let (lived, samples) = watched(process, happening).await?;
        let after = board.server.at_rest().await?;
        let mut promises = lived.promises;
        promises.extend(Promise::given_back(most_afterwards(board.idle), after));
        Ok(Seen {
            scenario: self,
            series: lived.series,
            promises,
            before: board.idle,
            samples,
            after,
        })
    }
}
