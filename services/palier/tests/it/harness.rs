//! A board to test in: every role in one process, or each in one of its own; real HTTP, a clock that only moves when a test moves it.

pub mod apart;
pub mod client;
pub mod databases;
pub mod fleet;
pub mod follower;
pub mod pictures;
pub mod postgres;
pub mod process;
pub mod receiver;
pub mod resident;
pub mod way;
pub mod writing;

use std::fs::Permissions;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use contract::common::Empty;
use contract::identity::{
    AppointRequest, CreateInviteRequest, CreateNeighbourhoodRequest, Density, Households,
    create_invite_reply,
};
use contract::{Caller, IdentityClient, NeighbourhoodId};
use geo::CoarseCell;
use media::scratch::Server;
use palier::config::{self, Config, Rate, Rates};
use palier::wiring::{Doors, House, Role, Roles, Surroundings};
use runtime::{Clock, Entropy};
use sea_orm::{ConnectionTrait, Statement};
use store::Store;
use tempfile::TempDir;

use crate::privacy::files;
pub use client::Client;
use databases::Databases;

/// 2026-11-21T10:07:00Z, between two quarters of an hour.
pub const NOW_MS: i64 = 1_795_255_620_000;
pub const SLUG: &str = "canal";
pub const PASSWORD: &str = "a quiet lighthouse by the canal";

/// A board under test.
pub struct Board {
    houses: Vec<Arc<House>>,
    pub clock: Clock,
    pub address: SocketAddr,
    pub neighbourhood: NeighbourhoodId,
    _folder: TempDir,
    pub config: Config,
    databases: Option<Databases>,
    bucket: Option<Server>,
}

impl Board {
    /// On SQLite files.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::open(folder, |_| {}).await
    }

    /// On SQLite files, with a bound on how often one resident asks.
    pub async fn asked_at_most(rate: Rate) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let change = |config: &mut Config| config.gateway.rates.queries = Some(rate);
        Self::open(folder, change).await
    }

    /// A process for each role, and two for pictures: PostgreSQL with a schema for each role, Redis between them, a bucket on an
    /// S3-compatible server, certificates, gRPC.
    pub async fn apart() -> Self {
        Self::open_apart(|_| {}).await
    }

    /// The same with a second edge, at an address of its own, and a bound on how often something is tried there.
    pub async fn apart_with_two_edges(entries: Rate) -> (Self, SocketAddr) {
        let change = |config: &mut Config| config.gateway.rates.entries = Some(entries);
        let mut board = Self::open_apart(change).await;
        let second = free_address();
        let first = std::mem::replace(&mut board.config.listen, second.to_string());
        board.play(&Roles::of([Role::Gateway])).await;
        board.config.listen = first;
        (board, second)
    }

    async fn open_apart(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let databases = Databases::fresh().await;
        let stores = databases.stores.clone();
        let bucket = Server::start();
        let key = folder.path().join("bucket.key");
        std::fs::write(&key, bucket.key()).unwrap();
        std::fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
        let pictures = config::Media {
            files: Some(in_bucket(&bucket)),
            s3: config::S3 {
                endpoint: Some(bucket.url()),
                key: Some(key),
                ..config::S3::default()
            },
            ..config::Media::default()
        };
        let mut board = Self::beginning(folder, Some(databases), |config| {
            config.stores = stores;
            config.media = pictures;
            let redis = bus::scratch::Scratch::redis();
            config.bus = Some(redis.url);
            config.bus_prefix = Some(redis.prefix);
            // Whatever else the machine does: edges count together.
            config.gateway.shared_rates_within_ms = Some(60_000);
            change(config);
        });
        board.bucket = Some(bucket);
        palier::secrets::make(&board.config, &Clock::System, false).unwrap();
        let roles = [Role::Identity, Role::Posts, Role::Media, Role::Feeds];
        for role in roles {
            board.play(&Roles::of([role])).await;
        }
        board.play_media_again().await;
        board.play(&Roles::of([Role::Gateway])).await;
        board.settled().await
    }

    /// One of each.
    pub async fn each() -> [Self; 2] {
        [Self::sqlite().await, Self::apart().await]
    }

    async fn open(folder: TempDir, change: impl FnOnce(&mut Config)) -> Self {
        let mut board = Self::beginning(folder, None, change);
        board.play(&Roles::all()).await;
        board.settled().await
    }

    fn beginning(
        folder: TempDir,
        databases: Option<Databases>,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let many = Some(Rate {
            burst: 1_000_000,
            per_minute: 1_000_000,
        });
        let address = free_address();
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
        let places = &mut config.roles;
        for place in [
            &mut places.identity,
            &mut places.posts,
            &mut places.media,
            &mut places.feeds,
        ] {
            let at = free_address().to_string();
            place.listen = Some(at.clone());
            place.at = vec![at];
        }
        change(&mut config);
        Self {
            houses: Vec::new(),
            clock: Clock::manual(NOW_MS),
            address,
            neighbourhood: NeighbourhoodId::from_random([0; 16]),
            _folder: folder,
            config,
            databases,
            bucket: None,
        }
    }

    /// Starts a process that plays these roles, with nothing in its background but what hears.
    async fn play(&mut self, roles: &Roles) {
        let surroundings = Surroundings {
            roles: roles.clone(),
            clock: self.clock.clone(),
            entropy: Entropy::System,
            demo: true,
            serves: true,
        };
        let doors = Doors::take(&self.config, roles).await.unwrap();
        let house = Arc::new(House::build(&self.config, surroundings).await.unwrap());
        house.check().await;
        house.bus.start(house.tasks());
        let serving = house.clone();
        house
            .tasks()
            .start(async move { serving.serve(doors).await.unwrap() });
        self.houses.push(house);
    }

    /// The board that a backup of another was put back to, in one process. The other is stopped: it goes on with its log of
    /// deletions.
    pub async fn restored(
        of: &mut Self,
        config: Config,
        folder: TempDir,
        databases: Option<Databases>,
    ) -> Self {
        for house in of.houses.drain(..).rev() {
            house.stop().await;
        }
        let address = free_address();
        let mut board = Self {
            houses: Vec::new(),
            clock: of.clock.clone(),
            address,
            neighbourhood: of.neighbourhood,
            _folder: folder,
            config: Config {
                listen: address.to_string(),
                bus: None,
                ..config
            },
            databases,
            bucket: None,
        };
        board.play(&Roles::all()).await;
        board
    }

    /// Starts a second process for pictures; an edge that starts later knows of both.
    async fn play_media_again(&mut self) {
        let at = free_address().to_string();
        self.config.roles.media.at.push(at.clone());
        let first = self.config.roles.media.listen.replace(at);
        self.play(&Roles::of([Role::Media])).await;
        self.config.roles.media.listen = first;
    }

    /// Starts what every process does by itself.
    pub async fn start(&self) {
        for house in &self.houses {
            house.start().await;
        }
    }

    /// The server that has the pictures of a board that is apart.
    pub fn bucket(&self) -> &Server {
        self.bucket.as_ref().unwrap()
    }

    /// Stops one of the processes that play a role.
    pub async fn stop_one(&mut self, role: Role) {
        let at = self.houses.iter().position(|house| house.plays(role));
        self.houses.remove(at.unwrap()).stop().await;
    }

    async fn settled(mut self) -> Self {
        self.neighbourhood = found(&self).await;
        self.drain().await;
        self
    }

    /// The process that plays a role.
    pub fn house(&self, role: Role) -> &House {
        let mut houses = self.houses.iter();
        houses.find(|house| house.plays(role)).unwrap()
    }

    /// Identity, as the operator reaches it: from the same process.
    pub fn identity(&self) -> IdentityClient {
        self.house(Role::Identity).clients.identity.clone()
    }

    pub fn pass(&self, ms: i64) {
        self.clock.advance(Duration::from_millis(ms.unsigned_abs()));
    }

    /// Lets every event arrive.
    pub async fn drain(&self) {
        loop {
            let mut waiting = 0;
            for house in &self.houses {
                house.drain().await.unwrap();
                waiting += house.waiting().await.unwrap();
            }
            if waiting == 0 {
                break;
            }
        }
        self.signals_arrive().await;
    }

    /// Waits until whatever was signalled is heard in every process: of what one process says, nothing overtakes the rest.
    async fn signals_arrive(&self) {
        let entropy = Entropy::System;
        for from in &self.houses {
            let last = bus::Topic::Post(contract::PostId::from_random(entropy.bytes()));
            let heard = self
                .houses
                .iter()
                .map(|house| house.bus.listen(last.clone()));
            let mut heard: Vec<_> = heard.collect();
            from.bus.signal(&last);
            for signals in &mut heard {
                signals.next().await;
            }
        }
    }

    /// One round of every role's sweeper.
    pub async fn sweep(&self) {
        for house in &self.houses {
            house.sweep().await;
        }
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
        let reply = self.identity().create_invite(request).await.unwrap();
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
        let mut identity = self.identity();
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
        self.identity().appoint(request).await.unwrap();
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
        self.house(Role::Identity).deliver_mail().await.unwrap();
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
        let mut stores = self.houses.iter().flat_map(|house| house.stores());
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

    /// What the processes of this board have in Redis, where there are several.
    pub fn redis(&self) -> bus::scratch::Scratch {
        let (url, prefix) = (&self.config.bus, &self.config.bus_prefix);
        bus::scratch::Scratch {
            url: url.clone().unwrap(),
            prefix: prefix.clone().unwrap(),
        }
    }

    /// Every file of a picture, wherever pictures are.
    pub fn pictures(&self) -> Vec<PathBuf> {
        match &self.bucket {
            Some(server) => files(&server.folder(&server.bucket(BUCKET)).join("pictures")),
            None => files(&self.config.data.join("pictures")),
        }
    }

    fn mail_folder(&self) -> PathBuf {
        self.config.data.join("mails")
    }

    /// Stops everything and removes what was made for it.
    pub async fn close(self) {
        for house in self.houses.iter().rev() {
            house.stop().await;
        }
        if let Some(databases) = self.databases {
            databases.forget().await;
        }
    }
}

const BUCKET: &str = "board";

fn in_bucket(server: &Server) -> String {
    let bucket = server.bucket(BUCKET);
    format!("s3://{}/{}", bucket.name, bucket.prefix)
}

/// An address that nobody listens on: another for each who asks, and below the ports that Linux gives to those who connect
/// (from 32768 on), so that nobody comes to have it by chance.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let process = std::process::id() % 20;
    loop {
        let step = NEXT.fetch_add(1, Ordering::Relaxed) % 1_000;
        let port = 10_000 + 1_000 * u16::try_from(process).unwrap() + step;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if std::net::TcpListener::bind(address).is_ok() {
            return address;
        }
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

async fn found(board: &Board) -> NeighbourhoodId {
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
    let made = board
        .identity()
        .create_neighbourhood(request)
        .await
        .unwrap();
    let listed = Caller::Operator.request(Empty {});
    let listed = board.identity().list_neighbourhoods(listed).await.unwrap();
    assert_eq!(listed.into_inner().neighbourhoods.len(), 1);
    NeighbourhoodId::from_bytes(&made.into_inner().id).unwrap()
}
