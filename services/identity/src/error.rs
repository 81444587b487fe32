//! What goes wrong inside, and its one mapping to [`Fault`]. Nothing here holds anything personal.

use contract::{Fault, Locale};
use runtime::HeavyFault;
use store::StoreFault;

use crate::domain::limit::Limit;
use crate::domain::refusal::{Refusal, refused};

/// A call that failed.
#[derive(Debug, thiserror::Error)]
pub enum IdentityFault {
    /// The caller is told.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A password hash could not be computed or read.
    #[error("a password could not be hashed: {0}")]
    Hashing(#[from] argon2::Error),
    /// The memory budget of the process is below what one hash needs, or the process stops.
    #[error("no password could be hashed: {0}")]
    NoWorker(#[from] HeavyFault),
    /// The folder of mails cannot be tidied.
    #[error("the folder of mails cannot be tidied: {0}")]
    Mails(std::io::Error),
    /// A sealed value cannot be opened: its key is missing from the key folder, or it was altered.
    #[error("a sealed value of {table} cannot be opened; is its key in the key folder?")]
    Sealed {
        /// Which table.
        table: &'static str,
    },
}

impl From<IdentityFault> for Fault {
    fn from(fault: IdentityFault) -> Self {
        match fault {
            IdentityFault::Fault(fault) => fault,
            IdentityFault::NoWorker(fault) => {
                tracing::error!(reason = %fault, "a call failed");
                Self::unavailable("Palier is busy. Please try again.")
            }
            IdentityFault::Store(fault) if fault.passes() => {
                tracing::error!(reason = %fault, "a call failed");
                Self::unavailable("Palier is busy. Please try again.")
            }
            inner => {
                tracing::error!(reason = %inner, "a call failed");
                Self::internal()
            }
        }
    }
}

/// Why a call stopped half-way: an outcome the caller gets as data, or a fault.
#[derive(Debug)]
pub enum Stop {
    /// Reasons, each with what to do.
    Refused(Vec<Refusal>),
    /// Too often.
    Limited {
        /// What was done too often.
        limit: Limit,
        /// When again, in milliseconds since 1970.
        retry_at_ms: i64,
    },
    /// Not an outcome.
    Fault(IdentityFault),
}

impl<E: Into<IdentityFault>> From<E> for Stop {
    fn from(fault: E) -> Self {
        Self::Fault(fault.into())
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

/// How the outcomes of one call are spelt on the wire.
pub struct Spelling<T, O> {
    /// It was done.
    pub done: fn(T) -> O,
    /// It was refused.
    pub refused: fn(contract::common::Refused) -> O,
    /// It was too often.
    pub limited: fn(contract::common::RateLimited) -> O,
}

impl<T, O> Spelling<T, O> {
    /// Spells what came out.
    ///
    /// # Errors
    /// What is no outcome.
    pub fn spell(
        &self,
        result: Result<T, Stop>,
        now_ms: i64,
        locale: Locale,
    ) -> Result<Option<O>, IdentityFault> {
        match result {
            Ok(done) => Ok(Some((self.done)(done))),
            Err(Stop::Refused(reasons)) => Ok(Some((self.refused)(refused(&reasons, locale)))),
            Err(Stop::Limited { limit, retry_at_ms }) => Ok(Some((self.limited)(limit.limited(
                retry_at_ms,
                now_ms,
                locale,
            )))),
            Err(Stop::Fault(fault)) => Err(fault),
        }
    }
}
