//! One role's stream in Redis. Ids of its entries are positions of that role's outbox: the stream itself knows how far it
//! has come, and nothing is kept beside it that could disagree.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use redis::Script;
use runtime::telemetry::Cause;
use runtime::{Clock, HOUR_MS, MINUTE_MS};

use super::BusFault;
use super::connection::Connection;
use super::peers::Peers;

/// No entry is kept longer: then the stream goes, and is begun again from what is not yet handled.
const KEPT_MS: i64 = 50 * MINUTE_MS;
/// How much a consumer takes at once.
pub(crate) const TAKEN_AT_ONCE: usize = 16;

macro_rules! script {
    ($file:literal) => {
        LazyLock::new(|| Script::new(concat!(include_str!("shared.lua"), include_str!($file))))
    };
}
static LOOK: LazyLock<Script> = script!("look.lua");
static APPEND: LazyLock<Script> = script!("append.lua");
static TAKE: LazyLock<Script> = script!("take.lua");

#[derive(Clone)]
pub(crate) struct Stream {
    pub(crate) name: &'static str,
    connection: Arc<Connection>,
    clock: Clock,
    /// What all its keys begin with, and what puts them into one slot.
    slot: String,
}

/// How a stream stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The highest position ever appended; none where the stream is to be begun.
    pub(crate) sent: Option<i64>,
    /// The oldest position it holds.
    pub(crate) oldest: Option<i64>,
    /// Up to where each consumer asked for has acknowledged everything; none where the stream does not know it.
    pub(crate) acknowledged: Vec<Option<i64>>,
}

impl Standing {
    /// The highest position that was ever given to it, as far as is seen.
    pub(crate) fn highest(&self) -> i64 {
        let acknowledged = self.acknowledged.iter().flatten().copied();
        acknowledged.chain(self.sent).max().unwrap_or_default()
    }
}

/// An entry to be appended.
pub(crate) struct Sent {
    pub(crate) id: i64,
    /// The event; empty where there is nothing to say.
    pub(crate) event: Vec<u8>,
    /// What whoever hears it follows from: beside the event, and gone with it.
    pub(crate) cause: Option<Cause>,
}

/// An entry that a consumer has to handle and to acknowledge.
pub(crate) struct Taken {
    pub(crate) id: i64,
    /// The event; empty where there is nothing to say.
    pub(crate) event: Vec<u8>,
    pub(crate) cause: Option<Cause>,
}

type Raw = Vec<(String, Option<HashMap<String, Vec<u8>>>)>;

impl Stream {
    pub(crate) fn new(
        name: &'static str,
        connection: Arc<Connection>,
        prefix: &str,
        clock: Clock,
    ) -> Self {
        Self {
            name,
            connection,
            clock,
            slot: format!("{{{prefix}:{name}}}"),
        }
    }

    /// The channel on which it is said that there is something new.
    pub(crate) fn told(&self) -> String {
        format!("{}:told", self.slot)
    }

    fn events(&self) -> String {
        format!("{}:events", self.slot)
    }

    fn alive(&self, consumer: &str) -> String {
        format!("{}:alive:{consumer}", self.slot)
    }

    /// How it stands, for these consumers; what is too old goes.
    pub(crate) async fn look(&self, consumers: &[&str]) -> Result<Standing, BusFault> {
        let mut look = LOOK.key(self.events());
        look.arg(self.clock.now_ms()).arg(KEPT_MS).arg(consumers);
        let told: Vec<String> = self.connection.run(&look).await?;
        let told = told
            .iter()
            .map(|text| match text.as_str() {
                "" => Ok(None),
                text => text.parse().map(Some).map_err(|_| BusFault::Strange),
            })
            .collect::<Result<Vec<Option<i64>>, _>>()?;
        let [oldest, groups @ .., sent] = told.as_slice() else {
            return Ok(Standing {
                acknowledged: vec![None; consumers.len()],
                ..Standing::default()
            });
        };
        let acknowledged = groups.chunks_exact(2).map(|group| match group[0] {
            Some(pending) => Some(pending - 1),
            None => group[1],
        });
        Ok(Standing {
            sent: *sent,
            oldest: *oldest,
            acknowledged: acknowledged.collect(),
        })
    }

    /// Appends entries that follow upon `sent` in the outbox; answers whether it did, which it does not where the stream has
    /// come further meanwhile, or was emptied.
    pub(crate) async fn append(
        &self,
        sent: Option<i64>,
        entries: &[Sent],
    ) -> Result<bool, BusFault> {
        let mut append = APPEND.key(self.events());
        append.key(self.told());
        append.arg(self.clock.now_ms()).arg(KEPT_MS);
        append.arg(sent.map_or_else(String::new, |sent| sent.to_string()));
        for Sent { id, event, cause } in entries {
            let cause = cause.map_or_else(Vec::new, |cause| cause.to_bytes().to_vec());
            append.arg(id).arg(event.as_slice()).arg(cause);
        }
        self.connection.run(&append).await
    }

    /// Drops what lies before a position and that position itself.
    pub(crate) async fn trim(&self, done: i64) -> Result<(), BusFault> {
        let mut trim = redis::cmd("XTRIM");
        trim.arg(self.events()).arg("MINID").arg(done + 1);
        self.connection.ask(&trim).await
    }

    /// Drops everything: the stream is begun again.
    pub(crate) async fn drop(&self) -> Result<(), BusFault> {
        let drop = redis::Cmd::del(self.events());
        self.connection.ask(&drop).await
    }

    /// What the dead left to this consumer, then what is new. Taking nothing says that one lives.
    pub(crate) async fn take(
        &self,
        consumer: &str,
        name: &str,
        count: usize,
        peers: &Peers,
    ) -> Result<Vec<Taken>, BusFault> {
        let mut take = TAKE.key(self.events());
        take.key(self.alive(consumer)).arg(consumer).arg(name);
        take.arg(HOUR_MS).arg(count);
        for (name, beat) in peers.still() {
            take.arg(name).arg(beat);
        }
        let (taken, beats) = self.connection.run(&take).await?;
        peers.saw(beats);
        read(taken)
    }

    /// What this consumer took before and did not acknowledge, from behind a position.
    pub(crate) async fn left(
        &self,
        consumer: &str,
        name: &str,
        after: i64,
    ) -> Result<Vec<Taken>, BusFault> {
        let mut left = redis::cmd("XREADGROUP");
        left.arg("GROUP").arg(consumer).arg(name);
        left.arg("COUNT").arg(TAKEN_AT_ONCE).arg("STREAMS");
        left.arg(self.events()).arg(format!("{after}-1"));
        let answer: Result<Option<HashMap<String, Raw>>, _> = self.connection.ask(&left).await;
        match answer {
            Ok(streams) => read(
                streams
                    .into_iter()
                    .flatten()
                    .flat_map(|(_, raw)| raw)
                    .collect(),
            ),
            // It was emptied: what was taken comes again as new.
            Err(BusFault::Refused(code)) if code == "NOGROUP" => Ok(Vec::new()),
            Err(fault) => Err(fault),
        }
    }

    /// A consumer has handled entries.
    pub(crate) async fn acknowledge(&self, consumer: &str, ids: &[i64]) -> Result<(), BusFault> {
        if ids.is_empty() {
            return Ok(());
        }
        let mut acknowledge = redis::cmd("XACK");
        acknowledge.arg(self.events()).arg(consumer);
        for id in ids {
            acknowledge.arg(format!("{id}-1"));
        }
        self.connection.ask(&acknowledge).await
    }
}

/// An entry that was trimmed meanwhile has been handled by all: it says nothing and is acknowledged.
fn read(raw: Raw) -> Result<Vec<Taken>, BusFault> {
    raw.into_iter()
        .map(|(id, fields)| {
            let id = id.strip_suffix("-1").and_then(|id| id.parse().ok());
            let mut fields = fields.unwrap_or_default();
            let cause = fields.remove("cause").unwrap_or_default();
            Ok(Taken {
                id: id.ok_or(BusFault::Strange)?,
                event: fields.remove("event").unwrap_or_default(),
                cause: Cause::from_bytes(&cause),
            })
        })
        .collect()
}
