//! Mail: what is said, how it waits, how it leaves.

mod deliver;
mod letter;
mod queue;
mod told;
mod transport;

pub use deliver::Delivered;
pub use letter::Letter;
pub use queue::Recipient;
pub use told::{Event, name_of};
pub use transport::{Mail, MailFault};
