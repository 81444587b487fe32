//! Files, by random names that say nothing about the picture.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::try_join_all;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use runtime::Entropy;
use uuid::Uuid;

use crate::picture::{Encoded, Variant};

/// Under which every file is.
pub const FOLDER: &str = "pictures";

/// How many pictures are deleted at the same time.
const DELETED_AT_ONCE: usize = 8;

/// The name of one picture's files: `pictures/NAME/VARIANT.jpg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobName(Uuid);

impl BlobName {
    /// A name that was given before.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// A name that nobody has had.
    pub fn fresh(entropy: &Entropy) -> Self {
        Self(uuid::Builder::from_random_bytes(entropy.bytes()).into_uuid())
    }

    /// As stores keep it.
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// Where one of its files is.
    pub fn path(self, variant: Variant) -> Path {
        let file = format!("{}.jpg", variant.name());
        Path::from_iter([FOLDER, &self.0.as_simple().to_string(), &file])
    }

    /// The name in a path, if it is a path of ours.
    fn of(path: &Path) -> Option<Self> {
        let name = path.parts().nth(1)?;
        let uuid = Uuid::try_parse(name.as_ref()).ok()?;
        let name = Self(uuid);
        Variant::ALL
            .iter()
            .any(|variant| name.path(*variant) == *path)
            .then_some(name)
    }
}

/// A batch of names that were found, each with the time of its newest file in milliseconds since 1970.
pub type Found = BTreeMap<BlobName, i64>;

/// Where the files are. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self(store)
    }

    /// Writes every variant. Done when all of them are written; after a failure some may be.
    pub async fn write(&self, name: BlobName, variants: [Encoded; 3]) -> Result<(), Error> {
        let writes = variants.into_iter().map(|encoded| async move {
            let path = name.path(encoded.variant);
            self.0.put(&path, encoded.jpeg.into()).await
        });
        try_join_all(writes).await?;
        Ok(())
    }

    /// One variant; `None` where there is no such file.
    pub async fn read(&self, name: BlobName, variant: Variant) -> Result<Option<Bytes>, Error> {
        match self.0.get(&name.path(variant)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Deletes every variant; those that are not there are no trouble.
    pub async fn delete(&self, name: BlobName) -> Result<(), Error> {
        let mut outcome = Ok(());
        for variant in Variant::ALL {
            match self.0.delete(&name.path(variant)).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => outcome = Err(error),
            }
        }
        outcome
    }

    /// Deletes what can be deleted of these, a few at a time: a server is far away. Answers what is gone, and what the trouble
    /// was with the rest.
    pub async fn delete_all(&self, names: &[BlobName]) -> (Vec<BlobName>, Result<(), Error>) {
        let mut gone = Vec::with_capacity(names.len());
        let mut outcome = Ok(());
        let each = names.iter().copied().map(|name| self.delete_named(name));
        let mut deleted = stream::iter(each).buffer_unordered(DELETED_AT_ONCE);
        while let Some((name, done)) = deleted.next().await {
            match done {
                Ok(()) => gone.push(name),
                Err(error) => outcome = Err(error),
            }
        }
        (gone, outcome)
    }

    async fn delete_named(&self, name: BlobName) -> (BlobName, Result<(), Error>) {
        (name, self.delete(name).await)
    }

    /// Everything there is, in batches of at most `files` files. What does not look like a picture's file is left out.
    pub fn batches(&self, files: usize) -> BoxStream<'static, Result<Found, Error>> {
        self.0
            .list(Some(&Path::from(FOLDER)))
            .try_chunks(files)
            .map(|batch| {
                let mut found = Found::new();
                for file in batch.map_err(|error| error.1)? {
                    if let Some(name) = BlobName::of(&file.location) {
                        let written_ms = file.last_modified.timestamp_millis();
                        let newest = found.entry(name).or_insert(written_ms);
                        *newest = written_ms.max(*newest);
                    }
                }
                Ok(found)
            })
            .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_again_in_its_paths_and_in_no_others() {
        let name = BlobName::fresh(&Entropy::seeded(1));
        for variant in Variant::ALL {
            assert_eq!(BlobName::of(&name.path(variant)), Some(name));
        }
        let simple = name.uuid().as_simple().to_string();
        for path in [
            format!("pictures/{simple}/huge.jpg"),
            format!("pictures/{}/large.jpg", name.uuid()),
            format!("elsewhere/{simple}/large.jpg"),
            "pictures/notes.txt".to_owned(),
            "pictures".to_owned(),
        ] {
            assert_eq!(BlobName::of(&Path::from(path.as_str())), None, "{path}");
        }
    }
}
