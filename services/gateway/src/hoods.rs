//! Neighbourhoods as the edge needs them: their level maps, to coarsen every place, and the names of their tiles.

use std::collections::HashMap;
use std::sync::Arc;

use contract::identity::get_neighbourhood_request::By;
use contract::{Caller, Fault, FaultKind, IdentityClient, Locale, NeighbourhoodId, identity};
use geo::{Compass, Direction, LevelMap, Place};
use moka::sync::Cache;
use runtime::Clock;
use tokio::sync::Mutex;

/// How long a neighbourhood is taken as known: a name or a map that changed is seen that much later.
const FRESH_MS: i64 = 5_000;
/// How many neighbourhoods are remembered.
const KEPT: u64 = 1_024;
/// The most that are listed to everybody.
pub(crate) const LISTED_AT_MOST: usize = 50;

/// A neighbourhood.
#[derive(Debug)]
pub(crate) struct Hood {
    /// Which.
    pub id: NeighbourhoodId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether moderators send postcards to who asks for one.
    pub postcards: bool,
    /// Its newest level map.
    pub map: LevelMap,
    /// Until when this is taken for what it is, in milliseconds since 1970.
    pub good_until_ms: i64,
    compass: Compass,
    /// The names that moderators gave to tiles.
    names: HashMap<Place, String>,
}

impl Hood {
    /// From identity's answer.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable: what identity keeps was checked when it was made.
    pub(crate) fn read(wire: identity::Neighbourhood, now_ms: i64) -> Result<Self, Fault> {
        let map = wire.map.as_ref().ok_or_else(Fault::internal)?;
        let map = LevelMap::try_from(map)?;
        let names = wire
            .names
            .into_iter()
            .filter_map(|named| Some((Place::from_i64(named.place).ok()?, named.name)))
            .collect();
        Ok(Self {
            id: NeighbourhoodId::from_bytes(&wire.id).map_err(|_| Fault::internal())?,
            slug: wire.slug,
            name: wire.name,
            postcards: wire.postcards,
            compass: map.compass(),
            map,
            good_until_ms: now_ms.saturating_add(FRESH_MS),
            names,
        })
    }

    /// The place of the newest map that a given one becomes.
    ///
    /// # Errors
    /// `OUTSIDE_NEIGHBOURHOOD` when it does not lie in it.
    pub(crate) fn place_of(&self, place: Place) -> Result<Place, Fault> {
        self.map.place_of(place).ok_or_else(|| {
            Fault::invalid(
                "OUTSIDE_NEIGHBOURHOOD",
                "This tile is not in the neighbourhood. Choose one of its tiles, or X for the whole of it.",
            )
        })
    }

    /// What people call a place: its name, else a word of the compass.
    pub(crate) fn name_of(&self, place: Place, locale: Locale) -> String {
        match place {
            Place::Whole => locale
                .pick("tout le quartier", "the whole neighbourhood")
                .to_owned(),
            Place::Cell(cell) => self
                .names
                .get(&place)
                .cloned()
                .unwrap_or_else(|| towards(self.compass.direction_of(cell), &self.name, locale)),
        }
    }
}

/// What everybody may know of a neighbourhood.
#[derive(Debug)]
pub(crate) struct Named {
    /// Which.
    pub id: NeighbourhoodId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
}

impl Named {
    fn read(wire: identity::NeighbourhoodName) -> Result<Arc<Self>, Fault> {
        Ok(Arc::new(Self {
            id: NeighbourhoodId::from_bytes(&wire.id).map_err(|_| Fault::internal())?,
            slug: wire.slug,
            name: wire.name,
        }))
    }
}

/// Those of this board, by name.
pub(crate) type Listed = Arc<[Arc<Named>]>;

/// "north-east of Kallio"; in French with its article elided where it must be.
fn towards(direction: Direction, name: &str, locale: Locale) -> String {
    let (french, english) = match direction {
        Direction::Centre => ("centre", "centre"),
        Direction::North => ("nord", "north"),
        Direction::NorthEast => ("nord-est", "north-east"),
        Direction::East => ("est", "east"),
        Direction::SouthEast => ("sud-est", "south-east"),
        Direction::South => ("sud", "south"),
        Direction::SouthWest => ("sud-ouest", "south-west"),
        Direction::West => ("ouest", "west"),
        Direction::NorthWest => ("nord-ouest", "north-west"),
    };
    let vowel = name
        .chars()
        .next()
        .is_some_and(|first| "aeiouyàâäéèêëîïôöùûüœæ".contains(&*first.to_lowercase().to_string()));
    match locale {
        Locale::English => format!("{english} of {name}"),
        Locale::French if vowel => format!("{french} d’{name}"),
        Locale::French => format!("{french} de {name}"),
    }
}

#[derive(Clone)]
struct Known<T> {
    what: T,
    asked_at_ms: i64,
}

impl<T> Known<T> {
    fn is_fresh(&self, now_ms: i64) -> bool {
        (0..FRESH_MS).contains(&now_ms.saturating_sub(self.asked_at_ms))
    }
}

/// The neighbourhoods seen lately.
pub(crate) struct Hoods {
    by_id: Cache<NeighbourhoodId, Known<Arc<Hood>>>,
    by_slug: Cache<String, NeighbourhoodId>,
    /// Held while it is asked for: whoever comes meanwhile waits for that answer.
    listed: Mutex<Option<Known<Listed>>>,
    identity: IdentityClient,
    clock: Clock,
}

impl Hoods {
    pub(crate) fn new(identity: IdentityClient, clock: Clock) -> Self {
        Self {
            by_id: Cache::new(KEPT),
            by_slug: Cache::new(KEPT),
            listed: Mutex::default(),
            identity,
            clock,
        }
    }

    /// A neighbourhood by its id.
    ///
    /// # Errors
    /// `NOT_FOUND`, or that identity does not answer.
    pub(crate) async fn by_id(&self, id: NeighbourhoodId) -> Result<Arc<Hood>, Fault> {
        let now_ms = self.clock.now_ms();
        match self.by_id.get(&id) {
            Some(known) if known.is_fresh(now_ms) => Ok(known.what),
            _ => self.ask(By::Id(id.to_bytes())).await,
        }
    }

    /// A neighbourhood by its name in addresses; none when there is none.
    ///
    /// # Errors
    /// That identity does not answer.
    pub(crate) async fn by_slug(&self, slug: String) -> Result<Option<Arc<Hood>>, Fault> {
        let asked = match self.by_slug.get(&slug) {
            Some(id) => self.by_id(id).await,
            None => self.ask(By::Slug(slug)).await,
        };
        match asked {
            Ok(hood) => Ok(Some(hood)),
            Err(fault) if fault.kind == FaultKind::NotFound => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Those of this board, by name; of very many the first.
    ///
    /// # Errors
    /// That identity does not answer.
    pub(crate) async fn listed(&self) -> Result<Listed, Fault> {
        let mut listed = self.listed.lock().await;
        let now_ms = self.clock.now_ms();
        if let Some(known) = &*listed
            && known.is_fresh(now_ms)
        {
            return Ok(known.what.clone());
        }
        let request = identity::ListNamesRequest {
            first: u32::try_from(LISTED_AT_MOST).unwrap_or(u32::MAX),
        };
        let request = Caller::Role.request(request);
        let reply = self.identity.clone().list_names(request).await?;
        let named = reply.into_inner().names.into_iter().map(Named::read);
        let mut named = named.collect::<Result<Vec<_>, _>>()?;
        named.sort_by_cached_key(|named| (named.name.to_lowercase(), named.slug.clone()));
        let known = Known {
            what: Listed::from(named),
            asked_at_ms: now_ms,
        };
        Ok(listed.insert(known).what.clone())
    }

    /// Takes in what identity just said about a neighbourhood.
    ///
    /// # Errors
    /// `INTERNAL` when that is not readable.
    pub(crate) fn learn(&self, wire: identity::Neighbourhood) -> Result<Arc<Hood>, Fault> {
        let now_ms = self.clock.now_ms();
        let hood = Arc::new(Hood::read(wire, now_ms)?);
        let known = Known {
            what: hood.clone(),
            asked_at_ms: now_ms,
        };
        self.by_id.insert(hood.id, known);
        self.by_slug.insert(hood.slug.clone(), hood.id);
        Ok(hood)
    }

    async fn ask(&self, by: By) -> Result<Arc<Hood>, Fault> {
        let request = identity::GetNeighbourhoodRequest { by: Some(by) };
        // The answer serves whoever asks next, so the edge asks for itself; who may see what of it is decided here.
        let reply = self
            .identity
            .clone()
            .get_neighbourhood(Caller::Role.request(request))
            .await?;
        self.learn(reply.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use geo::CoarseCell;

    use super::*;

    const HERE: &str = "46920be4";

    fn hood() -> Hood {
        let home = CoarseCell::from_token("47e66e1c").unwrap();
        Hood::read(
            identity::Neighbourhood {
                id: NeighbourhoodId::from_random([1; 16]).to_bytes(),
                slug: "here".into(),
                postcards: true,
                name: "Ici".into(),
                map: Some(identity::LevelMap {
                    version: 3,
                    grain: 13,
                    leaves: home
                        .parent()
                        .unwrap()
                        .children()
                        .unwrap()
                        .map(|cell| identity::Leaf {
                            place: cell.to_i64(),
                            selectable: true,
                        })
                        .to_vec(),
                }),
                names: vec![identity::TileName {
                    place: home.to_i64(),
                    name: "Lavoir".into(),
                }],
            },
            0,
        )
        .unwrap()
    }

    #[test]
    fn a_place_is_coarsened_to_the_map_and_one_outside_refused() {
        let hood = hood();
        let fine = Place::from_token("47e66e1d").unwrap();
        assert_eq!(hood.place_of(fine).unwrap().token(), "47e66e1c");
        assert_eq!(hood.place_of(Place::Whole).unwrap(), Place::Whole);
        let outside = Place::from_token(HERE).unwrap();
        assert_eq!(
            hood.place_of(outside).unwrap_err().code,
            "OUTSIDE_NEIGHBOURHOOD"
        );
    }

    #[test]
    fn a_tile_has_its_name_or_a_word_of_the_compass() {
        let hood = hood();
        let named = Place::from_token("47e66e1c").unwrap();
        assert_eq!(hood.name_of(named, Locale::French), "Lavoir");
        let other = hood
            .map
            .tiles()
            .find(|cell| Place::from(*cell) != named)
            .unwrap();
        let french = hood.name_of(other.into(), Locale::French);
        assert!(french.ends_with(" d’Ici"), "{french}");
        let english = hood.name_of(other.into(), Locale::English);
        assert!(english.ends_with(" of Ici"), "{english}");
        assert_eq!(
            hood.name_of(Place::Whole, Locale::English),
            "the whole neighbourhood"
        );
    }
}
