//! A Redis for test suites: a real one, in which each test has keys of its own, or one of its own.

mod server;

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use redis::aio::MultiplexedConnection;
use redis::{Client, Cmd, RedisResult, Value};
use runtime::{Clock, Entropy};

use crate::Bus;
pub use server::Server;

/// Keys of one test in a Redis.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// The address of the server.
    pub url: String,
    /// What this test's keys begin with.
    pub prefix: String,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Scratch {
    /// Keys in the Redis that `PALIER_TEST_REDIS` names (`make test` starts one), or in the one on this machine.
    pub fn redis() -> Self {
        Self::at(redis_server())
    }

    /// Keys in the Redis at `url`.
    pub fn at(url: String) -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self {
            url,
            prefix: format!("scratch-{}-{number}", process::id()),
        }
    }

    /// The bus of one process among those that share these keys.
    ///
    /// # Panics
    /// When the address is none.
    pub fn bus(&self, clock: Clock) -> Bus {
        Bus::redis(&self.url, &self.prefix, clock, &Entropy::System).expect("the address is one")
    }

    /// Forgets these keys, as a Redis may that keeps nothing.
    ///
    /// # Panics
    /// When Redis cannot be reached: a suite that silently left it out would prove nothing.
    pub async fn empty(&self) {
        let (mut connection, keys) = self.keys().await;
        if !keys.is_empty() {
            let forgotten: RedisResult<()> = Cmd::del(keys).query_async(&mut connection).await;
            forgotten.expect("keys can be deleted");
        }
    }

    /// Everything that Redis holds under these keys, in one text: names, then values.
    ///
    /// # Panics
    /// When Redis cannot be reached.
    pub async fn dump(&self) -> String {
        let (mut connection, keys) = self.keys().await;
        let mut dump = Vec::new();
        for key in keys {
            let mut held = redis::cmd("XRANGE");
            held.arg(&key).arg("-").arg("+");
            if key.contains(":rates:") {
                held = Cmd::get(&key);
            } else if !key.ends_with(":events") {
                held = Cmd::hgetall(&key);
            }
            let held = held.query_async(&mut connection).await;
            dump.extend_from_slice(key.as_bytes());
            flatten(&held.expect("keys can be read"), &mut dump);
        }
        String::from_utf8_lossy(&dump).into_owned()
    }

    /// After how many seconds Redis forgets what a stream holds, if nobody looks.
    ///
    /// # Panics
    /// When Redis cannot be reached, or would keep it for ever.
    pub async fn forgotten_within_s(&self, stream: &str) -> u64 {
        let (mut connection, _) = self.keys().await;
        let left = Cmd::ttl(format!("{{{}:{stream}}}:events", self.prefix));
        let left = left.query_async(&mut connection).await;
        left.expect("the stream goes some day")
    }

    async fn keys(&self) -> (MultiplexedConnection, Vec<String>) {
        let client = Client::open(self.url.as_str()).expect("the address is one");
        let connection = client.get_multiplexed_async_connection().await;
        let mut connection = connection.unwrap_or_else(|fault| {
            panic!(
                "Redis is needed at {} ({fault}); `make test` starts one",
                self.url
            )
        });
        let keys = Cmd::keys(format!("{{{}:*", self.prefix));
        let keys = keys.query_async(&mut connection).await;
        (connection, keys.expect("keys can be listed"))
    }
}

fn flatten(value: &Value, into: &mut Vec<u8>) {
    match value {
        Value::BulkString(bytes) => into.extend_from_slice(bytes),
        Value::Array(values) => values.iter().for_each(|value| flatten(value, into)),
        _ => {}
    }
}

/// The Redis server of the test suites.
#[allow(
    clippy::disallowed_methods,
    reason = "test suites are configured by the one variable that `make test` sets"
)]
pub fn redis_server() -> String {
    std::env::var("PALIER_TEST_REDIS").unwrap_or_else(|_| "redis://127.0.0.1:6379".to_owned())
}
