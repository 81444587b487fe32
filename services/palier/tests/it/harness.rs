//! A board to test in: every role in one process, real HTTP, a clock that only moves when a test moves it.

pub mod client;
pub mod pictures;
pub mod process;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use contract::common::Empty;
use contract::identity::{
    AppointRequest, CreateInviteRequest, CreateNeighbourhoodRequest, Density, Households,
    create_invite_reply,
};
use contract::{Caller, NeighbourhoodId};
use geo::CoarseCell;
use palier::config::{Config, Rate, Rates};
use palier::wiring::{House, MIGRATIONS, Surroundings};
use runtime::{Clock, Entropy};
use sea_orm::{ConnectionTrait, Statement};
use store::Store;
use store::scratch::postgres_server;
use tempfile::TempDir;
use tokio::net::TcpListener;

pub use client::Client;

/// 2026-11-21T10:07:00Z, between two quarters of an hour.
pub const NOW_MS: i64 = 1_795_255_620_000;
pub const SLUG: &str = "canal";
pub const PASSWORD: &str = "a quiet lighthouse by the canal";

/// A board under test.
pub struct Board {
    pub house: House,
    pub clock: Clock,
    pub address: SocketAddr,
    pub neighbourhood: NeighbourhoodId,
    _folder: TempDir,
    pub config: Config,
    schemas: Vec<String>,
}

impl Board {
    /// On SQLite files.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::open(folder, Vec::new(), |_| {}).await
    }

    /// On SQLite files, with a bound on how often one resident asks.
    pub async fn asked_at_most(rate: Rate) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let change = |config: &mut Config| config.gateway.rates.queries = Some(rate);
        Self::open(folder, Vec::new(), change).await
    }

    /// On PostgreSQL, a schema for each role.
    pub async fn postgres() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let unique = u64::from_le_bytes(Entropy::System.bytes());
        let server = postgres_server();
        let outer = Store::open(&server).await.unwrap_or_else(|fault| {
            panic!("PostgreSQL is needed at {server} ({fault}); `make test` starts one")
        });
        let mut schemas = Vec::new();
        for migrations in MIGRATIONS {
            let schema = format!("board_{unique:x}_{}", migrations.role);
            outer.fresh_schema(&schema).await.unwrap();
            schemas.push(schema);
        }
        outer.close().await;
        let addresses: Vec<String> = schemas
            .iter()
            .map(|schema| {
                let joint = if server.contains('?') { '&' } else { '?' };
                format!("{server}{joint}options=-c%20search_path%3D{schema}")
            })
            .collect();
        Self::open(folder, schemas, |config| {
            let [identity, posts, media, feeds] = addresses.try_into().unwrap();
            config.stores.identity = Some(identity);
            config.stores.posts = Some(posts);
            config.stores.media = Some(media);
            config.stores.feeds = Some(feeds);
        })
        .await
    }

    /// One of each.
    pub async fn each() -> [Self; 2] {
        [Self::sqlite().await, Self::postgres().await]
    }

    async fn open(folder: TempDir, schemas: Vec<String>, change: impl FnOnce(&mut Config)) -> Self {
        let clock = Clock::manual(NOW_MS);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let many = Some(Rate {
            burst: 1_000_000,
            per_minute: 1_000_000,
        });
        let mut config = Config {
            data: folder.path().join("data"),
            listen: address.to_string(),
            ..Config::default()
        };
        config.gateway.rates = Rates {
            requests: many,
            queries: many,
            mutations: many,
            uploads: many,
            entries: many,
            sockets: many,
        };
        config.posts.posts_a_day = 100_000;
        change(&mut config);
        let surroundings = Surroundings {
            clock: clock.clone(),
            entropy: Entropy::System,
            demo: true,
            serves: true,
        };
        let house = House::build(&config, surroundings).await.unwrap();
        house.check().await;
        let gateway = house.gateway.clone();
        let stopping = house.tasks().stopping();
        house
            .tasks()
            .start(async move { gateway.serve(listener, stopping).await });
        let neighbourhood = found(&house).await;
        house.drain().await.unwrap();
        Self {
            house,
            clock,
            address,
            neighbourhood,
            _folder: folder,
            config,
            schemas,
        }
    }

    pub fn pass(&self, ms: i64) {
        self.clock.advance(Duration::from_millis(ms.unsigned_abs()));
    }

    /// Lets every event arrive.
    pub async fn drain(&self) {
        self.house.drain().await.unwrap();
    }

    /// Somebody's browser, signed out.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// A code that opens the neighbourhood.
    pub async fn code(&self, founder: bool) -> String {
        self.code_of(self.neighbourhood, founder).await
    }

    async fn code_of(&self, neighbourhood: NeighbourhoodId, founder: bool) -> String {
        let request = Caller::Operator.request(CreateInviteRequest {
            neighbourhood: neighbourhood.to_bytes(),
            uses: 10,
            days: 30,
            founder,
        });
        let reply = self
            .house
            .clients
            .identity
            .clone()
            .create_invite(request)
            .await
            .unwrap();
        match reply.into_inner().outcome {
            Some(create_invite_reply::Outcome::Created(invite)) => invite.code,
            other => panic!("{other:?}"),
        }
    }

    /// Somebody who joined with a founders' code, signed in.
    pub async fn founder(&self, pseudonym: &str) -> Client {
        let code = self.code(true).await;
        self.joined(pseudonym, &code).await
    }

    /// Somebody who just joined, signed in.
    pub async fn newcomer(&self, pseudonym: &str) -> Client {
        let code = self.code(false).await;
        self.joined(pseudonym, &code).await
    }

    /// A member of another neighbourhood alone, signed in.
    pub async fn stranger(&self, pseudonym: &str) -> Client {
        let elsewhere = CoarseCell::at(60.17, 24.94, 14).unwrap();
        let request = Caller::Operator.request(CreateNeighbourhoodRequest {
            slug: "elsewhere".into(),
            name: "Elsewhere".into(),
            grain: 14,
            density: Some(Density {
                cells: vec![Households {
                    place: elsewhere.to_i64(),
                    count: 500,
                }],
            }),
            names: Vec::new(),
        });
        let mut identity = self.house.clients.identity.clone();
        let made = identity.create_neighbourhood(request).await.unwrap();
        let made = NeighbourhoodId::from_bytes(&made.into_inner().id).unwrap();
        let code = self.code_of(made, true).await;
        self.joined(pseudonym, &code).await
    }

    /// A moderator, signed in.
    pub async fn moderator(&self, pseudonym: &str) -> Client {
        let client = self.founder(pseudonym).await;
        let request = Caller::Operator.request(AppointRequest {
            neighbourhood: self.neighbourhood.to_bytes(),
            email: email(pseudonym),
            moderator: true,
        });
        self.house
            .clients
            .identity
            .clone()
            .appoint(request)
            .await
            .unwrap();
        client
    }

    async fn joined(&self, pseudonym: &str, code: &str) -> Client {
        let client = self.client();
        client
            .sign_up(&email(pseudonym), PASSWORD, code, pseudonym)
            .await;
        let token = self.mailed_token().await;
        client.confirm(&token).await;
        client
    }

    /// The token in the link of the newest mail; every mail there is is read and removed.
    pub async fn mailed_token(&self) -> String {
        let mails = self.mails().await;
        mails
            .iter()
            .rev()
            .find_map(|mail| token_in(mail))
            .unwrap_or_else(|| panic!("no mail with a link among {}", mails.len()))
    }

    /// Every mail that left since the last time, as text.
    pub async fn mails(&self) -> Vec<String> {
        self.house.identity.deliver_mail().await.unwrap();
        let mut mails = Vec::new();
        for entry in std::fs::read_dir(self.mail_folder()).unwrap() {
            let path = entry.unwrap().path();
            let mail = std::fs::read_to_string(&path).unwrap();
            std::fs::remove_file(&path).unwrap();
            mails.push(mail.replace("=\r\n", "").replace("=3D", "="));
        }
        mails
    }

    /// The database of a role.
    pub fn store(&self, role: &str) -> &Store {
        let mut stores = self.house.stores().iter();
        let (_, store) = stores.find(|(name, _)| *name == role).unwrap();
        store
    }

    /// How many rows a table of a role has.
    pub async fn rows(&self, role: &str, table: &str) -> i64 {
        let on = self.store(role).read();
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        let row = on
            .query_one_raw(Statement::from_string(on.get_database_backend(), sql))
            .await
            .unwrap();
        row.unwrap().try_get("", "n").unwrap()
    }

    fn mail_folder(&self) -> PathBuf {
        self.config.data.join("mails")
    }

    /// Stops everything and removes what was made for it.
    pub async fn close(self) {
        self.house.stop().await;
        if self.schemas.is_empty() {
            return;
        }
        let outer = Store::open(&postgres_server()).await.unwrap();
        for schema in self.schemas {
            outer.drop_schema(&schema).await.unwrap();
        }
        outer.close().await;
    }
}

/// The address of somebody in these tests.
pub fn email(pseudonym: &str) -> String {
    let name: String = pseudonym
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    format!("{name}@example.org")
}

/// The token in the link of a mail.
pub fn token_in(mail: &str) -> Option<String> {
    let (_, rest) = mail.split_once("#token=")?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    Some(rest[..end.unwrap_or(rest.len())].to_owned())
}

/// How many households live in the cells of [`cells`] that are many enough to be tiles by themselves, and in those that are
/// not: the last four, which are one tile of level 13 together.
const HOUSEHOLDS: (u32, u32) = (150, 30);

/// The tiles of the neighbourhood under test: twelve of level 14 and one of level 13.
pub fn tiles() -> Vec<CoarseCell> {
    let mut tiles = cells();
    let last = tiles.split_off(12);
    tiles.push(last[0].coarsened(13));
    tiles
}

/// The finest cells of the neighbourhood under test: those of one cell of level 12, with households everywhere.
pub fn cells() -> Vec<CoarseCell> {
    let mut cells = vec![CoarseCell::from_token("47e66e1c").unwrap().coarsened(12)];
    while cells[0].level() < geo::FINEST {
        cells = cells
            .into_iter()
            .flat_map(|cell| cell.children().unwrap())
            .collect();
    }
    cells
}

async fn found(house: &House) -> NeighbourhoodId {
    let (many, few) = HOUSEHOLDS;
    let households = cells()
        .into_iter()
        .enumerate()
        .map(|(at, cell)| Households {
            place: cell.to_i64(),
            count: if at < 12 { many } else { few },
        });
    let request = Caller::Operator.request(CreateNeighbourhoodRequest {
        slug: SLUG.to_owned(),
        name: "Le Canal".to_owned(),
        grain: u32::from(geo::FINEST),
        density: Some(Density {
            cells: households.collect(),
        }),
        names: Vec::new(),
    });
    let made = house
        .clients
        .identity
        .clone()
        .create_neighbourhood(request)
        .await
        .unwrap();
    let listed = Caller::Operator.request(Empty {});
    let listed = house
        .clients
        .identity
        .clone()
        .list_neighbourhoods(listed)
        .await
        .unwrap();
    assert_eq!(listed.into_inner().neighbourhoods.len(), 1);
    NeighbourhoodId::from_bytes(&made.into_inner().id).unwrap()
}
