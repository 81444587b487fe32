//! The only place that chooses: a role here or elsewhere, SQLite or PostgreSQL, memory or a server as bus, a folder or a
//! server for pictures and mail.

mod background;
mod clients;
mod gauges;
mod open;
mod pictures;
mod role;
mod serve;
mod sole;

use std::sync::Arc;
use std::time::Duration;

use bus::{Bus, Compose, Hear, Relay};
use contract::StandingKeys;
use feeds::Feeds;
use gateway::Gateway;
use identity::{Identity, Mail};
use media::Media;
use posts::Posts;
use runtime::{Clock, Entropy, Health, HeavyWork, Keys, SettingFault, Tasks, Weights};
use store::{DELETIONS, DeletionLog, Migrations, Outbox, Store};

use crate::config::Config;
use crate::key_folder;

use background::{Sweeper, deliver_mail};
use clients::Ways;
pub(crate) use clients::{addresses, credentials};
use gauges::Gauges;
pub(crate) use open::{bus, edge, identity_settings, log, open, prepare};
pub(crate) use pictures::Pictures;
use sole::Sole;
pub(crate) use sole::is_free;

pub use clients::Clients;
pub use role::{Role, Roles};
pub use serve::Doors;

const CHECK_EVERY: Duration = Duration::from_secs(5);

/// The migrations of every role.
pub const MIGRATIONS: [Migrations; 4] = [
    identity::MIGRATIONS,
    posts::MIGRATIONS,
    media::MIGRATIONS,
    feeds::MIGRATIONS,
];

/// The migrations of every database of a board: those of the roles, and that of the log of deletions.
pub const DATABASES: [Migrations; 5] = [
    identity::MIGRATIONS,
    posts::MIGRATIONS,
    media::MIGRATIONS,
    feeds::MIGRATIONS,
    DELETIONS,
];

/// What differs between a board in earnest, its demo, and a test.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Which parts are played here.
    pub roles: Roles,
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
    /// The machine's own, for a process that serves these roles.
    pub const fn serving(roles: Roles, demo: bool) -> Self {
        Self {
            roles,
            clock: Clock::System,
            entropy: Entropy::System,
            demo,
            serves: true,
        }
    }

    /// The machine's own, for a command of the operator's that may run beside the board: it needs identity alone, and where
    /// one process is the board, tells the other roles itself.
    pub fn beside(config: &Config) -> Self {
        let roles = match config.bus {
            Some(_) => Roles::of([Role::Identity]),
            None => Roles::all(),
        };
        Self {
            serves: false,
            ..Self::serving(roles, false)
        }
    }
}

/// The roles that a process plays, with what they stand on.
pub struct House {
    /// What time it is here.
    pub clock: Clock,
    /// Who residents are.
    pub identity: Option<Identity>,
    /// What they publish.
    pub posts: Option<Posts>,
    /// Their pictures.
    pub media: Option<Media>,
    /// What is near.
    pub feeds: Option<Feeds>,
    /// The edge.
    pub gateway: Option<Gateway>,
    /// Ways to the roles, as the edge has them.
    pub clients: Clients,
    /// Between them.
    pub bus: Bus,
    tasks: Tasks,
    health: Health,
    relays: Vec<Relay>,
    stores: Vec<(&'static str, Store)>,
    log: Option<DeletionLog>,
    _sole: Sole,
}

impl House {
    /// Opens what the roles here stand on and builds them; nothing runs yet.
    ///
    /// # Errors
    /// The setting that cannot be used, its fault and the remedy.
    pub async fn build(config: &Config, around: Surroundings) -> Result<Self, SettingFault> {
        prepare(&config.data, "data")?;
        let sole = around
            .serves
            .then(|| sole(config, &around.roles))
            .transpose()?;
        let mut stores = Vec::new();
        for migrations in MIGRATIONS {
            if around.roles.opens(migrations.role) {
                stores.push((migrations.role, open(config, migrations).await?));
            }
        }
        let accounts = stores.iter().find(|(role, _)| *role == identity::STREAM);
        let accounts = accounts.map(|(_, store)| store);
        let keys = key_folder::open(config, &around.roles, accounts, &around.entropy).await?;
        let log = deletions(config, &around, &keys, &mut stores).await?;
        let bus = open::bus(config, &around)?;
        let ground = Ground {
            config,
            stores: &stores,
            keys: &keys,
            heavy: heavy(config)?,
            bus: &bus,
            around: &around,
        };
        let has = |role| around.roles.has(role);
        let identity = has(Role::Identity).then(|| ground.identity()).transpose()?;
        let posts = has(Role::Posts)
            .then(|| ground.posts(identity.as_ref()))
            .transpose()?;
        let media = if has(Role::Media) {
            Some(ground.media(identity.as_ref()).await?)
        } else {
            None
        };
        let feeds = has(Role::Feeds)
            .then(|| ground.feeds(identity.as_ref()))
            .transpose()?;
        if let Some(posts) = &posts {
            hear(&bus, Role::Posts, &Arc::new(posts.clone()));
        }
        if let Some(media) = &media {
            hear(&bus, Role::Media, &Arc::new(media.clone()));
        }
        if let Some(feeds) = &feeds {
            hear(&bus, Role::Feeds, &Arc::new(feeds.clone()));
        }
        let mut relays = Vec::new();
        if let Some(identity) = &identity {
            relays.push(
                ground
                    .relay(identity::STREAM, Arc::new(identity.clone()))
                    .await?,
            );
        }
        if let Some(posts) = &posts {
            relays.push(ground.relay(posts::STREAM, Arc::new(posts.clone())).await?);
        }

        let (tasks, health) = (Tasks::new(), Health::new());
        let ways = Ways {
            config,
            roles: &around.roles,
            clock: &around.clock,
            tasks: &tasks,
        };
        let here = (
            identity.as_ref(),
            posts.as_ref(),
            media.as_ref(),
            feeds.as_ref(),
        );
        let clients = ways.to(here.0, here.1, here.2, here.3)?;
        let gateway = has(Role::Gateway)
            .then(|| ground.gateway(&clients, &health, &tasks))
            .transpose()?;
        Ok(Self {
            clock: around.clock,
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
            log,
            _sole: sole.unwrap_or_default(),
        })
    }

    /// Starts what runs in the background: relays, sweepers, mail, checks of health.
    pub async fn start(&self) {
        self.bus.start(&self.tasks);
        for relay in &self.relays {
            relay.start(&self.tasks);
        }
        if let Some(identity) = &self.identity {
            deliver_mail(&self.tasks, identity.clone(), self.clock.clone());
        }
        let (relays, bus) = (self.relays.clone(), self.bus.clone());
        // What waited while nobody ran is heard before anything is swept: a picture whose notice was acknowledged last is not
        // taken for one that nobody wanted. Meanwhile the process serves: what waits may be much, or not go on for a while.
        self.sweeper()
            .keep_sweeping(&self.tasks, async move { drain(&relays, &bus).await });
        if let Some(feeds) = self.feeds.clone() {
            let keep_up = async move { feeds.keep_up().await };
            self.tasks.keep("boards in memory", keep_up);
        }
        self.check().await;
        let (stores, bus) = (self.stores.clone(), self.bus.clone());
        let (health, clock) = (self.health.clone(), self.clock.clone());
        let gauges = Gauges {
            stores: stores.clone(),
            identity: self.identity.clone(),
            health: health.clone(),
            clock: clock.clone(),
        };
        self.tasks.keep("checks", async move {
            loop {
                gauges.look().await;
                clock.wait(CHECK_EVERY).await;
                open::check(&stores, &bus, &health).await;
            }
        });
    }

    /// Looks once whether everything this process depends on answers.
    pub async fn check(&self) {
        open::check(&self.stores, &self.bus, &self.health).await;
    }

    /// Lets every event arrive: for tests, for loading the demo, for stopping in order.
    ///
    /// # Errors
    /// The first event that could not be handled.
    pub async fn drain(&self) -> anyhow::Result<()> {
        drain(&self.relays, &self.bus).await
    }

    /// Sends the mails that wait, where identity is here.
    ///
    /// # Errors
    /// When they cannot be sent.
    pub async fn deliver_mail(&self) -> anyhow::Result<()> {
        if let Some(identity) = &self.identity {
            identity.deliver_mail().await?;
        }
        Ok(())
    }

    /// One round of every role's sweeper.
    pub async fn sweep(&self) {
        self.sweeper().sweep().await;
    }

    /// The tasks of this process.
    pub const fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// The log of what was deleted, where somebody here deletes.
    pub const fn log(&self) -> Option<&DeletionLog> {
        self.log.as_ref()
    }

    /// The database of each role here.
    pub fn stores(&self) -> &[(&'static str, Store)] {
        &self.stores
    }

    /// Whether a role is played here.
    pub const fn plays(&self, role: Role) -> bool {
        match role {
            Role::Identity => self.identity.is_some(),
            Role::Posts => self.posts.is_some(),
            Role::Media => self.media.is_some(),
            Role::Feeds => self.feeds.is_some(),
            Role::Gateway => self.gateway.is_some(),
        }
    }

    /// How much of what the roles here told was not heard by everybody yet.
    ///
    /// # Errors
    /// When an outbox cannot be read.
    pub async fn waiting(&self) -> anyhow::Result<i64> {
        let mut waiting = 0;
        for (role, store) in &self.stores {
            if is_heard_of(role) {
                waiting += Outbox::of(store.clone()).depth().await?;
            }
        }
        Ok(waiting)
    }

    /// Stops the background, then closes the stores.
    pub async fn stop(&self) {
        self.tasks.stop().await;
        for (_, store) in &self.stores {
            store.clone().close().await;
        }
    }

    fn sweeper(&self) -> Sweeper {
        Sweeper {
            identity: self.identity.clone(),
            posts: self.posts.clone(),
            media: self.media.clone(),
            feeds: self.feeds.clone(),
            stores: self.stores.clone(),
            log: self.log.clone(),
            clock: self.clock.clone(),
            health: self.health.clone(),
        }
    }
}

async fn drain(relays: &[Relay], bus: &Bus) -> anyhow::Result<()> {
    loop {
        let mut delivered = 0;
        for relay in relays {
            delivered += relay.deliver_all().await?;
        }
        delivered += bus.hear_all().await?;
        if delivered == 0 {
            return Ok(());
        }
    }
}

/// The log of what is deleted, where somebody here deletes: they note it there. Its database becomes one of `stores`.
async fn deletions(
    config: &Config,
    around: &Surroundings,
    keys: &Keys,
    stores: &mut Vec<(&'static str, Store)>,
) -> Result<Option<DeletionLog>, SettingFault> {
    if !around.roles.opens(DELETIONS.role) {
        return Ok(None);
    }
    let store = open(config, DELETIONS).await?;
    let log = open::log(&store, keys, &around.clock, &around.entropy).await?;
    open::whole(&log, around.serves).await?;
    let deleting = stores.iter_mut().filter(|(role, _)| Role::deletes(role));
    for (_, store) in deleting {
        *store = store.clone().logging_to(log.clone());
    }
    stores.push((DELETIONS.role, store));
    Ok(Some(log))
}

/// What the roles are built on.
struct Ground<'a> {
    config: &'a Config,
    stores: &'a [(&'static str, Store)],
    keys: &'a Keys,
    heavy: HeavyWork,
    bus: &'a Bus,
    around: &'a Surroundings,
}

impl Ground<'_> {
    fn identity(&self) -> Result<Identity, SettingFault> {
        let config = self.config;
        Identity::new(identity::Parts {
            store: self.store(identity::STREAM)?,
            clock: self.around.clock.clone(),
            entropy: self.around.entropy.clone(),
            keys: self.keys.clone(),
            heavy: self.heavy.clone(),
            mail: Mail::open(&config.mail())?,
            bus: self.bus.clone(),
            settings: identity_settings(config),
        })
    }

    fn posts(&self, identity: Option<&Identity>) -> Result<Posts, SettingFault> {
        let limits = &self.config.posts;
        Ok(Posts::new(posts::Parts {
            store: self.store(posts::STREAM)?,
            clock: self.around.clock.clone(),
            entropy: self.around.entropy.clone(),
            keys: self.keys.clone(),
            standing_keys: self.standing_keys(identity)?,
            bus: self.bus.clone(),
            settings: posts::Settings {
                posts_a_day: limits.posts_a_day,
                comments_a_day: limits.comments_a_day,
                rsvps_a_day: limits.rsvps_a_day,
            },
        }))
    }

    async fn media(&self, identity: Option<&Identity>) -> Result<Media, SettingFault> {
        let pictures = Pictures::at(self.config)?.open(self.around).await?;
        Ok(Media::new(media::Parts {
            store: self.store(Role::Media.name())?,
            clock: self.around.clock.clone(),
            entropy: self.around.entropy.clone(),
            standing_keys: self.standing_keys(identity)?,
            heavy: self.heavy.clone(),
            blobs: pictures,
        }))
    }

    fn feeds(&self, identity: Option<&Identity>) -> Result<Feeds, SettingFault> {
        Ok(Feeds::new(feeds::Parts {
            store: self.store(feeds::CONSUMER)?,
            clock: self.around.clock.clone(),
            keys: self.keys.clone(),
            standing_keys: self.standing_keys(identity)?,
            bus: self.bus.clone(),
            posts_in_memory: feeds::POSTS_IN_MEMORY,
        }))
    }

    fn gateway(
        &self,
        clients: &Clients,
        health: &Health,
        tasks: &Tasks,
    ) -> Result<Gateway, SettingFault> {
        Ok(Gateway::new(gateway::Parts {
            identity: clients.identity.clone(),
            posts: clients.posts.clone(),
            media: clients.media.clone(),
            feeds: clients.feeds.clone(),
            bus: self.bus.clone(),
            clock: self.around.clock.clone(),
            entropy: self.around.entropy.clone(),
            keys: self.keys.clone(),
            health: health.clone(),
            tasks: tasks.clone(),
            settings: open::edge(self.config, self.around.demo)?,
        }))
    }

    fn standing_keys(&self, identity: Option<&Identity>) -> Result<StandingKeys, SettingFault> {
        let here = identity.map(Identity::standing_keys);
        here.map_or_else(|| key_folder::standing_keys(self.config), Ok)
    }

    async fn relay(
        &self,
        stream: &'static str,
        compose: Arc<dyn Compose>,
    ) -> Result<Relay, SettingFault> {
        let outbox = Outbox::of(self.store(stream)?);
        let clock = self.around.clock.clone();
        let hearers: Vec<&str> = hearers_of(stream).map(Role::name).collect();
        let relay = Relay::new(stream, outbox, compose, self.bus.clone(), clock).heard_by(&hearers);
        relay.enrol().await.map_err(|fault| {
            SettingFault::new("stores", fault.to_string(), "run `palier doctor`")
        })?;
        Ok(relay)
    }

    fn store(&self, role: &str) -> Result<Store, SettingFault> {
        let found = self.stores.iter().find(|(name, _)| *name == role);
        found
            .map(|(_, store)| store.clone())
            .ok_or_else(|| SettingFault::new("stores", "a role has no store", "report this"))
    }
}

/// The SQLite files of these roles, for this process alone.
fn sole(config: &Config, roles: &Roles) -> Result<Sole, SettingFault> {
    Sole::take(roles.databases().filter_map(|migrations| {
        let file = config.store_file(migrations.role)?;
        Some((migrations.role, file))
    }))
}

/// Within the memory that pictures and passwords may take.
fn heavy(config: &Config) -> Result<HeavyWork, SettingFault> {
    let budget = Weights::new(config.media.memory_mib.max(64) << 20);
    HeavyWork::within(budget).map_err(|fault| {
        SettingFault::new(
            "media.memory_mib",
            fault.to_string(),
            "free some threads or memory of the machine",
        )
    })
}

/// The streams, and who acts on what they tell.
const HEARD: [(&str, &[Role]); 2] = [
    (identity::STREAM, &[Role::Posts, Role::Media, Role::Feeds]),
    (posts::STREAM, &[Role::Media, Role::Feeds]),
];

/// Whether a role tells something that others act on.
pub(crate) fn is_heard_of(role: &str) -> bool {
    HEARD.iter().any(|(stream, _)| *stream == role)
}

fn hearers_of(stream: &str) -> impl Iterator<Item = Role> {
    let found = HEARD.iter().find(|(name, _)| *name == stream);
    found
        .into_iter()
        .flat_map(|(_, roles)| roles.iter().copied())
}

/// A role here hears what it acts on.
fn hear<E: Hear + 'static>(bus: &Bus, role: Role, ear: &Arc<E>) {
    for (stream, roles) in HEARD {
        if roles.contains(&role) {
            bus.subscribe(stream, role.name(), ear.clone());
        }
    }
}
