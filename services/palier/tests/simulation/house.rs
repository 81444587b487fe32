//! The roles of a house, each over a database of its own, with a clock that stands still and everything they tell delivered by
//! hand.

use std::sync::Arc;
use std::time::Duration;

use bus::{Bus, Compose, Envelope, Hear};
use contract::events::NeighbourhoodMapped;
use contract::events::envelope::Body;
use contract::media::media_server::MediaServer;
use contract::{MediaClient, NeighbourhoodId, StandingKeys};
use ed25519_dalek::SigningKey;
use feeds::Feeds;
use geo::{CoarseCell, HouseholdCounts, LevelMap};
use media::Media;
use moderation::Moderation;
use posts::Posts;
use runtime::{Clock, Entropy, HeavyWork, Keys, Weights};
use store::Outbox;
use store::scratch::Scratch;
use tempfile::TempDir;

use crate::faults::{Lost, interrupted};

/// On the hour.
pub const START_MS: i64 = 497_223 * 3_600_000;

/// On which databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// A file for each role.
    Sqlite,
    /// A schema for each role.
    Postgres,
}

/// Who tells whom.
pub const WAYS: [(&str, &str); 9] = [
    ("identity", "posts"),
    ("identity", "media"),
    ("identity", "feeds"),
    ("identity", "moderation"),
    ("posts", "media"),
    ("posts", "feeds"),
    ("posts", "moderation"),
    ("moderation", "posts"),
    // Which vouches for pauses.
    ("moderation", "identity"),
];

pub struct House {
    pub posts: Posts,
    pub moderation: Moderation,
    pub feeds: Feeds,
    pub media: Media,
    pub client: MediaClient,
    pub clock: Clock,
    pub entropy: Entropy,
    pub here: NeighbourhoodId,
    pub key: SigningKey,
    /// Each role with its database, in the order of the roles.
    pub stores: [(&'static str, Scratch); 4],
    pub folder: TempDir,
    /// What identity told; how far each of its hearers is.
    identity: Vec<Envelope>,
    heard: [usize; 4],
    /// What identity heard of pauses.
    pub restrained: Vec<Envelope>,
}

impl House {
    /// One in which the same happens for the same seed.
    pub async fn new(on: On, seed: u64) -> Self {
        let scratch = async |migrations| match on {
            On::Sqlite => Scratch::sqlite(migrations).await,
            On::Postgres => Scratch::postgres(migrations).await,
        };
        let stores = [
            ("posts", scratch(posts::MIGRATIONS).await),
            ("moderation", scratch(moderation::MIGRATIONS).await),
            ("feeds", scratch(feeds::MIGRATIONS).await),
            ("media", scratch(media::MIGRATIONS).await),
        ];
        for (from, to) in [
            ("posts", &["media", "feeds", "moderation"][..]),
            ("moderation", &["posts", "identity"][..]),
        ] {
            let store = stores.iter().find(|(role, _)| *role == from).unwrap();
            Outbox::of(store.1.store.clone()).enrol(to).await.unwrap();
        }
        let (clock, entropy) = (Clock::manual(START_MS), Entropy::seeded(seed));
        let key = SigningKey::from_bytes(&[5; 32]);
        let standing_keys = StandingKeys::new([("k1".to_owned(), key.verifying_key())]);
        let (keys, bus) = (Keys::ephemeral(&Entropy::seeded(7)), Bus::memory());
        let folder = tempfile::tempdir().unwrap();
        let media = Media::new(media::Parts {
            store: stores[3].1.store.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            standing_keys: standing_keys.clone(),
            heavy: HeavyWork::within(Weights::new(64 << 20)).unwrap(),
            blobs: Arc::new(media::folder(folder.path()).unwrap()),
        });
        let server = MediaServer::new(media.clone());
        let mut house = Self {
            posts: Posts::new(posts::Parts {
                store: stores[0].1.store.clone(),
                clock: clock.clone(),
                entropy: entropy.clone(),
                keys: keys.clone(),
                standing_keys: standing_keys.clone(),
                bus: bus.clone(),
                settings: posts::Settings::default(),
            }),
            moderation: Moderation::new(moderation::Parts {
                store: stores[1].1.store.clone(),
                clock: clock.clone(),
                entropy: entropy.clone(),
                keys: keys.clone(),
                standing_keys: standing_keys.clone(),
                settings: moderation::Settings::default(),
            }),
            feeds: Feeds::new(feeds::Parts {
                store: stores[2].1.store.clone(),
                clock: clock.clone(),
                keys,
                standing_keys,
                bus,
                posts_in_memory: feeds::POSTS_IN_MEMORY,
            }),
            client: MediaClient::new(contract::in_process(server, Duration::from_mins(1))),
            media,
            clock,
            here: NeighbourhoodId::from_random(entropy.bytes()),
            entropy,
            key,
            stores,
            folder,
            identity: Vec::new(),
            heard: [0; 4],
            restrained: Vec::new(),
        };
        let mapped = Body::NeighbourhoodMapped(NeighbourhoodMapped {
            map: Some((&map()).into()),
            slug: "here".into(),
        });
        let here = house.here.to_bytes();
        house.tell(here, mapped);
        house.settle().await.unwrap();
        house
    }

    /// Identity tells something.
    pub fn tell(&mut self, subject: tonic::codegen::Bytes, body: Body) {
        let offset = i64::try_from(self.identity.len()).unwrap() + 1;
        self.identity.push(Envelope {
            stream: "identity".into(),
            offset,
            subject,
            version: offset.unsigned_abs(),
            neighbourhood: self.here.to_bytes(),
            body: Some(body),
        });
    }

    fn outbox(&self, role: &str) -> Outbox {
        let store = self.stores.iter().find(|(name, _)| *name == role).unwrap();
        Outbox::of(store.1.store.clone())
    }

    /// Delivers what waits on a way, the first of it with a fault.
    ///
    /// # Errors
    /// What a role that heard it could not do.
    pub async fn deliver_all(&mut self, way: usize, lost: Lost) -> Result<(), String> {
        let mut next = lost;
        while self.deliver(way, next).await? {
            next = Lost::Nothing;
        }
        Ok(())
    }

    /// Delivers the next thing on a way. Answers whether there was one.
    ///
    /// # Errors
    /// What a role that heard it could not do.
    pub async fn deliver(&mut self, way: usize, lost: Lost) -> Result<bool, String> {
        let (from, to) = WAYS[way];
        if from == "identity" {
            let Some(event) = self.identity.get(self.heard[way]).cloned() else {
                return Ok(false);
            };
            if self.told(to, &event, lost).await? {
                self.heard[way] += 1;
            }
            return Ok(true);
        }
        let outbox = self.outbox(from);
        let waiting = outbox.waiting(to, 1).await.map_err(|it| it.to_string())?;
        let Some(entry) = waiting.into_iter().next() else {
            return Ok(false);
        };
        let composed = match from {
            "posts" => self.posts.compose(entry).await,
            _ => self.moderation.compose(entry).await,
        };
        let handled = match composed.map_err(|it| it.to_string())? {
            Some(event) => self.told(to, &event, lost).await?,
            None => true,
        };
        if handled {
            let done = outbox.handled(to, entry.id).await;
            done.map_err(|it| it.to_string())?;
        }
        Ok(true)
    }

    /// Whether somebody heard it, and that is known.
    async fn told(&mut self, to: &str, event: &Envelope, lost: Lost) -> Result<bool, String> {
        if lost == Lost::Before {
            return Ok(false);
        }
        if to == "identity" {
            self.restrained.push(event.clone());
            return Ok(true);
        }
        let hearing = async {
            let heard = match to {
                "posts" => self.posts.hear(event).await,
                "moderation" => self.moderation.hear(event).await,
                "feeds" => self.feeds.hear(event).await,
                _ => self.media.hear(event).await,
            };
            heard.map_err(|fault| format!("{to} cannot hear {event:?}: {fault}"))
        };
        match lost {
            Lost::Middle(steps) => {
                if let Some(heard) = interrupted(hearing, steps).await {
                    heard?;
                }
                Ok(false)
            }
            Lost::After => hearing.await.map(|()| false),
            _ => hearing.await.map(|()| true),
        }
    }

    /// What lapses with time.
    ///
    /// # Errors
    /// What a role could not do.
    pub async fn sweep(&self, role: usize, lost: Lost) -> Result<(), String> {
        let sweeping = async {
            match role {
                0 => self
                    .posts
                    .sweep()
                    .await
                    .map(drop)
                    .map_err(|it| it.to_string()),
                1 => {
                    let swept = self.moderation.sweep().await;
                    swept.map(drop).map_err(|it| it.to_string())
                }
                2 => self.feeds.sweep().await.map_err(|it| it.to_string()),
                _ => self.media.sweep().await.map_err(|it| it.to_string()),
            }
        };
        match lost {
            Lost::Before => Ok(()),
            Lost::Middle(steps) => interrupted(sweeping, steps).await.unwrap_or(Ok(())),
            Lost::Nothing | Lost::After => sweeping.await,
        }
    }

    /// Delivers until nothing is left to tell.
    ///
    /// # Errors
    /// What a role that heard it could not do.
    pub async fn settle(&mut self) -> Result<(), String> {
        loop {
            let mut any = false;
            for way in 0..WAYS.len() {
                while self.deliver(way, Lost::Nothing).await? {
                    any = true;
                }
            }
            if !any {
                return Ok(());
            }
        }
    }

    /// Every sweep, and what follows from them.
    ///
    /// # Errors
    /// What a role could not do.
    pub async fn tidy(&mut self) -> Result<(), String> {
        for role in 0..self.stores.len() {
            self.sweep(role, Lost::Nothing).await?;
        }
        self.settle().await
    }

    pub fn pass(&self, ms: i64) {
        self.clock.advance(Duration::from_millis(ms.unsigned_abs()));
    }
}

/// Tiles of level 14 around a point in the sea.
fn map() -> LevelMap {
    let root = CoarseCell::at(48.0, -5.5, 11).unwrap();
    let mut finest = vec![root];
    while finest[0].level() < geo::FINEST {
        let children = finest.into_iter().map(|cell| cell.children().unwrap());
        finest = children.flatten().collect();
    }
    let counts = HouseholdCounts::from_cells(finest.into_iter().map(|cell| (cell, 150))).unwrap();
    LevelMap::build(&counts, geo::FINEST, geo::K, 1).unwrap()
}
