//! Everything the edge works with, in one place.

use bus::Bus;
use contract::{FeedsClient, IdentityClient, MediaClient, ModerationClient, PostsClient};
use runtime::{Clock, Entropy, Health, Keys, Tasks, telemetry};

use crate::admit::{Buckets, Library, Origins, Quota};
use crate::alike::Alike;
use crate::hoods::Hoods;
use crate::live::Tails;
use crate::moderator::{self, ModeratorSchema};
use crate::resident::{self, ResidentSchema};
use crate::session::Sessions;
use crate::settings::Settings;

/// What a gateway is made of.
pub struct Parts {
    /// Who residents are.
    pub identity: IdentityClient,
    /// What they publish.
    pub posts: PostsClient,
    /// Their pictures.
    pub media: MediaClient,
    /// What is near.
    pub feeds: FeedsClient,
    /// What is wrong with it, and what was decided.
    pub moderation: ModerationClient,
    /// Signals that something changed.
    pub bus: Bus,
    /// What time it is.
    pub clock: Clock,
    /// Where randomness comes from.
    pub entropy: Entropy,
    /// For the hashes of visitors' addresses.
    pub keys: Keys,
    /// Whether what the process depends on answers.
    pub health: Health,
    /// Where sockets and tails run, so that the shutdown waits for them.
    pub tasks: Tasks,
    /// What the operator decided.
    pub settings: Settings,
}

/// The edge at work.
pub(crate) struct Edge {
    pub identity: IdentityClient,
    pub posts: PostsClient,
    pub media: MediaClient,
    pub feeds: FeedsClient,
    pub moderation: ModerationClient,
    pub bus: Bus,
    pub clock: Clock,
    pub entropy: Entropy,
    pub keys: Keys,
    pub health: Health,
    pub tasks: Tasks,
    pub settings: Settings,
    pub schema: ResidentSchema,
    /// The same schema with the bound for who is signed out.
    pub open_schema: ResidentSchema,
    pub moderator_schema: ModeratorSchema,
    pub sessions: Sessions,
    pub hoods: Hoods,
    pub buckets: Buckets,
    pub library: Library,
    pub origins: Origins,
    /// Answers that are the same for every member.
    pub alike: Alike,
    pub tails: Tails,
    /// Sockets open.
    pub sockets: Quota,
    /// Feeds and notices followed.
    pub follows: Quota,
}

impl Edge {
    pub(crate) fn new(parts: Parts) -> Self {
        let settings = parts.settings;
        Self {
            schema: resident::schema(&settings, settings.limits.cost),
            open_schema: resident::schema(&settings, settings.limits.cost_signed_out),
            moderator_schema: moderator::schema(&settings, settings.limits.cost),
            sessions: Sessions::new(
                parts.identity.clone(),
                parts.bus.clone(),
                parts.clock.clone(),
                parts.tasks.clone(),
            ),
            hoods: Hoods::new(parts.identity.clone(), parts.clock.clone()),
            buckets: Buckets::new(&settings.limits, parts.bus.clone()),
            library: Library::new(&settings),
            origins: Origins::new(&settings),
            alike: Alike::new(),
            tails: Tails::default(),
            sockets: Quota::new(settings.limits.sockets_each, settings.limits.sockets()),
            follows: Quota::new(settings.limits.follows_each, settings.limits.follows),
            identity: parts.identity,
            posts: parts.posts,
            media: parts.media,
            feeds: parts.feeds,
            moderation: parts.moderation,
            bus: parts.bus,
            clock: parts.clock,
            entropy: parts.entropy,
            keys: parts.keys,
            health: parts.health,
            tasks: parts.tasks,
            settings,
        }
    }

    /// The id of the trace that this is a part of, or a fresh one: ties an error shown to a person to its lines in the log.
    pub(crate) fn trace(&self) -> String {
        telemetry::current().map_or_else(
            || hex::encode(self.entropy.bytes::<16>()),
            |context| context.trace_id(),
        )
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;

    /// An edge whose roles do not answer.
    pub(crate) fn edge() -> Arc<Edge> {
        let entropy = Entropy::seeded(1);
        Arc::new(Edge::new(Parts {
            identity: contract::IdentityClient::new(contract::absent()),
            posts: contract::PostsClient::new(contract::absent()),
            media: contract::MediaClient::new(contract::absent()),
            feeds: contract::FeedsClient::new(contract::absent()),
            moderation: contract::ModerationClient::new(contract::absent()),
            bus: Bus::memory(),
            clock: Clock::manual(0),
            keys: Keys::ephemeral(&entropy),
            entropy,
            health: Health::new(),
            tasks: Tasks::new(),
            settings: Settings::default(),
        }))
    }
}
