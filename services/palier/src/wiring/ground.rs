//! How each role is built, and on what.

use std::sync::Arc;

use bus::{Bus, Compose, Relay};
use contract::StandingKeys;
use feeds::Feeds;
use gateway::Gateway;
use identity::{Identity, Mail};
use media::Media;
use moderation::Moderation;
use posts::Posts;
use runtime::{Health, HeavyWork, Keys, SettingFault, Tasks, Weights};
use store::{Outbox, Store};

use super::clients::Clients;
use super::hearing::hearers_of;
use super::open::{edge, identity_settings};
use super::pictures::Pictures;
use super::role::Role;
use super::surroundings::Surroundings;
use crate::config::Config;
use crate::key_folder;

/// What the roles are built on.
pub(super) struct Ground<'a> {
    pub(super) config: &'a Config,
    pub(super) stores: &'a [(&'static str, Store)],
    pub(super) keys: &'a Keys,
    pub(super) heavy: HeavyWork,
    pub(super) bus: &'a Bus,
    pub(super) around: &'a Surroundings,
}

impl Ground<'_> {
    pub(super) fn identity(&self) -> Result<Identity, SettingFault> {
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

    pub(super) fn posts(&self, identity: Option<&Identity>) -> Result<Posts, SettingFault> {
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

    pub(super) async fn media(&self, identity: Option<&Identity>) -> Result<Media, SettingFault> {
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

    pub(super) fn feeds(&self, identity: Option<&Identity>) -> Result<Feeds, SettingFault> {
        Ok(Feeds::new(feeds::Parts {
            store: self.store(feeds::CONSUMER)?,
            clock: self.around.clock.clone(),
            keys: self.keys.clone(),
            standing_keys: self.standing_keys(identity)?,
            bus: self.bus.clone(),
            posts_in_memory: feeds::POSTS_IN_MEMORY,
        }))
    }

    pub(super) fn moderation(
        &self,
        identity: Option<&Identity>,
    ) -> Result<Moderation, SettingFault> {
        Ok(Moderation::new(moderation::Parts {
            store: self.store(moderation::STREAM)?,
            clock: self.around.clock.clone(),
            entropy: self.around.entropy.clone(),
            keys: self.keys.clone(),
            standing_keys: self.standing_keys(identity)?,
            settings: moderation::Settings {
                reports_a_day: self.config.moderation.reports_a_day,
            },
        }))
    }

    pub(super) fn gateway(
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
            moderation: clients.moderation.clone(),
            bus: self.bus.clone(),
            clock: self.around.clock.clone(),
            entropy: self.around.entropy.clone(),
            keys: self.keys.clone(),
            health: health.clone(),
            tasks: tasks.clone(),
            settings: edge(self.config, self.around.demo)?,
        }))
    }

    fn standing_keys(&self, identity: Option<&Identity>) -> Result<StandingKeys, SettingFault> {
        let here = identity.map(Identity::standing_keys);
        here.map_or_else(|| key_folder::standing_keys(self.config), Ok)
    }

    pub(super) async fn relay(
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

/// Within the memory that pictures and passwords may take.
pub(super) fn heavy(config: &Config) -> Result<HeavyWork, SettingFault> {
    let budget = Weights::new(config.media.memory_mib.max(64) << 20);
    HeavyWork::within(budget).map_err(|fault| {
        SettingFault::new(
            "media.memory_mib",
            fault.to_string(),
            "free some threads or memory of the machine",
        )
    })
}
