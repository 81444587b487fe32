//! What is counted, and for whom.

use contract::ResidentId;
use runtime::Key;

use crate::settings::{Rate, Rates};

/// What is counted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// Any request.
    Request,
    /// An operation that reads.
    Query,
    /// An operation that changes something.
    Mutation,
    /// A picture sent.
    Upload,
    /// A password, a code or an address tried.
    Entry,
    /// A socket opened.
    Socket,
}

impl Kind {
    /// The stable name of its limit.
    pub(crate) const fn limit(self) -> &'static str {
        match self {
            Self::Request => "REQUESTS",
            Self::Query => "QUERIES",
            Self::Mutation => "MUTATIONS",
            Self::Upload => "UPLOADS",
            Self::Entry => "ENTRIES",
            Self::Socket => "SOCKETS",
        }
    }

    /// Its rate among these.
    pub(super) const fn rate(self, rates: &Rates) -> Rate {
        match self {
            Self::Request => rates.requests,
            Self::Query => rates.queries,
            Self::Mutation => rates.mutations,
            Self::Upload => rates.uploads,
            Self::Entry => rates.entries,
            Self::Socket => rates.sockets,
        }
    }
}

/// Whose bucket it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// A signed-in resident.
    Resident(ResidentId),
    /// A network address, by its keyed hash of the day.
    Origin([u8; 16]),
}

/// What a bucket is called outside this process: a keyed hash of kind, caller and day. It cannot be turned back, and tomorrow's
/// does not match today's.
pub(crate) fn bucket_name(key: &Key, kind: Kind, who: Who, today: i64) -> [u8; 16] {
    let (of, id) = match who {
        Who::Resident(resident) => (b'r', resident.uuid().into_bytes()),
        Who::Origin(origin) => (b'o', origin),
    };
    let mut value = [b"rate:", kind.limit().as_bytes(), &[0, of]].concat();
    value.extend_from_slice(&id);
    value.extend_from_slice(&today.to_le_bytes());
    let mut name = [0; 16];
    name.copy_from_slice(&key.hash(&value)[..16]);
    name
}

#[cfg(test)]
mod tests {
    use runtime::KeyRing;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_name_is_of_the_key_the_kind_the_caller_and_the_day() {
        let ring = KeyRing::of([("a", [3; 32]), ("b", [4; 32])]);
        let (older, newer) = (ring.get("a").unwrap(), ring.newest());
        let resident = Who::Resident(ResidentId::new(Uuid::from_bytes([1; 16])));
        let origin = Who::Origin([1; 16]);
        let name = bucket_name(newer, Kind::Query, resident, 5);
        assert_eq!(name, bucket_name(newer, Kind::Query, resident, 5));
        for other in [
            bucket_name(older, Kind::Query, resident, 5),
            bucket_name(newer, Kind::Mutation, resident, 5),
            bucket_name(newer, Kind::Query, origin, 5),
            bucket_name(newer, Kind::Query, resident, 6),
        ] {
            assert_ne!(name, other);
        }
    }
}
