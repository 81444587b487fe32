//! Every setting of an instance, with defaults under which `palier all` needs none.

use std::path::{Path, PathBuf};

use runtime::SettingFault;
use runtime::telemetry::Receiver;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wiring::{Role, Roles};

/// The settings of an instance: `palier.toml`, overridden by `PALIER_*` (`PALIER_MAIL__TO` for `mail.to`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The folder of everything that is kept: databases, pictures, mails, keys.
    pub data: PathBuf,
    /// The address and port to listen on.
    pub listen: String,
    /// Where residents reach the board: scheme, host and port. Absent: `http://` and `listen`.
    pub public_url: Option<String>,
    /// How much is logged: `error`, `warn`, `info` or `debug`, or a level per part (`info,posts=debug`).
    pub log: String,
    /// The folder of secret keys. Absent: `keys` in `data`. Keep it out of the backups of the data.
    pub keys: Option<PathBuf>,
    /// Where each role keeps its rows.
    pub stores: Stores,
    /// Pictures.
    pub media: Media,
    /// Mail.
    pub mail: Mail,
    /// The edge.
    pub gateway: Gateway,
    /// Limits of writing.
    pub posts: Posts,
    /// Limits of reporting.
    pub moderation: Moderation,
    /// How processes tell one another what happened: `redis://HOST:PORT`. Absent: within the one process that there is.
    pub bus: Option<String>,
    /// What the keys of this board on that Redis begin with, where several boards share it. Absent: `palier`.
    pub bus_prefix: Option<String>,
    /// Where each role is, when they run in processes of their own.
    pub roles: Places,
    /// The folder of the certificates by which processes know one another. Absent: `certificates` in `data`.
    pub certificates: Option<PathBuf>,
    /// Traces and figures, for those who watch the board.
    pub telemetry: Telemetry,
    /// Where a process of `palier run` says how it is (the gRPC health service, without certificates). Absent: nowhere.
    pub probes: Option<String>,
}

/// Traces and figures, for those who watch the board: of steps and sums, never of anybody.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Telemetry {
    /// What takes them, as OTLP over gRPC: `http://HOST:4317`. Absent: nothing is measured.
    pub otlp: Option<String>,
    /// Of a hundred requests, so many are traced. Figures count all of them.
    pub traces_percent: u8,
}

impl Default for Telemetry {
    fn default() -> Self {
        Self {
            otlp: None,
            traces_percent: 100,
        }
    }
}

/// Where each role is, when they run in processes of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Places {
    /// Accounts, neighbourhoods, sessions.
    pub identity: Place,
    /// Notices and comments.
    pub posts: Place,
    /// Pictures.
    pub media: Place,
    /// Rows ready to show.
    pub feeds: Place,
    /// Cases, decisions, appeals.
    pub moderation: Place,
}

/// Where a role is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Place {
    /// The address and port on which its process listens. Absent: on this machine alone, 7101 for identity, 7102 for posts, 7103
    /// for media, 7104 for feeds, 7105 for moderation.
    pub listen: Option<String>,
    /// Where the edge finds it, as `host:port`, one or several; behind one name there may be several processes.
    pub at: Vec<String>,
}

/// Where each role keeps its rows: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. Absent:
/// `sqlite://<data>/<role>.db`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Stores {
    /// Accounts, neighbourhoods, sessions.
    pub identity: Option<String>,
    /// Notices and comments.
    pub posts: Option<String>,
    /// Which picture belongs to which notice.
    pub media: Option<String>,
    /// Rows ready to show.
    pub feeds: Option<String>,
    /// Cases, decisions, appeals.
    pub moderation: Option<String>,
    /// The log of what was deleted, without which no backup is restored. Keep it on another disk than the others.
    pub deletions: Option<String>,
}

/// Pictures.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Media {
    /// Where the pictures are: `folder:PATH`, for one process alone, or `s3://BUCKET/PREFIX`, for any number of them. Absent:
    /// `folder:<data>/pictures`.
    pub files: Option<String>,
    /// The server of the bucket, where the pictures are in one.
    pub s3: S3,
    /// Memory that decoding pictures and hashing passwords may take together, in MiB; at least 64.
    pub memory_mib: u64,
}

impl Default for Media {
    fn default() -> Self {
        Self {
            files: None,
            s3: S3::default(),
            memory_mib: 192,
        }
    }
}

/// An S3-compatible server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct S3 {
    /// Its address: `https://HOST`, or `http://HOST:PORT` within a network of your own. Absent: Amazon's.
    pub endpoint: Option<String>,
    /// The region, as the server calls it.
    pub region: String,
    /// Whether requests name the bucket in their path; else in the name of the host.
    pub path_style: bool,
    /// A file of two lines that nobody else can read: the id of a key, and its secret.
    pub key: Option<PathBuf>,
}

impl Default for S3 {
    fn default() -> Self {
        Self {
            endpoint: None,
            region: "us-east-1".to_owned(),
            path_style: true,
            key: None,
        }
    }
}

/// Mail.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// How mail leaves: `smtp://`, `smtps://` or `folder:PATH`. Absent: `.eml` files in `mails` in `data`.
    pub to: Option<String>,
    /// Who mails say they are from.
    pub sender_name: String,
    /// The address mails are from.
    pub sender_address: String,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            to: None,
            sender_name: "Palier".to_owned(),
            sender_address: "palier@localhost.localdomain".to_owned(),
        }
    }
}

/// The edge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Gateway {
    /// Further origins whose pages may call, such as `https://www.example.org`.
    pub more_origins: Vec<String>,
    /// Whether the schema may be asked for. Always in the demo.
    pub introspection: bool,
    /// Whether any document may be executed, not only the persisted ones. Always in the demo.
    pub free_form_documents: bool,
    /// A JSON file of documents that may be executed by their id, beside those of the web app.
    pub documents: Option<PathBuf>,
    /// How many proxies of your own stand in front.
    pub trusted_proxies: u8,
    /// The most connections at once; more wait until one ends. One network address may have a sixteenth of them, where no
    /// proxy stands before the board.
    pub connections: Option<u16>,
    /// How often one caller may do something.
    pub rates: Rates,
    /// How many milliseconds the edge waits for the rates that it shares with others over the bus. Absent: 250.
    pub shared_rates_within_ms: Option<u32>,
}

/// How often one caller may do something; what is absent is as the gateway has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rates {
    /// Requests of any kind from one network address.
    pub requests: Option<Rate>,
    /// Operations that read.
    pub queries: Option<Rate>,
    /// Operations that change something.
    pub mutations: Option<Rate>,
    /// Pictures sent.
    pub uploads: Option<Rate>,
    /// Whatever takes a password, a code or an address.
    pub entries: Option<Rate>,
    /// Sockets opened.
    pub sockets: Option<Rate>,
}

/// So many at once after a rest, and so many a minute on the long run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// At once, after a rest.
    pub burst: u32,
    /// A minute, on the long run.
    pub per_minute: u32,
}

impl Rates {
    /// As the gateway takes them.
    pub fn over(&self, usual: &gateway::Rates) -> gateway::Rates {
        let over = |set: Option<Rate>, usual: gateway::Rate| {
            set.map_or(usual, |rate| {
                gateway::Rate::new(rate.burst, rate.per_minute.max(1))
            })
        };
        gateway::Rates {
            requests: over(self.requests, usual.requests),
            queries: over(self.queries, usual.queries),
            mutations: over(self.mutations, usual.mutations),
            uploads: over(self.uploads, usual.uploads),
            entries: over(self.entries, usual.entries),
            sockets: over(self.sockets, usual.sockets),
        }
    }
}

/// Limits of writing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Posts {
    /// Most notices of one resident in one neighbourhood a day.
    pub posts_a_day: u32,
    /// Most comments of one resident in one neighbourhood a day.
    pub comments_a_day: u32,
    /// Most answers to events, changes of mind among them, of one resident in one neighbourhood a day.
    pub rsvps_a_day: u32,
}

impl Default for Posts {
    fn default() -> Self {
        let settings = posts::Settings::default();
        Self {
            posts_a_day: settings.posts_a_day,
            comments_a_day: settings.comments_a_day,
            rsvps_a_day: settings.rsvps_a_day,
        }
    }
}

/// Limits of reporting.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Moderation {
    /// Most reports of one resident, or of one network address, in one neighbourhood a day.
    pub reports_a_day: u32,
}

impl Default for Moderation {
    fn default() -> Self {
        let settings = moderation::Settings::default();
        Self {
            reports_a_day: settings.reports_a_day,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            listen: "127.0.0.1:8080".to_owned(),
            public_url: None,
            log: "info".to_owned(),
            keys: None,
            stores: Stores::default(),
            media: Media::default(),
            mail: Mail::default(),
            gateway: Gateway::default(),
            posts: Posts::default(),
            moderation: Moderation::default(),
            bus: None,
            bus_prefix: None,
            roles: Places::default(),
            certificates: None,
            telemetry: Telemetry::default(),
            probes: None,
        }
    }
}

impl Telemetry {
    /// Where a process that plays these roles tells how it is.
    pub fn receiver(&self, roles: &Roles) -> Option<Receiver> {
        let names: Vec<&str> = roles.iter().map(Role::name).collect();
        Some(Receiver {
            address: self.otlp.clone()?,
            traces_percent: self.traces_percent,
            roles: names.join(","),
        })
    }
}

/// What test suites are told by the environment is no setting.
const NOT_SETTINGS: &str = "PALIER_TEST_";

impl Config {
    /// The settings in `file` (or in `palier.toml` here, if there is one), overridden by `overrides`.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn read(
        file: Option<&Path>,
        overrides: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingFault> {
        let usual = Path::new("palier.toml");
        let text = match file {
            Some(path) => read(path)?,
            None if usual.exists() => read(usual)?,
            None => String::new(),
        };
        let overrides = overrides
            .into_iter()
            .filter(|(name, _)| !name.starts_with(NOT_SETTINGS));
        runtime::load(&text, overrides)
    }

    /// What the environment of this process overrides.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place where configuration reads the environment"
    )]
    pub fn environment() -> impl Iterator<Item = (String, String)> {
        std::env::vars().filter(|(name, _)| name.starts_with("PALIER_"))
    }

    /// The address of a role's store.
    pub fn store(&self, role: &str) -> String {
        let set = match role {
            "identity" => &self.stores.identity,
            "posts" => &self.stores.posts,
            "media" => &self.stores.media,
            "feeds" => &self.stores.feeds,
            "moderation" => &self.stores.moderation,
            "deletions" => &self.stores.deletions,
            _ => &None,
        };
        set.clone().unwrap_or_else(|| {
            let path = self.data.join(format!("{role}.db"));
            format!("sqlite://{}", path.display())
        })
    }

    /// The file of a role's store, where that is one.
    pub fn store_file(&self, role: &str) -> Option<PathBuf> {
        let address = self.store(role);
        Some(PathBuf::from(address.strip_prefix("sqlite://")?))
    }

    /// The folder of keys.
    pub fn keys(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.data.join("keys"))
    }

    /// The folder of certificates.
    pub fn certificates(&self) -> PathBuf {
        let usual = || self.data.join("certificates");
        self.certificates.clone().unwrap_or_else(usual)
    }

    /// Where a role's process listens to the edge; the edge itself listens to browsers.
    pub fn listen(&self, role: Role) -> String {
        let usual = match role {
            Role::Identity => "127.0.0.1:7101",
            Role::Posts => "127.0.0.1:7102",
            Role::Media => "127.0.0.1:7103",
            Role::Feeds => "127.0.0.1:7104",
            Role::Moderation => "127.0.0.1:7105",
            Role::Gateway => &self.listen,
        };
        let set = self.place(role).and_then(|place| place.listen.clone());
        set.unwrap_or_else(|| usual.to_owned())
    }

    /// Where the edge finds a role.
    pub fn addresses(&self, role: Role) -> Vec<String> {
        self.place(role)
            .map(|place| place.at.clone())
            .unwrap_or_default()
    }

    const fn place(&self, role: Role) -> Option<&Place> {
        match role {
            Role::Identity => Some(&self.roles.identity),
            Role::Posts => Some(&self.roles.posts),
            Role::Media => Some(&self.roles.media),
            Role::Feeds => Some(&self.roles.feeds),
            Role::Moderation => Some(&self.roles.moderation),
            Role::Gateway => None,
        }
    }

    /// Where the pictures are.
    pub fn pictures(&self) -> String {
        let usual = || format!("folder:{}", self.data.join("pictures").display());
        self.media.files.clone().unwrap_or_else(usual)
    }

    /// The folder of the basemap.
    pub fn tiles(&self) -> PathBuf {
        self.data.join("tiles")
    }

    /// How mail leaves.
    pub fn mail(&self) -> String {
        let usual = || format!("folder:{}", self.data.join("mails").display());
        self.mail.to.clone().unwrap_or_else(usual)
    }

    /// Where residents reach the board.
    pub fn public_url(&self) -> String {
        let usual = || format!("http://{}", self.listen);
        self.public_url.clone().unwrap_or_else(usual)
    }
}

fn read(path: &Path) -> Result<String, SettingFault> {
    std::fs::read_to_string(path).map_err(|error| {
        SettingFault::new(
            path.display().to_string(),
            error.to_string(),
            "name a file that can be read, or leave --config out",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_needs_to_be_set() {
        let config = Config::read(None, []).unwrap();
        assert_eq!(config.store("posts"), "sqlite://data/posts.db");
        assert_eq!(config.public_url(), "http://127.0.0.1:8080");
        assert_eq!(config.mail(), "folder:data/mails");
        assert_eq!(config.pictures(), "folder:data/pictures");
    }

    #[test]
    fn where_a_role_is_found_says_nothing_of_where_it_listens() {
        let at = (
            "PALIER_ROLES__POSTS__AT".to_owned(),
            "[\"posts:1\"]".to_owned(),
        );
        let config = Config::read(None, [at]).unwrap();
        assert_eq!(config.addresses(Role::Posts), ["posts:1"]);
        assert_eq!(config.listen(Role::Posts), "127.0.0.1:7102");
    }

    #[test]
    fn an_override_that_is_no_setting_stops_the_start() {
        let with = |name: &str| Config::read(None, [(name.to_owned(), "1".to_owned())]);
        assert!(with("PALIER_POSTS__POSTS_A_DAY").is_ok());
        assert!(with("PALIER_POST__POSTS_A_DAY").is_err());
        assert!(with("PALIER_TEST_POSTGRES").is_ok());
    }
}
