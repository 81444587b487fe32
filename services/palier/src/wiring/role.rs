//! Which parts of Palier a process plays.

use std::collections::BTreeSet;

use clap::ValueEnum;
use runtime::Purpose;
use store::{DELETIONS, Migrations};

use super::DATABASES;

/// A part of Palier that may run in a process of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Role {
    /// Who residents are.
    Identity,
    /// What they publish.
    Posts,
    /// Their pictures.
    Media,
    /// What is near.
    Feeds,
    /// What becomes of what they publish.
    Moderation,
    /// The edge.
    Gateway,
}

impl Role {
    /// Every one of them.
    pub const ALL: [Self; 6] = [
        Self::Identity,
        Self::Posts,
        Self::Media,
        Self::Feeds,
        Self::Moderation,
        Self::Gateway,
    ];

    /// As in settings, certificates and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => identity::STREAM,
            Self::Posts => posts::STREAM,
            Self::Media => "media",
            Self::Feeds => feeds::CONSUMER,
            Self::Moderation => moderation::STREAM,
            Self::Gateway => transport::EDGE,
        }
    }

    /// The files that its process is given, of the folders of keys and certificates. Of keys there may be several, by id.
    pub fn files(self) -> impl Iterator<Item = String> {
        let secret = self
            .purposes()
            .iter()
            .map(|purpose| format!("{}.*.key", purpose.stem()));
        let public = self
            .checks_standings()
            .then(|| format!("{}.*.pub", Purpose::Standings.stem()));
        let certificates = [
            "authority.pem".to_owned(),
            format!("{0}.pem {0}.key", self.name()),
        ];
        secret.chain(public).chain(certificates)
    }

    /// Whether it checks what identity vouches for.
    pub(crate) const fn checks_standings(self) -> bool {
        matches!(
            self,
            Self::Posts | Self::Media | Self::Feeds | Self::Moderation
        )
    }

    /// Whether the role of this name deletes what residents wrote or copies of it, and notes it in the log of deletions.
    pub(super) fn deletes(name: &str) -> bool {
        [Self::Identity, Self::Posts, Self::Moderation]
            .iter()
            .any(|role| role.name() == name)
    }

    /// Whether its process is given the keys of a purpose.
    pub(crate) fn has_key(self, purpose: Purpose) -> bool {
        self.purposes().contains(&purpose)
    }

    /// The keys that it cannot do without; it never sees another's.
    pub(super) const fn purposes(self) -> &'static [Purpose] {
        match self {
            Self::Identity => &[
                Purpose::Addresses,
                Purpose::AddressLookup,
                Purpose::Codes,
                Purpose::Standings,
                Purpose::Origins,
                Purpose::Deletions,
            ],
            Self::Posts => &[Purpose::Cursors, Purpose::Deletions],
            Self::Feeds => &[Purpose::Cursors],
            Self::Moderation => &[Purpose::Cursors, Purpose::Deletions, Purpose::Copies],
            Self::Media => &[],
            Self::Gateway => &[Purpose::Origins],
        }
    }
}

/// The parts that a process plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// All in one process.
    pub fn all() -> Self {
        Self(BTreeSet::from(Role::ALL))
    }

    /// These.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Self {
        Self(roles.into_iter().collect())
    }

    /// Whether this process plays it.
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Whether it plays every one, and needs nobody else.
    pub fn is_all(&self) -> bool {
        self.0.len() == Role::ALL.len()
    }

    /// One after another.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// Whether this process opens a database: that of a role here, or the log of deletions where somebody here deletes.
    pub(crate) fn opens(&self, database: &str) -> bool {
        self.iter()
            .map(Role::name)
            .any(|role| role == database || database == DELETIONS.role && Role::deletes(role))
    }

    /// The migrations of the databases that this process opens.
    pub(crate) fn databases(&self) -> impl Iterator<Item = Migrations> {
        let all = DATABASES.into_iter();
        all.filter(|migrations| self.opens(migrations.role))
    }

    pub(crate) fn purposes(&self) -> BTreeSet<Purpose> {
        self.iter()
            .flat_map(|role| role.purposes().iter().copied())
            .collect()
    }
}
