//! The only place that chooses: a role here or elsewhere, SQLite or PostgreSQL, memory or a server as bus, a folder or a
//! server for pictures and mail.

mod background;
mod clients;
mod gauges;
mod ground;
mod hearing;
mod open;
mod pictures;
mod role;
mod serve;
mod sole;
mod surroundings;

use std::sync::Arc;
use std::time::Duration;

use bus::{Bus, Relay};
use feeds::Feeds;
use gateway::Gateway;
use identity::Identity;
use media::Media;
use moderation::Moderation;
use posts::Posts;
use runtime::{Clock, Health, Keys, SettingFault, Tasks};
use store::{DELETIONS, DeletionLog, Migrations, Outbox, Store};

use crate::config::Config;
use crate::key_folder;

use background::{Sweeper, deliver_mail};
use clients::{Here, Ways};
pub(crate) use clients::{addresses, credentials};
use gauges::Gauges;
use ground::{Ground, heavy};
use hearing::hear;
pub(crate) use hearing::is_heard_of;
pub(crate) use open::{bus, edge, identity_settings, log, open, prepare};
pub(crate) use pictures::Pictures;
use sole::Sole;
pub(crate) use sole::is_free;

pub use clients::Clients;
pub use role::{Role, Roles};
pub use serve::Doors;
pub use surroundings::Surroundings;

const CHECK_EVERY: Duration = Duration::from_secs(5);

/// The migrations of every role.
pub const MIGRATIONS: [Migrations; 5] = [
    identity::MIGRATIONS,
    posts::MIGRATIONS,
    media::MIGRATIONS,
    feeds::MIGRATIONS,
    moderation::MIGRATIONS,
];

/// The migrations of every database of a board: those of the roles, and that of the log of deletions.
pub const DATABASES: [Migrations; 6] = [
    identity::MIGRATIONS,
    posts::MIGRATIONS,
    media::MIGRATIONS,
    feeds::MIGRATIONS,
    moderation::MIGRATIONS,
    DELETIONS,
];

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
    /// What becomes of what they publish.
    pub moderation: Option<Moderation>,
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
        let moderation = has(Role::Moderation)
            .then(|| ground.moderation(identity.as_ref()))
            .transpose()?;
        let here = Here {
            identity: identity.as_ref(),
            posts: posts.as_ref(),
            media: media.as_ref(),
            feeds: feeds.as_ref(),
            moderation: moderation.as_ref(),
        };
        ears(&bus, &here);
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
        if let Some(moderation) = &moderation {
            let told = Arc::new(moderation.clone());
            relays.push(ground.relay(moderation::STREAM, told).await?);
        }

        let (tasks, health) = (Tasks::new(), Health::new());
        let ways = Ways {
            config,
            roles: &around.roles,
            clock: &around.clock,
            tasks: &tasks,
        };
        let clients = ways.to(&here)?;
        let gateway = has(Role::Gateway)
            .then(|| ground.gateway(&clients, &health, &tasks))
            .transpose()?;
        Ok(Self {
            clock: around.clock,
            identity,
            posts,
            media,
            feeds,
            moderation,
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
            Role::Moderation => self.moderation.is_some(),
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
            moderation: self.moderation.clone(),
            stores: self.stores.clone(),
            log: self.log.clone(),
            clock: self.clock.clone(),
            health: self.health.clone(),
        }
    }
}

/// The roles here hear what they act on.
fn ears(bus: &Bus, here: &Here<'_>) {
    if let Some(identity) = here.identity {
        hear(bus, Role::Identity, &Arc::new(identity.clone()));
    }
    if let Some(posts) = here.posts {
        hear(bus, Role::Posts, &Arc::new(posts.clone()));
    }
    if let Some(media) = here.media {
        hear(bus, Role::Media, &Arc::new(media.clone()));
    }
    if let Some(feeds) = here.feeds {
        hear(bus, Role::Feeds, &Arc::new(feeds.clone()));
    }
    if let Some(moderation) = here.moderation {
        hear(bus, Role::Moderation, &Arc::new(moderation.clone()));
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

/// The SQLite files of these roles, for this process alone.
fn sole(config: &Config, roles: &Roles) -> Result<Sole, SettingFault> {
    Sole::take(roles.databases().filter_map(|migrations| {
        let file = config.store_file(migrations.role)?;
        Some((migrations.role, file))
    }))
}
