//! Pleasant names to choose from.

use contract::Locale;
use runtime::Entropy;

/// French birds and plants with their grammatical gender.
const FRENCH: &[(&str, bool)] = &[
    ("Mésange", true),
    ("Merle", false),
    ("Hirondelle", true),
    ("Rouge-gorge", false),
    ("Fauvette", true),
    ("Pinson", false),
    ("Huppe", true),
    ("Moineau", false),
    ("Alouette", true),
    ("Martinet", false),
    ("Glycine", true),
    ("Tilleul", false),
    ("Capucine", true),
    ("Lilas", false),
    ("Bruyère", true),
    ("Noisetier", false),
    ("Menthe", true),
    ("Bleuet", false),
    ("Pervenche", true),
    ("Thym", false),
];
/// What a bird or a plant may be: masculine, feminine.
const FRENCH_WORDS: &[(&str, &str)] = &[
    ("bleu", "bleue"),
    ("du matin", "du matin"),
    ("tranquille", "tranquille"),
    ("des toits", "des toits"),
    ("voyageur", "voyageuse"),
    ("du jardin", "du jardin"),
    ("discret", "discrète"),
    ("de la cour", "de la cour"),
    ("doré", "dorée"),
    ("du lavoir", "du lavoir"),
    ("argenté", "argentée"),
    ("sauvage", "sauvage"),
];
const ENGLISH: &[&str] = &[
    "Wren",
    "Blackbird",
    "Swallow",
    "Robin",
    "Goldfinch",
    "Starling",
    "Nuthatch",
    "Sparrow",
    "Skylark",
    "Swift",
    "Wisteria",
    "Linden",
    "Bluebell",
    "Lilac",
    "Heather",
    "Hazel",
    "Spearmint",
    "Cornflower",
    "Periwinkle",
    "Thyme",
];
const ENGLISH_WORDS: &[&str] = &[
    "Quiet",
    "Morning",
    "Silver",
    "Garden",
    "Rooftop",
    "Golden",
    "Early",
    "Wild",
    "Courtyard",
    "Amber",
    "Gentle",
    "Winter",
];

/// As many different names as asked for, each equally likely, of those that the lists make.
pub fn suggest(locale: Locale, count: usize, entropy: &Entropy) -> Vec<String> {
    let mut names = Vec::new();
    // Duplicates are drawn again; the lists make 240 names, so few draws are lost.
    for _ in 0..4 * count {
        let name = match locale {
            Locale::French => {
                let (noun, feminine) = pick(FRENCH, entropy);
                let (masculine, other) = pick(FRENCH_WORDS, entropy);
                format!("{noun} {}", if *feminine { other } else { masculine })
            }
            Locale::English => format!(
                "{} {}",
                pick(ENGLISH_WORDS, entropy),
                pick(ENGLISH, entropy)
            ),
        };
        if names.len() < count && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn pick<'a, T>(list: &'a [T], entropy: &Entropy) -> &'a T {
    let bound = u32::try_from(list.len()).unwrap_or(u32::MAX);
    &list[entropy.below(bound) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pseudonym::Pseudonym;

    #[test]
    fn every_suggested_name_may_be_taken() {
        for locale in [Locale::French, Locale::English] {
            let names = suggest(locale, 200, &Entropy::seeded(1));
            assert!(names.len() > 150);
            for name in names {
                assert_eq!(Pseudonym::parse(&name).unwrap().shown(), name);
            }
        }
    }
}
