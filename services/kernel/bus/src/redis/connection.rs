//! The way to Redis: made when it is needed, and made again after it was lost.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::io::tcp::TcpSettings;
use redis::{
    AsyncConnectionConfig, Client, FromRedisValue, IntoConnectionInfo, Pipeline, ProtocolVersion,
    PushInfo, RedisError, RedisResult, ScriptInvocation,
};
use runtime::SettingFault;
use tokio::sync::mpsc::UnboundedSender;

/// How long connecting may take, and each command.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why Redis did not do what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum BusFault {
    /// It could not be reached, or gave no answer in time.
    #[error("Redis does not answer: {0}")]
    Away(String),
    /// It answered that it will not.
    #[error("Redis refuses: {0}")]
    Refused(String),
    /// It holds something that is not of our making.
    #[error("what Redis holds is no event")]
    Strange,
}

impl From<RedisError> for BusFault {
    fn from(error: RedisError) -> Self {
        if is_lost(&error) {
            return Self::Away(error.to_string());
        }
        // The server's own words may repeat what it was sent.
        let said = error.code().unwrap_or_else(|| error.category());
        Self::Refused(said.to_owned())
    }
}

fn is_lost(error: &RedisError) -> bool {
    error.is_io_error() || error.is_timeout() || error.is_connection_dropped()
}

pub(crate) struct Connection {
    client: Client,
    current: Mutex<Current>,
    connecting: tokio::sync::Mutex<()>,
}

/// The connection of now, and how many were lost before it.
#[derive(Default)]
struct Current {
    lost: u64,
    connection: Option<MultiplexedConnection>,
}

impl Connection {
    /// Not yet made.
    pub(crate) fn to(url: &str) -> Result<Self, SettingFault> {
        let wrong = |_| {
            SettingFault::new(
                "bus",
                "this is no address of a Redis",
                "write redis://HOST:PORT, or rediss://HOST:PORT with TLS; a password goes in front, as in redis://:PASSWORD@HOST",
            )
        };
        let info = url.into_connection_info().map_err(wrong)?;
        // Pushes come only with the third version of its protocol.
        let settings = info.redis_settings().clone();
        let info = info
            .set_redis_settings(settings.set_protocol(ProtocolVersion::RESP3))
            .set_tcp_settings(TcpSettings::default().set_nodelay(true));
        Ok(Self {
            client: Client::open(info).map_err(wrong)?,
            current: Mutex::default(),
            connecting: tokio::sync::Mutex::default(),
        })
    }

    /// A connection of its own, to which Redis may push.
    pub(crate) async fn pushing_to(
        &self,
        pushed: UnboundedSender<PushInfo>,
    ) -> Result<MultiplexedConnection, BusFault> {
        let config = bounded().set_push_sender(pushed);
        Ok(self.connect(&config).await?)
    }

    pub(crate) async fn ask<T: FromRedisValue>(&self, command: &redis::Cmd) -> Result<T, BusFault> {
        let (lost, mut connection) = self.lend().await?;
        self.judged(lost, command.query_async(&mut connection).await)
    }

    pub(crate) async fn run<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, BusFault> {
        let (lost, mut connection) = self.lend().await?;
        self.judged(lost, script.invoke_async(&mut connection).await)
    }

    pub(crate) async fn send(&self, commands: &Pipeline) -> Result<(), BusFault> {
        let (lost, mut connection) = self.lend().await?;
        self.judged(lost, commands.exec_async(&mut connection).await)
    }

    /// The connection of now. Of those who wait for one to be made one makes it, and nobody waits longer than that takes.
    async fn lend(&self) -> Result<(u64, MultiplexedConnection), BusFault> {
        if let Some(lent) = self.current() {
            return Ok(lent);
        }
        let Ok(_turn) = tokio::time::timeout(PATIENCE, self.connecting.lock()).await else {
            return Err(BusFault::Away("others wait for it, too".to_owned()));
        };
        if let Some(lent) = self.current() {
            return Ok(lent);
        }
        let connection = self.connect(&bounded()).await?;
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.connection = Some(connection.clone());
        Ok((current.lost, connection))
    }

    fn current(&self) -> Option<(u64, MultiplexedConnection)> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = current.connection.clone()?;
        Some((current.lost, connection))
    }

    async fn connect(&self, config: &AsyncConnectionConfig) -> RedisResult<MultiplexedConnection> {
        self.client
            .get_multiplexed_async_connection_with_config(config)
            .await
    }

    /// A connection that failed is not used again.
    fn judged<T>(&self, lost: u64, answer: RedisResult<T>) -> Result<T, BusFault> {
        if answer.as_ref().is_err_and(is_lost) {
            let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
            if current.lost == lost {
                *current = Current {
                    lost: lost + 1,
                    connection: None,
                };
            }
        }
        Ok(answer?)
    }
}

fn bounded() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE))
}
