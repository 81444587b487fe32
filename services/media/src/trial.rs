//! Whether a bucket does what pictures need, tried out before the first picture comes.

use std::sync::Arc;

use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutPayload};
use runtime::Entropy;

use crate::answer;
use crate::blobs::{BlobName, FOLDER};
use crate::picture::Variant;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// Saying which files there are.
    List,
    /// Writing a file.
    Write,
    /// Reading it.
    Read,
    /// Deleting it.
    Delete,
}

/// A bucket that does not do what pictures need.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrialFault {
    /// There is none of this name.
    #[error("the server has no such bucket")]
    NoBucket,
    /// The key is none of the server's.
    #[error("the server does not accept the key")]
    KeyRefused,
    /// The key is good, but not for this.
    #[error("the key may not {} files there", .0.word())]
    NotAllowed(Tried),
    /// The server is in another region than was said.
    #[error("the server expects another region")]
    OtherRegion,
    /// A request is signed with its time, which the server takes for wrong.
    #[error("the server's clock and this machine's differ")]
    ClocksDiffer,
    /// What is deleted would stay, as a former version.
    #[error("the bucket keeps former versions of what is deleted")]
    KeepsVersions,
    /// A file is not there after it was written, is another, or is there after it was deleted.
    #[error("the server did not {} a file as asked", .0.word())]
    Unreliable(Tried),
    /// The server gave no answer, or none that helps.
    #[error("the server does not do as asked: {0}")]
    NoUse(String),
}

impl Tried {
    const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Write => "write",
            Self::Read => "read",
            Self::Delete => "delete",
        }
    }
}

/// Asks what files there are.
pub async fn look(store: &Arc<dyn ObjectStore>) -> Result<(), TrialFault> {
    let mut all = store.list(Some(&Path::from(FOLDER)));
    all.try_next().await.map_err(told(Tried::List))?;
    Ok(())
}

/// Writes, lists, reads and deletes a file of a few bytes. It has the name of a picture, so that the sweep finds it if the
/// process ends in between.
pub async fn try_out(store: &Arc<dyn ObjectStore>, entropy: &Entropy) -> Result<(), TrialFault> {
    // First, for there are servers that make a bucket which is written to.
    look(store).await?;
    let file = BlobName::fresh(entropy).path(Variant::Thumb);
    let content: [u8; 16] = entropy.bytes();
    let written = store.put(&file, PutPayload::from(content.to_vec())).await;
    let written = written.map_err(told(Tried::Write))?;
    let found = find(store, &file, &content).await;
    let deleted = store.delete(&file).await;
    found?;
    deleted.map_err(told(Tried::Delete))?;
    if written.version.is_some() {
        return Err(TrialFault::KeepsVersions);
    }
    match store.head(&file).await {
        Err(Error::NotFound { .. }) => Ok(()),
        Ok(_) => Err(TrialFault::Unreliable(Tried::Delete)),
        Err(error) => Err(told(Tried::Read)(error)),
    }
}

async fn find(store: &Arc<dyn ObjectStore>, file: &Path, content: &[u8]) -> Result<(), TrialFault> {
    let folder: Path = file.parts().take(2).collect();
    let listed: Vec<_> = store
        .list(Some(&folder))
        .try_collect()
        .await
        .map_err(told(Tried::List))?;
    if !listed.iter().any(|found| found.location == *file) {
        return Err(TrialFault::Unreliable(Tried::List));
    }
    let read = async { store.get(file).await?.bytes().await };
    if read.await.map_err(told(Tried::Read))? == content {
        Ok(())
    } else {
        Err(TrialFault::Unreliable(Tried::Read))
    }
}

fn told(tried: Tried) -> impl Fn(Error) -> TrialFault {
    move |error| {
        let code = answer::code(&error).unwrap_or_default();
        match (code.as_str(), &error) {
            ("NoSuchBucket", _) => TrialFault::NoBucket,
            ("InvalidAccessKeyId" | "SignatureDoesNotMatch" | "NotSignedUp", _)
            | (_, Error::Unauthenticated { .. }) => TrialFault::KeyRefused,
            ("RequestTimeTooSkewed", _) => TrialFault::ClocksDiffer,
            ("AuthorizationHeaderMalformed" | "PermanentRedirect", _) => TrialFault::OtherRegion,
            ("AccessDenied", _) | (_, Error::PermissionDenied { .. }) => {
                TrialFault::NotAllowed(tried)
            }
            ("", _) => TrialFault::NoUse(answer::cause(&error)),
            _ => TrialFault::NoUse(code),
        }
    }
}
