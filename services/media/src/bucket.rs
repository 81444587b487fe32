//! Pictures in a bucket of an S3-compatible server, which any number of processes may share.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::client::{HttpClient, HttpConnector};
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};
use reqwest::Url;
use reqwest::redirect::Policy;
use runtime::{Entropy, Private, is_open_to_others};

use crate::trial::{TrialFault, look, try_out};

/// How long the way to the server may take to open.
const CONNECTING_AT_MOST: Duration = Duration::from_secs(5);
/// How long one request may take. With those that follow it stays below the minute that a call about pictures has.
const ASKING_AT_MOST: Duration = Duration::from_secs(20);
/// For how long a request is said again to a server that does not answer well.
const AGAIN_WITHIN: Duration = Duration::from_secs(10);
const AGAIN_AT_MOST: usize = 3;
/// An id and a secret are shorter than this together, in bytes.
const KEY_AT_MOST: u64 = 4 << 10;

/// Where a bucket is, and the key that opens it.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What the names of all files there begin with, such as `board/pictures`; may be empty.
    pub prefix: String,
    /// The address of the server: `https://HOST:PORT`, or `http://` within a network of one's own. None: Amazon's.
    pub endpoint: Option<String>,
    /// The region, as the server calls it.
    pub region: String,
    /// Whether requests name the bucket in their path, which every server understands; else in the name of the host.
    pub path_style: bool,
    /// What requests are signed with.
    pub key: BucketKey,
}

/// A key of an S3-compatible server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketKey {
    id: Private<String>,
    secret: Private<String>,
}

/// A bucket that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BucketFault {
    /// Its name is none that a bucket can have.
    #[error("{0:?} cannot be the name of a bucket")]
    Name(String),
    /// No names of files can begin like this.
    #[error("{0:?} cannot be what names begin with")]
    Prefix(String),
    /// The address is none.
    #[error("it is not the address of a server")]
    Endpoint,
    /// The file of the key cannot be read.
    #[error("{}: {}", .path.display(), .source)]
    KeyFile {
        /// Which.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// Others on this machine can read the file of the key.
    #[error("{}: others may read it", .0.display())]
    KeyOpen(PathBuf),
    /// The file of the key does not hold one.
    #[error("{}: it holds no key", .0.display())]
    KeyUnreadable(PathBuf),
    /// The way to the server cannot be prepared.
    #[error("no way to a server can be opened from here: {0}")]
    Way(String),
    /// The server does not do what pictures need.
    #[error(transparent)]
    Trial(#[from] TrialFault),
}

impl BucketKey {
    /// The key in a file of two lines: its id, and its secret.
    ///
    /// # Errors
    /// When the file cannot be read, is readable by others or holds something else.
    pub fn read(path: &Path) -> Result<Self, BucketFault> {
        let fault = |source| BucketFault::KeyFile {
            path: path.to_owned(),
            source,
        };
        if is_open_to_others(path).map_err(fault)? {
            return Err(BucketFault::KeyOpen(path.to_owned()));
        }
        let unreadable = || BucketFault::KeyUnreadable(path.to_owned());
        if fs::metadata(path).map_err(fault)?.len() > KEY_AT_MOST {
            return Err(unreadable());
        }
        let text = Private::new(fs::read_to_string(path).map_err(fault)?);
        let mut lines = text.expose().lines().map(str::trim);
        match [
            lines.next(),
            lines.next(),
            lines.find(|line| !line.is_empty()),
        ] {
            [Some(id), Some(secret), None] => Self::new(id, secret).ok_or_else(unreadable),
            _ => Err(unreadable()),
        }
    }

    /// A key of an id and a secret; none where one of them is no word.
    pub fn new(id: &str, secret: &str) -> Option<Self> {
        let is_word =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        (is_word(id) && is_word(secret)).then(|| Self {
            id: Private::new(id.to_owned()),
            secret: Private::new(secret.to_owned()),
        })
    }
}

impl Bucket {
    /// The way there; nothing is asked yet.
    ///
    /// # Errors
    /// When its name, its address or its prefix is none.
    pub fn open(&self) -> Result<Arc<dyn ObjectStore>, BucketFault> {
        if !is_bucket_name(&self.name) {
            return Err(BucketFault::Name(self.name.clone()));
        }
        let prefix = object_store::path::Path::parse(&self.prefix)
            .map_err(|_| BucketFault::Prefix(self.prefix.clone()))?;
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            .with_virtual_hosted_style_request(!self.path_style)
            .with_access_key_id(self.key.id.expose())
            .with_secret_access_key(self.key.secret.expose())
            // One by one, which every server can.
            .with_disable_bulk_delete(true)
            .with_retry(RetryConfig {
                backoff: BackoffConfig::default(),
                max_retries: AGAIN_AT_MOST,
                retry_timeout: AGAIN_WITHIN,
            })
            .with_http_connector(Way);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(self.address(endpoint)?);
        }
        let bucket = builder
            .build()
            .map_err(|fault| BucketFault::Way(fault.to_string()))?;
        Ok(Arc::new(PrefixStore::new(bucket, prefix)))
    }

    /// The way there, tried out: a file is written, listed, read and deleted again.
    ///
    /// # Errors
    /// What cannot be used.
    pub async fn open_tried(&self, entropy: &Entropy) -> Result<Arc<dyn ObjectStore>, BucketFault> {
        let store = self.open()?;
        try_out(&store, entropy).await?;
        Ok(store)
    }

    /// Whether it is there and opens with this key. Changes nothing.
    ///
    /// # Errors
    /// What cannot be used.
    pub async fn look(&self) -> Result<(), BucketFault> {
        Ok(look(&self.open()?).await?)
    }

    /// The server's address, with the bucket in the name of its host where that is wanted.
    fn address(&self, endpoint: &str) -> Result<String, BucketFault> {
        let url: Url = endpoint.parse().map_err(|_| BucketFault::Endpoint)?;
        let host = url.host_str().ok_or(BucketFault::Endpoint)?;
        let plain = matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !plain {
            return Err(BucketFault::Endpoint);
        }
        let port = url
            .port()
            .map(|port| format!(":{port}"))
            .unwrap_or_default();
        let bucket = if self.path_style {
            String::new()
        } else {
            format!("{}.", self.name)
        };
        Ok(format!("{}://{bucket}{host}{port}", url.scheme()))
    }
}

/// What servers agree on: 3 to 63 small letters, digits, dots and hyphens.
fn is_bucket_name(name: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    (3..=63).contains(&name.len())
        && name.bytes().all(fits)
        && !name.starts_with(['.', '-'])
        && !name.contains("..")
}

/// Straight to the server that was named: through no proxy that the environment names, and wherever else it points.
#[derive(Debug)]
struct Way;

impl HttpConnector for Way {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        // Another part of the process may have been first, with the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .http1_only()
            .connect_timeout(CONNECTING_AT_MOST)
            .timeout(ASKING_AT_MOST)
            .build();
        client
            .map(HttpClient::new)
            .map_err(|fault| object_store::Error::Generic {
                store: "S3",
                source: Box::new(fault),
            })
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn bucket() -> Bucket {
        Bucket {
            name: "board".to_owned(),
            prefix: String::new(),
            endpoint: Some("https://s3.example.org:9000".to_owned()),
            region: "garage".to_owned(),
            path_style: true,
            key: BucketKey::new("id", "hush").unwrap(),
        }
    }

    #[test]
    fn the_bucket_is_named_in_the_path_or_in_the_host() {
        let mut bucket = bucket();
        let endpoint = bucket.endpoint.clone().unwrap();
        assert_eq!(
            bucket.address(&endpoint).unwrap(),
            "https://s3.example.org:9000"
        );
        bucket.path_style = false;
        assert_eq!(
            bucket.address(&endpoint).unwrap(),
            "https://board.s3.example.org:9000"
        );
    }

    #[test]
    fn what_is_no_address_no_bucket_and_no_prefix_is_refused() {
        for endpoint in [
            "s3.example.org",
            "ftp://s3.example.org",
            "https://s3.example.org/board",
            "https://somebody:secret@s3.example.org",
            "https://s3.example.org?x",
            "",
        ] {
            let fault = bucket().address(endpoint);
            assert!(matches!(fault, Err(BucketFault::Endpoint)), "{endpoint}");
        }
        for name in ["", "a", "Board", "b/c", "a..b", "-ab", "b?x=y"] {
            let named = Bucket {
                name: name.to_owned(),
                ..bucket()
            };
            assert!(matches!(named.open(), Err(BucketFault::Name(_))), "{name}");
        }
        for prefix in ["a//b", "../a", "a/./b"] {
            let named = Bucket {
                prefix: prefix.to_owned(),
                ..bucket()
            };
            assert!(
                matches!(named.open(), Err(BucketFault::Prefix(_))),
                "{prefix}"
            );
        }
    }

    #[test]
    fn a_key_is_two_lines_that_nobody_else_can_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bucket.key");
        let set = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        set(folder.path(), 0o755);
        assert!(matches!(
            BucketKey::read(&path),
            Err(BucketFault::KeyFile { .. })
        ));
        for text in [
            "",
            "id",
            "id\n",
            "id\n\n",
            "id\nhush\nmore",
            "an id\nhush",
            "id\na hush",
        ] {
            fs::write(&path, text).unwrap();
            set(&path, 0o600);
            let read = BucketKey::read(&path);
            assert!(
                matches!(read, Err(BucketFault::KeyUnreadable(_))),
                "{text:?}"
            );
        }
        for text in ["id\nhush", "id\r\nhush\r\n\n"] {
            fs::write(&path, text).unwrap();
            set(&path, 0o600);
            assert_eq!(BucketKey::read(&path).unwrap(), bucket().key);
        }
        set(&path, 0o644);
        assert!(matches!(
            BucketKey::read(&path),
            Err(BucketFault::KeyOpen(_))
        ));
        assert!(!format!("{:?}", bucket().key).contains("hush"));
    }
}
