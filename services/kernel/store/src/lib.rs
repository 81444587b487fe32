//! Keep: connect, migrate, transact, tell afterwards. The same code over SQLite and PostgreSQL; sea-orm already is the
//! abstraction over the two, so nothing here hides it.

mod client_keys;
mod connect;
mod copy;
mod deletions;
mod describe;
mod fault;
mod inbox;
mod migrate;
mod outbox;
#[cfg(feature = "scratch")]
pub mod scratch;
mod transact;

pub use client_keys::{Asking, Before, ClientKey, ClientKeys, NoClientKey};
pub use connect::{Backend, Store};
pub use copy::{Loading, Snapshot, Table};
pub use deletions::{DELETIONS, DeletionLog, KeyedHash, Now};
pub use fault::StoreFault;
pub use inbox::{Inbox, News};
pub use migrate::{Migrations, create_inbox, create_outbox, trace_outbox};
pub use outbox::{Entry, Outbox, Progress};
pub use transact::Tx;
