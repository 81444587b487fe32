//! A board to test in: every role in one process, or each in one of its own; real HTTP, a clock that only moves when a test moves it.

pub mod apart;
pub mod client;
pub mod databases;
pub mod desk;
pub mod fleet;
pub mod follower;
mod neighbourhood;
mod opening;
mod people;
pub mod pictures;
pub mod postgres;
pub mod process;
pub mod receiver;
pub mod resident;
pub mod way;
pub mod writing;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use contract::{IdentityClient, NeighbourhoodId};
use media::scratch::Server;
use palier::config::Config;
use palier::wiring::{House, Role};
use runtime::{Clock, Entropy};
use sea_orm::{ConnectionTrait, Statement};
use store::Store;
use tempfile::TempDir;

use crate::privacy::files;
pub use client::Client;
use databases::Databases;
pub use neighbourhood::{SLUG, cells, tiles};
pub use opening::free_address;
pub use people::{PASSWORD, email, token_in};

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
            for house in &self.houses {
                house.drain().await.unwrap();
            }
            // What one process heard a moment ago may be what another one, asked before, has to tell now: ask all of them twice.
            if self.waiting().await + self.waiting().await == 0 {
                break;
            }
        }
        self.signals_arrive().await;
    }

    async fn waiting(&self) -> i64 {
        let mut waiting = 0;
        for house in &self.houses {
            waiting += house.waiting().await.unwrap();
        }
        waiting
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
