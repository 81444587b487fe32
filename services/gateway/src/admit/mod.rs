//! What may come in: bounds before work, so that nobody makes the rest of the house work for nothing.

mod address;
mod admitted;
mod buckets;
mod caller;
mod documents;
mod lease;
mod library;
mod measure;
mod origin;
mod quota;
mod tokens;
mod words;

pub(crate) use address::{client_address, origin_hash};
pub(crate) use admitted::Admitted;
pub(crate) use buckets::Buckets;
pub(crate) use caller::{Kind, Who, bucket_name};
pub(crate) use documents::Id as DocumentId;
pub use documents::{Documents, DocumentsFault};
pub(crate) use library::{Library, Refusal, Wanted};
pub(crate) use origin::Origins;
pub(crate) use quota::{Held, Quota};
pub(crate) use words::nul_in;
