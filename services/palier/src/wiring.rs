//! The only place that chooses: a role here or elsewhere, SQLite or PostgreSQL, memory or a server as bus, a folder or a
//! server for pictures and mail.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bus::{Bus, Relay};
use contract::feeds::feeds_server::FeedsServer;
use contract::identity::identity_server::IdentityServer;
use contract::media::media_server::MediaServer;
use contract::posts::posts_server::PostsServer;
use contract::{FeedsClient, IdentityClient, MediaClient, PostsClient};
use feeds::Feeds;
use gateway::{Documents, Gateway};
use identity::{Identity, Mail};
use media::Media;
use object_store::local::LocalFileSystem;
use posts::Posts;
use runtime::{
    Clock, Entropy, Health, HeavyWork, MINUTE_MS, SettingFault, Tasks, Weights, make_private,
};
use store::{Migrations, Outbox, Store};

use crate::config::Config;
use crate::key_folder;

/// How long a call between roles may take.
const DEADLINE: Duration = Duration::from_secs(10);
/// How long receiving and preparing a picture may take.
const PICTURE_DEADLINE: Duration = Duration::from_mins(1);
/// How often what has expired is looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
/// A process that has not swept for so long keeps what it promised to delete: it is not ready.
const SWEPT_WITHIN_MS: i64 = 5 * MINUTE_MS;
/// How often waiting mail is tried.
const MAIL_EVERY: Duration = Duration::from_secs(15);
const CHECK_EVERY: Duration = Duration::from_secs(5);
/// No picture is larger than this on the wire, in bytes.
const PICTURE_MESSAGE_BYTES: usize = 24 << 20;

/// The migrations of every role.
pub const MIGRATIONS: [Migrations; 4] = [
    identity::MIGRATIONS,
    posts::MIGRATIONS,
    media::MIGRATIONS,
    feeds::MIGRATIONS,
];

/// What differs between a board in earnest, its demo, and a test.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// What time it is.
    pub clock: Clock,
    /// Where randomness comes from.
    pub entropy: Entropy,
    /// A demo: introspection and free-form documents are on, the cookie works without TLS.
    pub demo: bool,
    /// This process serves the board, and may tidy up after one that ended suddenly. A command beside it may not.
    pub serves: bool,
}

impl Surroundings {
    /// The machine's own, for the process that serves the board.
    pub const fn serving(demo: bool) -> Self {
        Self {
            clock: Clock::System,
            entropy: Entropy::System,
            demo,
            serves: true,
        }
    }

    /// The machine's own, for a command that may run beside the board.
    pub fn beside() -> Self {
        Self {
            serves: false,
            ..Self::serving(false)
        }
    }
}

/// Every role in one process.
pub struct House {
    /// What time it is here.
    pub clock: Clock,
    /// Who residents are.
    pub identity: Identity,
    /// What they publish.
    pub posts: Posts,
    /// Their pictures.
    pub media: Media,
    /// What is near.
    pub feeds: Feeds,
    /// The edge.
    pub gateway: Gateway,
    /// Ways to the roles, as the edge has them.
    pub clients: Clients,
    /// Between them.
    pub bus: Bus,
    tasks: Tasks,
    health: Health,
    relays: Vec<Relay>,
    stores: Vec<(&'static str, Store)>,
}

/// Ways to the roles.
#[derive(Clone, Debug)]
pub struct Clients {
    /// To identity.
    pub identity: IdentityClient,
    /// To posts.
    pub posts: PostsClient,
    /// To media.
    pub media: MediaClient,
    /// To feeds.
    pub feeds: FeedsClient,
}

impl House {
    /// Opens every store and builds every role; nothing runs yet.
    ///
    /// # Errors
    /// The setting that cannot be used, its fault and the remedy.
    #[allow(clippy::too_many_lines, reason = "wiring reads best in one piece")]
    pub async fn build(config: &Config, around: Surroundings) -> Result<Self, SettingFault> {
        let Surroundings {
            clock,
            entropy,
            demo,
            serves,
        } = around;
        prepare(&config.data, "data")?;
        let mut stores = Vec::new();
        for migrations in MIGRATIONS {
            stores.push((migrations.role, open(config, migrations).await?));
        }
        let store = |role| {
            let found = stores.iter().find(|(name, _)| *name == role);
            found.map(|(_, store): &(_, Store)| store.clone())
        };
        let missing = || SettingFault::new("stores", "a role has no store", "report this");
        let accounts = store("identity").ok_or_else(missing)?;
        let keys = key_folder::open(config, &accounts, &entropy).await?;
        let bus = Bus::memory();
        let budget = Weights::new(config.media.memory_mib.max(64) << 20);
        let heavy = HeavyWork::within(budget).map_err(|fault| {
            SettingFault::new(
                "media.memory_mib",
                fault.to_string(),
                "free some threads or memory of the machine",
            )
        })?;
        let mail = Mail::open(&config.mail())?;

        let identity = Identity::new(identity::Parts {
            store: accounts,
            clock: clock.clone(),
            entropy: entropy.clone(),
            keys: keys.clone(),
            heavy: heavy.clone(),
            mail,
            bus: bus.clone(),
            settings: identity::Settings {
                public_url: config.public_url(),
                sender_name: config.mail.sender_name.clone(),
                sender_address: config.mail.sender_address.clone(),
            },
        })?;
        let standing_keys = identity.standing_keys();
        let posts = Posts::new(posts::Parts {
            store: store("posts").ok_or_else(missing)?,
            clock: clock.clone(),
            entropy: entropy.clone(),
            keys: keys.clone(),
            standing_keys: standing_keys.clone(),
            bus: bus.clone(),
            settings: posts::Settings {
                posts_a_day: config.posts.posts_a_day,
                comments_a_day: config.posts.comments_a_day,
                rsvps_a_day: config.posts.rsvps_a_day,
            },
        });
        let media = Media::new(media::Parts {
            store: store("media").ok_or_else(missing)?,
            clock: clock.clone(),
            entropy: entropy.clone(),
            standing_keys: standing_keys.clone(),
            heavy,
            blobs: Arc::new(folder(&config.pictures(), serves)?),
        });
        let feeds = Feeds::new(feeds::Parts {
            store: store("feeds").ok_or_else(missing)?,
            clock: clock.clone(),
            keys: keys.clone(),
            standing_keys,
            bus: bus.clone(),
        });

        subscribe(&bus, &posts, &media, &feeds);
        let relays = vec![
            Relay::new(
                identity::STREAM,
                Outbox::of(store("identity").ok_or_else(missing)?),
                Arc::new(identity.clone()),
                bus.clone(),
                clock.clone(),
            ),
            Relay::new(
                posts::STREAM,
                Outbox::of(store("posts").ok_or_else(missing)?),
                Arc::new(posts.clone()),
                bus.clone(),
                clock.clone(),
            ),
        ];
        for relay in &relays {
            relay.enrol().await.map_err(|fault| {
                SettingFault::new("stores", fault.to_string(), "run `palier doctor`")
            })?;
        }

        let clients = Clients::here(&identity, &posts, &media, &feeds);
        let (tasks, health) = (Tasks::new(), Health::new());
        let gateway = Gateway::new(gateway::Parts {
            identity: clients.identity.clone(),
            posts: clients.posts.clone(),
            media: clients.media.clone(),
            feeds: clients.feeds.clone(),
            bus: bus.clone(),
            clock: clock.clone(),
            entropy,
            keys,
            health: health.clone(),
            tasks: tasks.clone(),
            settings: edge(config, demo)?,
        });
        Ok(Self {
            clock,
            identity,
            posts,
            media,
            feeds,
            gateway,
            clients,
            bus,
            tasks,
            health,
            relays,
            stores,
        })
    }

    /// Starts what runs in the background: relays, sweepers, mail, checks of health.
    pub async fn start(&self) {
        // What waited while nobody ran is heard before anything is swept: a picture whose notice was acknowledged last is not
        // taken for one that nobody wanted.
        if let Err(fault) = self.drain().await {
            tracing::warn!(reason = %fault, "events wait");
        }
        for relay in &self.relays {
            relay.start(&self.tasks);
        }
        let (identity, clock) = (self.identity.clone(), self.clock.clone());
        self.tasks.keep("mail", async move {
            loop {
                if let Err(fault) = identity.deliver_mail().await {
                    tracing::warn!(role = "identity", reason = %fault, "mail waits");
                }
                let queued = std::pin::pin!(identity.mail_queued());
                futures_util::future::select(queued, std::pin::pin!(clock.wait(MAIL_EVERY))).await;
            }
        });
        let sweeper = self.sweeper();
        let clock = self.clock.clone();
        sweeper.is_well();
        self.tasks.keep("sweeps", async move {
            loop {
                sweeper.sweep().await;
                clock.wait(SWEEP_EVERY).await;
            }
        });
        self.check().await;
        let (stores, health, clock) =
            (self.stores.clone(), self.health.clone(), self.clock.clone());
        self.tasks.keep("checks", async move {
            loop {
                clock.wait(CHECK_EVERY).await;
                check(&stores, &health).await;
            }
        });
    }

    /// Looks once whether everything this process depends on answers.
    pub async fn check(&self) {
        check(&self.stores, &self.health).await;
    }

    /// Lets every event arrive: for tests, for loading the demo, for stopping in order.
    ///
    /// # Errors
    /// The first event that could not be handled.
    pub async fn drain(&self) -> anyhow::Result<()> {
        loop {
            let mut delivered = 0;
            for relay in &self.relays {
                delivered += relay.deliver_all().await?;
            }
            if delivered == 0 {
                return Ok(());
            }
        }
    }

    /// One round of every role's sweeper.
    pub async fn sweep(&self) {
        self.sweeper().sweep().await;
    }

    /// The tasks of this process.
    pub const fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// The database of each role.
    pub fn stores(&self) -> &[(&'static str, Store)] {
        &self.stores
    }

    /// Stops the background, then closes the stores.
    pub async fn stop(self) {
        self.tasks.stop().await;
        for (_, store) in self.stores {
            store.close().await;
        }
    }

    fn sweeper(&self) -> Sweeper {
        Sweeper {
            identity: self.identity.clone(),
            posts: self.posts.clone(),
            media: self.media.clone(),
            feeds: self.feeds.clone(),
            stores: self.stores.clone(),
            clock: self.clock.clone(),
            health: self.health.clone(),
        }
    }
}

struct Sweeper {
    identity: Identity,
    posts: Posts,
    media: Media,
    feeds: Feeds,
    stores: Vec<(&'static str, Store)>,
    clock: Clock,
    health: Health,
}

impl Sweeper {
    async fn sweep(&self) {
        let report = |role: &'static str, result: Result<(), String>| {
            if let Err(reason) = result {
                tracing::warn!(role, reason, "a sweep did not finish");
            }
        };
        let text = |fault: &dyn std::fmt::Display| fault.to_string();
        report(
            "identity",
            self.identity.sweep().await.map_err(|f| text(&f)),
        );
        report(
            "posts",
            self.posts.sweep().await.map(drop).map_err(|f| text(&f)),
        );
        report("media", self.media.sweep().await.map_err(|f| text(&f)));
        report("feeds", self.feeds.sweep().await.map_err(|f| text(&f)));
        for (role, store) in &self.stores {
            report(role, store.forget_deleted().await.map_err(|f| text(&f)));
        }
        self.is_well();
    }

    /// Every role had its turn; whether each one finished is for the log.
    fn is_well(&self) {
        let until_ms = self.clock.now_ms() + SWEPT_WITHIN_MS;
        self.health.set_until("sweeps", until_ms);
    }
}

impl Clients {
    fn here(identity: &Identity, posts: &Posts, media: &Media, feeds: &Feeds) -> Self {
        let identity = contract::in_process(IdentityServer::new(identity.clone()), DEADLINE);
        let posts = contract::in_process(PostsServer::new(posts.clone()), DEADLINE);
        let feeds = contract::in_process(FeedsServer::new(feeds.clone()), DEADLINE);
        let media = contract::in_process(
            MediaServer::new(media.clone()).max_encoding_message_size(PICTURE_MESSAGE_BYTES),
            PICTURE_DEADLINE,
        );
        Self {
            identity: IdentityClient::new(identity),
            posts: PostsClient::new(posts),
            media: MediaClient::new(media).max_decoding_message_size(PICTURE_MESSAGE_BYTES),
            feeds: FeedsClient::new(feeds),
        }
    }
}

fn subscribe(bus: &Bus, posts: &Posts, media: &Media, feeds: &Feeds) {
    bus.subscribe(identity::STREAM, "posts", Arc::new(posts.clone()));
    bus.subscribe(identity::STREAM, "media", Arc::new(media.clone()));
    bus.subscribe(identity::STREAM, feeds::CONSUMER, Arc::new(feeds.clone()));
    bus.subscribe(posts::STREAM, "media", Arc::new(media.clone()));
    bus.subscribe(posts::STREAM, feeds::CONSUMER, Arc::new(feeds.clone()));
}

/// One role's database, migrated.
pub(crate) async fn open(config: &Config, migrations: Migrations) -> Result<Store, SettingFault> {
    let setting = format!("stores.{}", migrations.role);
    let remedy = "check the address, that the server runs and that this user may use it";
    let store = Store::open(&config.store(migrations.role))
        .await
        .map_err(|fault| SettingFault::new(&setting, fault.to_string(), remedy))?;
    migrations.apply(&store).await.map_err(|fault| {
        SettingFault::new(
            &setting,
            fault.to_string(),
            "run `palier migrate` with a newer palier, or restore a backup",
        )
    })?;
    Ok(store)
}

async fn check(stores: &[(&'static str, Store)], health: &Health) {
    for (role, store) in stores {
        health.set(&format!("{role}.store"), store.is_well().await);
    }
}

/// Makes a folder for this user alone, unless it is there.
pub(crate) fn prepare(path: &Path, setting: &str) -> Result<(), SettingFault> {
    make_private(path).map_err(|error| {
        SettingFault::new(
            setting,
            format!("{}: {error}", path.display()),
            "name a folder that this user may write",
        )
    })
}

fn folder(path: &Path, serves: bool) -> Result<LocalFileSystem, SettingFault> {
    prepare(path, "media.folder")?;
    let opened = if serves {
        media::folder(path).map_err(|error| error.to_string())
    } else {
        LocalFileSystem::new_with_prefix(path).map_err(|error| error.to_string())
    };
    opened.map_err(|fault| {
        SettingFault::new(
            "media.folder",
            fault,
            "name a folder that this user may write",
        )
    })
}

fn edge(config: &Config, demo: bool) -> Result<gateway::Settings, SettingFault> {
    let public_url = config.public_url();
    let listed = Documents::of_web_app();
    let listed = listed.map_err(|fault| {
        SettingFault::new(
            "the web app's documents",
            fault.to_string(),
            "build Palier anew",
        )
    })?;
    let documents = match &config.gateway.documents {
        None => listed,
        Some(path) => fs::read_to_string(path)
            .map_err(|error| error.to_string())
            .and_then(|json| Documents::from_json(&json).map_err(|fault| fault.to_string()))
            .map(|more| listed.and(more))
            .map_err(|fault| {
                SettingFault::new(
                    "gateway.documents",
                    fault,
                    "name the file that the client generator wrote",
                )
            })?,
    };
    let mut limits = gateway::Limits::default();
    limits.rates = config.gateway.rates.over(&limits.rates);
    Ok(gateway::Settings {
        limits,
        insecure_cookie: demo && public_url.starts_with("http://"),
        public_url,
        more_origins: config.gateway.more_origins.clone(),
        introspection: demo || config.gateway.introspection,
        free_form_documents: demo || config.gateway.free_form_documents,
        documents: Arc::new(documents),
        tiles: Some(config.tiles()),
        trusted_proxies: config.gateway.trusted_proxies,
    })
}
