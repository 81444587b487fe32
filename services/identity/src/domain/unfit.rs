//! Names that give something away, or attack somebody: read by the lexicon that reads notices.

use screening::{Asked, Code, Outcome, Passage, lexicon};

/// What no name may hold. A name tells nothing of what somebody did: what is only for notices counts for none.
const UNFIT: [Code; 7] = [
    Code::PlateFound,
    Code::PhoneFound,
    Code::EmailFound,
    Code::CoordinatesFound,
    Code::AddressFound,
    Code::OriginNamed,
    Code::NotPostable,
];

/// Whether a name holds a contact, a plate, a house or a point on a map, or is against somebody.
pub fn is_unfit(name: &str) -> bool {
    let passages = [Passage {
        field: "name",
        text: name,
    }];
    let reading = lexicon().read(Asked {
        category: None,
        passages: &passages,
    });
    let mut findings = reading.findings.iter();
    findings.any(|found| {
        found.outcome == Outcome::Refuse && found.code.is_some_and(|code| UNFIT.contains(&code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_nothing_away_and_attacks_nobody() {
        for unfit in [
            "Merle 06 39 98 47 21",
            "AB-123-CD",
            "12 rue des Lilas",
            "merle@example.org",
        ] {
            assert!(is_unfit(unfit), "{unfit}");
        }
        for fit in [
            "Mésange bleue",
            "Merle 2",
            "Noire et blanche",
            "Rue des Lilas",
            "Place du 8 mai 1945",
            "Le Vieux Moulin",
            "Étoile du 14e",
        ] {
            assert!(!is_unfit(fit), "{fit}");
        }
    }
}
