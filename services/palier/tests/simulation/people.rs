//! Who lives there, and asking as one of them.

use contract::events::envelope::Body;
use contract::{Caller, Locale, ResidentId, SessionId, Standing};
use geo::Place;
use runtime::DAY_MS;

use crate::house::House;

/// Two who write, one of whom came a moment ago; two moderators, who write too.
pub const ACTORS: usize = 4;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: ResidentId,
    /// A word that stands in all they write, and in all that is said of it.
    pub mark: String,
    pub moderator: bool,
    pub newcomer_until_ms: i64,
}

impl Person {
    /// The one in this place; again with another account where the one before was erased.
    pub fn new(house: &House, place: usize) -> Self {
        let is_new = place == 1;
        Self {
            id: ResidentId::from_random(house.entropy.bytes()),
            mark: word(house, "mx"),
            moderator: place >= 2,
            newcomer_until_ms: if is_new {
                house.clock.now_ms() + 14 * DAY_MS
            } else {
                0
            },
        }
    }

    /// Somebody who only reads.
    pub fn reader(house: &House) -> Self {
        Self {
            moderator: false,
            ..Self::new(house, 0)
        }
    }

    pub fn caller(&self, house: &House) -> Caller {
        let pauses = house.restrained.iter().rev();
        let mut theirs = pauses.filter(|event| event.subject == self.id.to_bytes());
        let paused_until_ms = theirs.find_map(|event| match &event.body {
            Some(Body::AuthorRestrained(restrained)) => Some(restrained.paused_until_ms),
            _ => None,
        });
        let now_ms = house.clock.now_ms();
        let standing = Standing {
            resident: self.id,
            neighbourhood: house.here,
            pseudonym: "Merle".into(),
            home: Place::Whole,
            map_version: 1,
            founder: self.newcomer_until_ms == 0,
            moderator: self.moderator,
            newcomer_until_ms: self.newcomer_until_ms,
            suspended_until_ms: paused_until_ms.filter(|until_ms| *until_ms > now_ms),
            issued_at_ms: now_ms,
            reserve: false,
        };
        Caller::Resident {
            resident: self.id,
            session: SessionId::from_random([9; 16]),
            standings: vec![standing.sign("k1", &house.key)],
            locale: Locale::English,
        }
    }
}

/// A word that stands nowhere else.
pub fn word(house: &House, beginning: &str) -> String {
    let letters =
        (0..12).map(|_| char::from(b'a' + u8::try_from(house.entropy.below(26)).unwrap()));
    beginning.chars().chain(letters).collect()
}
