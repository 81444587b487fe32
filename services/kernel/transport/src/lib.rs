//! Roles in processes of their own: how one is served and how it is reached.
//!
//! Both ends prove who they are with certificates of the board's own authority ([`Credentials`]): only the edge has one that
//! may call, and a role's is good for that role alone. Calls go over several addresses, to the one with the least to do; what
//! was not received is sent to another one, and so is, after a loss, what changes nothing or may be said twice.

mod authority;
mod credentials;
mod process;
mod remote;
mod replay;
mod serve;
mod traced;

pub use authority::{AuthorityFault, is_issued, issue};
pub use credentials::{Credentials, CredentialsFault};
pub use remote::{Reach, knock, remote};
pub use serve::{ServeFault, Serving};
pub use traced::{Traced, traced};

/// So much of one answer or question waits unread.
const STREAM_WINDOW_BYTES: u32 = 256 << 10;
/// The most that HTTP/2 allows: one that nobody reads on keeps no room from the others of its connection.
const CONNECTION_WINDOW_BYTES: u32 = (1 << 31) - 1;

/// The one that calls the others.
pub const EDGE: &str = "gateway";
