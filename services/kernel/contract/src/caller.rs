//! Who is calling: travels with every call, alike in one process and between processes.

use prost::Message;
use tonic::Request;
use tonic::metadata::BinaryMetadataValue;

use crate::common::{self, SignedStanding, caller::Kind};
use crate::{Fault, FromAfar, NeighbourhoodId, ResidentId, SessionId, Standing, StandingKeys};

const METADATA_KEY: &str = "palier-caller-bin";
/// A resident belongs to few neighbourhoods, and moderates fewer others; more standings than this are not read.
const STANDINGS_AT_MOST: usize = 24;

/// The language of sentences meant for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// French, also where nothing else is said.
    #[default]
    French,
    /// English.
    English,
}

impl Locale {
    /// `fr` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// From a language tag; anything but English reads as French.
    pub fn from_tag(tag: &str) -> Self {
        let english = tag
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("en"));
        if english { Self::English } else { Self::French }
    }

    /// The one of two sentences in this language.
    pub const fn pick<'a>(self, french: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::French => french,
            Self::English => english,
        }
    }
}

/// Who is calling.
#[derive(Clone, Debug, PartialEq)]
pub enum Caller {
    /// Somebody who is not signed in.
    Visitor {
        /// The language of the browser.
        locale: Locale,
        /// Keyed hash of the network address, for rate limits.
        origin: Vec<u8>,
    },
    /// A signed-in resident.
    Resident {
        /// The account.
        resident: ResidentId,
        /// The device that calls.
        session: SessionId,
        /// What identity vouches for, one for each neighbourhood that matters here.
        standings: Vec<SignedStanding>,
        /// The language chosen.
        locale: Locale,
    },
    /// The command line, on the machine itself.
    Operator,
    /// Another role, or the process itself at regular times.
    Role,
}

impl Caller {
    /// The language of sentences for this caller.
    pub const fn locale(&self) -> Locale {
        match self {
            Self::Visitor { locale, .. } | Self::Resident { locale, .. } => *locale,
            Self::Operator | Self::Role => Locale::English,
        }
    }

    /// The account and session that call.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when no resident does.
    pub fn resident(&self) -> Result<(ResidentId, SessionId), Fault> {
        match self {
            Self::Resident {
                resident, session, ..
            } => Ok((*resident, *session)),
            _ => Err(Fault::unauthenticated()),
        }
    }

    /// Whose data are asked for: the caller's own, or anybody's for the operator and for the house itself.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when no resident asks, `NOT_FOUND` to another one, and what is wrong with the id.
    pub fn whose(&self, resident: &[u8]) -> Result<ResidentId, Fault> {
        let resident = ResidentId::from_bytes(resident)?;
        match self {
            Self::Operator | Self::Role => Ok(resident),
            _ if self.resident()?.0 == resident => Ok(resident),
            _ => Err(Fault::not_found()),
        }
    }

    /// The caller's verified standing in a neighbourhood.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in or the standing does not verify; `NOT_FOUND` to those who are not
    /// members: for them the neighbourhood's inside does not exist.
    pub fn member_of(
        &self,
        neighbourhood: NeighbourhoodId,
        keys: &StandingKeys,
        now_ms: i64,
    ) -> Result<Standing, Fault> {
        let Self::Resident {
            resident,
            standings,
            ..
        } = self
        else {
            return Err(Fault::unauthenticated());
        };
        for signed in standings.iter().take(STANDINGS_AT_MOST) {
            if Standing::read(signed).is_ok_and(|s| s.neighbourhood == neighbourhood && !s.reserve)
            {
                let standing = keys.verify(signed, now_ms)?;
                if standing.resident == *resident {
                    return Ok(standing);
                }
            }
        }
        Err(Fault::not_found())
    }

    /// Every verified standing of the caller as a member; those that do not verify are left out.
    pub fn standings(&self, keys: &StandingKeys, now_ms: i64) -> Vec<Standing> {
        let mut standings = self.verified(keys, now_ms);
        standings.retain(|standing| !standing.reserve);
        standings
    }

    /// Every verified standing of the caller as a moderator, of where they live or by a grant.
    pub fn moderating(&self, keys: &StandingKeys, now_ms: i64) -> Vec<Standing> {
        let mut standings = self.verified(keys, now_ms);
        standings.retain(|standing| standing.moderator);
        standings
    }

    fn verified(&self, keys: &StandingKeys, now_ms: i64) -> Vec<Standing> {
        let Self::Resident {
            resident,
            standings,
            ..
        } = self
        else {
            return Vec::new();
        };
        standings
            .iter()
            .take(STANDINGS_AT_MOST)
            .filter_map(|signed| keys.verify(signed, now_ms).ok())
            .filter(|standing| standing.resident == *resident)
            .collect()
    }

    /// A call by this caller.
    pub fn request<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        request.metadata_mut().insert_bin(
            METADATA_KEY,
            BinaryMetadataValue::from_bytes(&self.wire().encode_to_vec()),
        );
        request
    }

    /// Who made this call.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when the call does not say, or says from another process that it is the operator's.
    pub fn of<T>(request: &Request<T>) -> Result<Self, Fault> {
        let bytes = request
            .metadata()
            .get_bin(METADATA_KEY)
            .and_then(|value| value.to_bytes().ok())
            .ok_or_else(Fault::unauthenticated)?;
        let wire = common::Caller::decode(bytes).map_err(|_| Fault::unauthenticated())?;
        let locale = Locale::from_tag(&wire.locale);
        Ok(match wire.kind() {
            Kind::Visitor => Self::Visitor {
                locale,
                origin: wire.origin.to_vec(),
            },
            Kind::Resident => Self::Resident {
                resident: ResidentId::from_bytes(&wire.resident)?,
                session: SessionId::from_bytes(&wire.session)?,
                standings: wire.standings,
                locale,
            },
            Kind::Operator if request.extensions().get::<FromAfar>().is_some() => {
                return Err(Fault::unauthenticated());
            }
            Kind::Operator => Self::Operator,
            Kind::Role => Self::Role,
        })
    }

    fn wire(&self) -> common::Caller {
        let locale = self.locale().tag().to_owned();
        match self {
            Self::Visitor { origin, .. } => common::Caller {
                kind: Kind::Visitor.into(),
                locale,
                origin: origin.clone().into(),
                ..Default::default()
            },
            Self::Resident {
                resident,
                session,
                standings,
                ..
            } => common::Caller {
                kind: Kind::Resident.into(),
                locale,
                resident: resident.to_bytes(),
                session: session.to_bytes(),
                standings: standings.clone(),
                ..Default::default()
            },
            Self::Operator => common::Caller {
                kind: Kind::Operator.into(),
                locale,
                ..Default::default()
            },
            Self::Role => common::Caller {
                kind: Kind::Role.into(),
                locale,
                ..Default::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_crosses_the_wire_unchanged() {
        let callers = [
            Caller::Visitor {
                locale: Locale::English,
                origin: vec![1, 2],
            },
            Caller::Resident {
                resident: ResidentId::from_random([1; 16]),
                session: SessionId::from_random([2; 16]),
                standings: vec![],
                locale: Locale::French,
            },
            Caller::Operator,
            Caller::Role,
        ];
        for caller in callers {
            assert_eq!(Caller::of(&caller.request(())).unwrap(), caller);
        }
    }

    #[test]
    fn nobody_has_the_data_of_another_but_the_house() {
        let own = ResidentId::from_random([1; 16]);
        let by = |resident| Caller::Resident {
            resident,
            session: SessionId::from_random([2; 16]),
            standings: vec![],
            locale: Locale::French,
        };
        let visitor = Caller::Visitor {
            locale: Locale::French,
            origin: vec![],
        };
        let whose = |caller: Caller| caller.whose(&own.to_bytes()).map_err(|fault| fault.code);
        for caller in [by(own), Caller::Operator, Caller::Role] {
            assert_eq!(whose(caller), Ok(own));
        }
        let other = by(ResidentId::from_random([3; 16]));
        assert_eq!(whose(other).unwrap_err(), "NOT_FOUND");
        assert_eq!(whose(visitor).unwrap_err(), "UNAUTHENTICATED");
        assert!(Caller::Role.whose(b"short").is_err());
    }

    #[test]
    fn a_call_that_does_not_say_who_calls_is_refused() {
        assert_eq!(
            Caller::of(&Request::new(())).unwrap_err().code,
            "UNAUTHENTICATED"
        );
    }

    #[test]
    fn nobody_is_the_operator_from_afar() {
        let mut request = Caller::Operator.request(());
        request.extensions_mut().insert(FromAfar);
        assert_eq!(Caller::of(&request).unwrap_err().code, "UNAUTHENTICATED");
        let mut request = Caller::Role.request(());
        request.extensions_mut().insert(FromAfar);
        assert_eq!(Caller::of(&request).unwrap(), Caller::Role);
    }

    #[test]
    fn french_comes_first_where_nothing_is_said() {
        assert_eq!(Locale::from_tag(""), Locale::French);
        assert_eq!(Locale::from_tag("de-DE"), Locale::French);
        assert_eq!(Locale::from_tag("EN-gb"), Locale::English);
    }
}
