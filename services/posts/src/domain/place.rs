//! Where a notice hangs, and under which name.

use contract::posts::Signature;
use geo::{LevelMap, Place};

use super::reason::{Code, Reason};

/// The place a notice gets, never finer than map and category; and whether that is the author's home tile.
///
/// # Errors
/// When the place picked is not in the neighbourhood.
pub fn settle(
    picked: Option<Place>,
    home: Place,
    map: &LevelMap,
    finest_level: u8,
) -> Result<(Place, bool), Reason> {
    let home = map.place_of(home).unwrap_or(Place::Whole);
    let place = match picked {
        None => home,
        Some(picked) => map.place_of(picked).ok_or_else(|| {
            Reason::new(
                Code::OutsideNeighbourhood,
                "cell",
                "Ce carreau n’est pas dans votre voisinage. Choisissez-en un sur la carte ou dans la liste.",
                "This tile is not in your neighbourhood. Pick one on the map or from the list.",
            )
        })?,
    };
    Ok((map.coarsened(place, finest_level), place == home))
}

/// The name under a notice: the pseudonym at home, "a neighbour" (empty) elsewhere, unless the author says otherwise.
pub fn signed_by(signature: Signature, at_home: bool, pseudonym: &str) -> String {
    match signature {
        Signature::Pseudonym => pseudonym.to_owned(),
        Signature::Default if at_home => pseudonym.to_owned(),
        Signature::Neighbour | Signature::Default => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pick_away_from_home_is_not_signed_unless_the_author_wants_it() {
        assert_eq!(signed_by(Signature::Default, true, "Mésange"), "Mésange");
        assert_eq!(signed_by(Signature::Default, false, "Mésange"), "");
        assert_eq!(signed_by(Signature::Pseudonym, false, "Mésange"), "Mésange");
        assert_eq!(signed_by(Signature::Neighbour, true, "Mésange"), "");
    }
}
