//! A board whose roles are processes of their own, one of each.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use bus::scratch::Scratch;

use super::databases::Databases;
use super::free_address;
use super::process::{Program, Server};

/// A board whose roles are processes of their own, over PostgreSQL and Redis.
pub struct Apart {
    pub origin: String,
    program: Program,
    databases: Databases,
    redis: Scratch,
    processes: BTreeMap<&'static str, Server>,
}

impl Apart {
    pub const ROLES: [&str; 6] = [
        "identity",
        "posts",
        "media",
        "feeds",
        "moderation",
        "gateway",
    ];

    /// With residents, and nothing running yet.
    pub async fn settled(data: &Path, residents: usize) -> Self {
        let (databases, redis) = (Databases::fresh().await, Scratch::redis());
        let listen = free_address().to_string();
        let origin = format!("http://{listen}");
        let mut program = Program::with(data);
        program.set("LISTEN", &listen);
        program.set("BUS", &redis.url);
        program.set("BUS_PREFIX", &redis.prefix);
        for (name, address) in databases.settings() {
            program.set(name, address);
        }
        for role in ["IDENTITY", "POSTS", "MEDIA", "FEEDS", "MODERATION"] {
            let at = free_address();
            program.set(&format!("ROLES__{role}__LISTEN"), &at.to_string());
            program.set(&format!("ROLES__{role}__AT"), &format!("[\"{at}\"]"));
        }
        program.settle(residents);
        Self {
            origin,
            program,
            databases,
            redis,
            processes: BTreeMap::new(),
        }
    }

    /// The program with the settings of this board.
    pub fn command(&self) -> Command {
        self.program.command()
    }

    /// Starts the process of a role, in place of one that runs: that is killed first.
    pub fn start(&mut self, role: &'static str) {
        drop(self.processes.remove(role));
        self.processes.insert(role, self.program.run(role, &[]));
    }

    /// One more setting of every process that is started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.program.set(name, value);
    }

    /// Asks the process of a role to stop, and waits until it has.
    pub fn stop(&mut self, role: &'static str) {
        let server = self.processes.remove(role);
        server.unwrap_or_else(|| panic!("{role} runs")).stop();
    }

    /// Redis forgets all it has of this board.
    pub async fn empty_redis(&self) {
        self.redis.empty().await;
    }

    /// Stops everything and removes what was made for it.
    pub async fn close(self) {
        drop(self.processes);
        self.redis.empty().await;
        self.databases.forget().await;
    }
}
