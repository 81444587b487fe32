//! Opening a board: where its data are, and which processes play which roles.

use std::fs::Permissions;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use contract::NeighbourhoodId;
use media::scratch::Server;
use palier::config::{self, Config, Rate, Rates};
use palier::wiring::{Doors, House, Role, Roles, Surroundings};
use runtime::{Clock, Entropy};
use tempfile::TempDir;

use super::databases::Databases;
use super::neighbourhood::found;
use super::{BUCKET, Board};

/// 2026-11-21T10:07:00Z, between two quarters of an hour.
const NOW_MS: i64 = 1_795_255_620_000;

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
        let roles = [
            Role::Identity,
            Role::Posts,
            Role::Media,
            Role::Feeds,
            Role::Moderation,
        ];
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
            &mut places.moderation,
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

    async fn settled(mut self) -> Self {
        self.neighbourhood = found(&self).await;
        self.drain().await;
        self
    }
}

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
