//! Who acts on what another role tells.

use std::sync::Arc;

use bus::{Bus, Hear};

use super::role::Role;

/// The streams, and who acts on what they tell.
const HEARD: [(&str, &[Role]); 3] = [
    (
        identity::STREAM,
        &[Role::Posts, Role::Media, Role::Feeds, Role::Moderation],
    ),
    (posts::STREAM, &[Role::Media, Role::Feeds, Role::Moderation]),
    (moderation::STREAM, &[Role::Identity, Role::Posts]),
];

/// Whether a role tells something that others act on.
pub(crate) fn is_heard_of(role: &str) -> bool {
    HEARD.iter().any(|(stream, _)| *stream == role)
}

/// Who acts on what a stream tells.
pub(super) fn hearers_of(stream: &str) -> impl Iterator<Item = Role> {
    let found = HEARD.iter().find(|(name, _)| *name == stream);
    found
        .into_iter()
        .flat_map(|(_, roles)| roles.iter().copied())
}

/// A role here hears what it acts on.
pub(super) fn hear<E: Hear + 'static>(bus: &Bus, role: Role, ear: &Arc<E>) {
    for (stream, roles) in HEARD {
        if roles.contains(&role) {
            bus.subscribe(stream, role.name(), ear.clone());
        }
    }
}
