//! A board with two processes of every role, over servers and ways of its own, of which each may fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Permissions;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;

use palier::wiring::Role;
use sea_orm::{ConnectionTrait, Statement};
use store::Store;
use tempfile::TempDir;
use tokio::task::block_in_place;

use super::databases::Databases;
use super::free_address;
use super::postgres::Postgres;
use super::process::{Program, Server};
use super::way::{End, Way, Weather};

/// One of the processes of a role.
pub type Place = (Role, usize);

/// Of every role so many.
pub const REPLICAS: usize = 2;

/// Two processes of every role, with PostgreSQL, Redis and a bucket; one address before the edges, and a way to whatever
/// somebody talks to.
pub struct Fleet {
    pub origin: String,
    processes: BTreeMap<Place, Server>,
    /// The settings of one process alone.
    own: BTreeMap<Place, Vec<(String, String)>>,
    /// The addresses of the edges themselves.
    pub edges: Vec<SocketAddr>,
    /// To every process behind the edge.
    ways: BTreeMap<Place, Way>,
    to_redis: Way,
    _to_postgres: Way,
    _front: Way,
    program: Program,
    databases: Databases,
    pub postgres: Postgres,
    pub redis: bus::scratch::Server,
    keys: bus::scratch::Scratch,
    _bucket: media::scratch::Server,
    _folder: TempDir,
}

impl Fleet {
    /// With residents, and everything running.
    pub async fn settled(residents: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (postgres, redis) = block_in_place(|| (Postgres::new(), bus::scratch::Server::new()));
        let to_postgres = Way::to(vec![End::Unix(postgres.socket())]).await;
        let to_redis = Way::to(vec![End::Unix(redis.socket())]).await;
        let server = format!("postgres://palier@{}/postgres", to_postgres.at);
        let databases = Databases::at(server).await;
        let mut program = Program::with(&folder.path().join("data"));
        program.set("BUS", &format!("redis://{}", to_redis.at));
        let keys = redis.keys();
        program.set("BUS_PREFIX", &keys.prefix);
        for (name, address) in databases.settings() {
            program.set(name, address);
        }
        let bucket = media::scratch::Server::start();
        let pictures = bucket.bucket("board");
        let key = folder.path().join("bucket.key");
        std::fs::write(&key, bucket.key()).unwrap();
        std::fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
        let files = format!("s3://{}/{}", pictures.name, pictures.prefix);
        program.set("MEDIA__FILES", &files);
        program.set("MEDIA__S3__ENDPOINT", &bucket.url());
        program.set("MEDIA__S3__KEY", key.to_str().unwrap());

        let (mut own, mut ways) = (BTreeMap::new(), BTreeMap::new());
        let mut edges = Vec::new();
        for role in Role::ALL {
            let name = role.name().to_uppercase();
            let mut at = Vec::new();
            for number in 0..REPLICAS {
                let (place, listens) = ((role, number), free_address());
                let setting = if role == Role::Gateway {
                    edges.push(listens);
                    "LISTEN".to_owned()
                } else {
                    let way = Way::to(vec![End::Tcp(listens)]).await;
                    at.push(format!("{:?}", way.at.to_string()));
                    ways.insert(place, way);
                    format!("ROLES__{name}__LISTEN")
                };
                own.insert(place, vec![(setting, listens.to_string())]);
            }
            if !at.is_empty() {
                let at = at.join(",");
                program.set(&format!("ROLES__{name}__AT"), &format!("[{at}]"));
            }
        }
        let front = Way::to(edges.iter().copied().map(End::Tcp).collect()).await;
        let origin = format!("http://{}", front.at);
        program.set("PUBLIC_URL", &origin);
        block_in_place(|| program.settle(residents));
        let mut fleet = Self {
            origin,
            processes: BTreeMap::new(),
            own,
            edges,
            ways,
            to_redis,
            _to_postgres: to_postgres,
            _front: front,
            program,
            databases,
            postgres,
            redis,
            keys,
            _bucket: bucket,
            _folder: folder,
        };
        for place in fleet.places() {
            fleet.start(place);
        }
        fleet
    }

    /// Every process, the edges last.
    pub fn places(&self) -> Vec<Place> {
        self.own.keys().copied().collect()
    }

    /// Starts a process that does not run.
    pub fn start(&mut self, place: Place) {
        let server = block_in_place(|| self.program.run(place.0.name(), &self.own[&place]));
        assert!(self.processes.insert(place, server).is_none());
    }

    /// `kill -9`.
    pub fn kill(&mut self, place: Place) {
        block_in_place(|| drop(self.processes.remove(&place).unwrap()));
    }

    /// Asks a process to stop, waits until it has, and starts it again.
    pub fn restart(&mut self, place: Place) {
        let server = self.processes.remove(&place).unwrap();
        block_in_place(|| server.stop());
        self.start(place);
    }

    /// From now on it goes like this on the way to one process.
    pub fn set_way(&self, place: Place, weather: Weather) {
        self.ways[&place].set(weather);
    }

    /// From now on it goes like this on the way to Redis.
    pub fn set_way_to_redis(&self, weather: Weather) {
        self.to_redis.set(weather);
    }

    /// Redis forgets all it has of this board.
    pub async fn empty_redis(&self) {
        self.keys.empty().await;
    }

    /// The ids of what stands in a column, asked of the database of a role itself.
    pub async fn ids(&self, role: &str, table: &str, column: &str) -> BTreeSet<String> {
        let stores = self.databases.settings();
        let mut stores = stores.iter();
        let (_, address) = stores.find(|(name, _)| name.ends_with(role)).unwrap();
        let store = Store::open(address).await.unwrap();
        let on = store.read();
        let sql = format!("SELECT {column}::text AS id FROM {table}");
        let rows = on.query_all_raw(Statement::from_string(on.get_database_backend(), sql));
        let rows = rows.await.unwrap();
        let ids = rows.iter().map(|row| row.try_get("", "id").unwrap());
        let ids = ids.collect();
        store.close().await;
        ids
    }
}
