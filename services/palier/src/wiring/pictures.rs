//! Where the pictures are: a folder of this machine, or a bucket that several processes share.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use media::{Bucket, BucketFault, BucketKey, TrialFault};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use runtime::SettingFault;

use super::Surroundings;
use super::open::prepare;
use crate::config::Config;

const FORMS: &str = "write folder:PATH, s3://BUCKET or s3://BUCKET/PREFIX";

/// Where the pictures are.
#[derive(Clone, Debug)]
pub(crate) enum Pictures {
    /// A folder, for one process alone.
    Folder(PathBuf),
    /// A bucket, for any number of processes.
    Bucket(Bucket),
}

impl Pictures {
    /// What the settings say; nothing is opened yet.
    ///
    /// # Errors
    /// The setting that cannot be used.
    pub(crate) fn at(config: &Config) -> Result<Self, SettingFault> {
        let address = config.pictures();
        if let Some(folder) = address
            .strip_prefix("folder:")
            .filter(|path| !path.is_empty())
        {
            return Ok(Self::Folder(PathBuf::from(folder)));
        }
        let Some(place) = address.strip_prefix("s3://") else {
            let fault = format!("{address:?} is neither a folder nor a bucket");
            return Err(SettingFault::new("media.files", fault, FORMS));
        };
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        let s3 = &config.media.s3;
        let key = s3
            .key
            .as_deref()
            .ok_or_else(|| SettingFault::new("media.s3.key", "a bucket needs a key", KEY_REMEDY))?;
        Ok(Self::Bucket(Bucket {
            name: name.to_owned(),
            prefix: prefix.trim_end_matches('/').to_owned(),
            endpoint: s3.endpoint.clone(),
            region: s3.region.clone(),
            path_style: s3.path_style,
            key: BucketKey::read(key).map_err(|fault| told(&fault))?,
        }))
    }

    /// Whether they are there, for whoever only looks.
    ///
    /// # Errors
    /// The setting that cannot be used.
    pub(crate) async fn look(&self) -> Result<(), SettingFault> {
        match self {
            Self::Folder(_) => Ok(()),
            Self::Bucket(bucket) => bucket.look().await.map_err(|fault| told(&fault)),
        }
    }

    /// Opens them. A process that serves tidies a folder up and tries a bucket out; a command beside it may not.
    pub(crate) async fn open(
        self,
        around: &Surroundings,
    ) -> Result<Arc<dyn ObjectStore>, SettingFault> {
        match self {
            Self::Folder(path) => Ok(Arc::new(folder(&path, around.serves)?)),
            Self::Bucket(bucket) => {
                let opened = if around.serves {
                    bucket.open_tried(&around.entropy).await
                } else {
                    bucket.open()
                };
                opened.map_err(|fault| told(&fault))
            }
        }
    }
}

fn folder(path: &Path, serves: bool) -> Result<LocalFileSystem, SettingFault> {
    prepare(path, "media.files")?;
    let opened = if serves {
        media::folder(path).map_err(|error| error.to_string())
    } else {
        LocalFileSystem::new_with_prefix(path).map_err(|error| error.to_string())
    };
    let remedy = "name a folder that this user may write";
    opened.map_err(|fault| SettingFault::new("media.files", fault, remedy))
}

const KEY_REMEDY: &str = "name a file of two lines, the id of the key and its secret";

fn told(fault: &BucketFault) -> SettingFault {
    let (setting, remedy) = match fault {
        BucketFault::Name(_) | BucketFault::Prefix(_) => ("media.files", FORMS),
        BucketFault::Endpoint => (
            "media.s3.endpoint",
            "write https://HOST or http://HOST:PORT and nothing after it",
        ),
        BucketFault::KeyFile { .. } | BucketFault::KeyUnreadable(_) => ("media.s3.key", KEY_REMEDY),
        BucketFault::KeyOpen(_) => ("media.s3.key", "run chmod 600 on it"),
        BucketFault::Way(_) => (
            "media.s3.endpoint",
            "check the certificate authorities of this machine",
        ),
        BucketFault::Trial(trial) => tried(trial),
    };
    SettingFault::new(setting, fault.to_string(), remedy)
}

const fn tried(fault: &TrialFault) -> (&'static str, &'static str) {
    match fault {
        TrialFault::NoBucket => ("media.files", "make the bucket, or name one that is there"),
        TrialFault::KeyRefused => (
            "media.s3.key",
            "put the id and the secret of one of the server's keys into the file",
        ),
        TrialFault::NotAllowed(_) => (
            "media.s3.key",
            "let this key list, write, read and delete in the bucket",
        ),
        TrialFault::OtherRegion => ("media.s3.region", "write the region of the server"),
        TrialFault::ClocksDiffer => ("media.s3.endpoint", "set the clocks of both (NTP)"),
        TrialFault::KeepsVersions => (
            "media.files",
            "take a bucket without versioning, so that what residents delete is gone",
        ),
        TrialFault::Unreliable(_) => (
            "media.s3.endpoint",
            "take a server that answers with what was written last",
        ),
        TrialFault::NoUse(_) => (
            "media.s3.endpoint",
            "check the address and that the server runs",
        ),
    }
}
