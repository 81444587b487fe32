//! The rules, read from the data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::fold::Letters;
use crate::pattern::Pattern;
use crate::rule::{Code, Rule, Written};
use crate::spelled::Spelled;

const LETTERS: &str = include_str!("../lexicon/letters.toml");
const SPELLED: &str = include_str!("../lexicon/spelled.toml");
const SENTENCES: &str = include_str!("../lexicon/words.toml");
/// The lists of a file are for those after it too.
const RULES: [(&str, &str); 9] = [
    ("plates", include_str!("../lexicon/plates.toml")),
    ("contacts", include_str!("../lexicon/contacts.toml")),
    ("places", include_str!("../lexicon/places.toml")),
    ("people", include_str!("../lexicon/people.toml")),
    ("acts", include_str!("../lexicon/acts.toml")),
    ("presence", include_str!("../lexicon/presence.toml")),
    ("origins", include_str!("../lexicon/origins.toml")),
    ("persons", include_str!("../lexicon/persons.toml")),
    ("gatherings", include_str!("../lexicon/gatherings.toml")),
];
/// A list may name others, so deep.
const DEEPEST: usize = 3;

/// Why data are no lexicon.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LexiconFault {
    /// No TOML, or not what a rule is made of.
    #[error("{file}: {source}")]
    Unreadable {
        /// Which file.
        file: &'static str,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// A pattern that cannot be used.
    #[error("{rule}: {source}")]
    Pattern {
        /// Which rule.
        rule: String,
        /// Why.
        source: Box<regex::Error>,
    },
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

/// The rules of one file, with the words they share.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    lists: BTreeMap<String, List>,
    #[serde(default)]
    rule: Vec<Written>,
}

/// Part of a pattern, or several of which any will do.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum List {
    Part(String),
    Any(Vec<String>),
}

/// Everything that reads a text. Written down it is what another interpreter needs to read the same.
#[derive(Debug, Serialize)]
pub struct Lexicon {
    pub(crate) letters: Letters,
    pub(crate) spelled: Spelled,
    rules: Vec<Rule>,
    sentences: BTreeMap<Code, Sentence>,
}

/// The lexicon that the program carries.
///
/// # Panics
/// Never: a test reads the same data.
#[must_use]
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> =
        LazyLock::new(|| Lexicon::bundled().expect("the lexicon is read by a test"));
    &LEXICON
}

impl Lexicon {
    fn bundled() -> Result<Self, LexiconFault> {
        let (mut rules, mut lists, mut known) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for (name, text) in RULES {
            let file: File = read(name, text)?;
            lists.extend(file.lists);
            for written in file.rule {
                rules.push(rule(&lists, &mut known, written)?);
            }
        }
        Ok(Self {
            letters: read("letters", LETTERS)?,
            spelled: Spelled::of(read("spelled", SPELLED)?)?,
            rules,
            sentences: read("words", SENTENCES)?,
        })
    }

    /// Its rules.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What an author is told of a code.
    #[must_use]
    pub fn sentence(&self, code: Code) -> Option<&Sentence> {
        self.sentences.get(&code)
    }
}

/// A rule with the lists it names put in. What several look for is compiled once.
fn rule(
    lists: &BTreeMap<String, List>,
    known: &mut BTreeMap<String, Pattern>,
    written: Written,
) -> Result<Rule, LexiconFault> {
    let id = written.id.clone();
    let mut compile = |pattern: &str| {
        let filled = filled(lists, pattern);
        if let Some(pattern) = known.get(&filled) {
            return Ok(pattern.clone());
        }
        let pattern = Pattern::of(&id, &filled)?;
        known.insert(filled, pattern.clone());
        Ok(pattern)
    };
    let pattern = compile(&written.pattern)?;
    let mut optional = |pattern: &Option<String>| pattern.as_deref().map(&mut compile).transpose();
    Ok(Rule {
        pattern,
        then: optional(&written.then)?,
        within: written.within,
        but: optional(&written.but)?,
        needs: optional(&written.needs)?,
        unless: optional(&written.unless)?,
        unless_before: optional(&written.unless_before)?,
        unless_after: optional(&written.unless_after)?,
        id: written.id,
        code: written.code,
        outcome: written.outcome,
        view: written.view,
        only: written.only,
        not: written.not,
        finds: written.finds,
        passes: written.passes,
        nearly: written.nearly,
    })
}

/// A pattern with the lists it names put in.
fn filled(lists: &BTreeMap<String, List>, pattern: &str) -> String {
    let mut filled = pattern.to_owned();
    for _ in 0..DEEPEST {
        for (name, words) in lists {
            let words = match words {
                List::Part(part) => part.clone(),
                List::Any(words) => format!("(?:{})", words.join("|")),
            };
            filled = filled.replace(&format!("%{name}%"), &words);
        }
    }
    filled
}

fn read<T: for<'de> Deserialize<'de>>(file: &'static str, text: &str) -> Result<T, LexiconFault> {
    toml::from_str(text).map_err(|source| LexiconFault::Unreadable {
        file,
        source: Box::new(source),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Outcome;

    const CATEGORIES: [&str; 9] = [
        "EVENT",
        "HELP",
        "GIVE_LEND",
        "LOST_FOUND",
        "HAZARD",
        "FAULT",
        "QUESTION",
        "INCIDENT",
        "CONCERNING_BEHAVIOUR",
    ];

    #[test]
    fn the_lexicon_of_the_program_can_be_read() {
        let named = Pattern::of("", "%[a-z_]+%").unwrap();
        let lexicon = Lexicon::bundled().unwrap_or_else(|fault| panic!("{fault}"));
        for code in Code::ALL {
            let Some(sentence) = lexicon.sentence(code) else {
                panic!("{code:?} says nothing");
            };
            let breaks = [" :", " ;", " ?", " !", " »", "« "];
            let breaks = breaks.iter().any(|pair| sentence.fr.contains(pair));
            assert!(!breaks, "a line may break there: {}", sentence.fr);
        }
        for rule in lexicon.rules() {
            // What has no code is nothing that an author could change.
            assert!(
                rule.code.is_some() || rule.outcome == Outcome::Review,
                "{}",
                rule.id
            );
            for category in rule.only.iter().chain(&rule.not) {
                assert!(
                    CATEGORIES.contains(&category.as_str()),
                    "{}: {category}",
                    rule.id
                );
            }
            for pattern in rule.patterns() {
                let pattern = pattern.regex().as_str();
                let is_left = named.is_in(pattern.as_bytes());
                assert!(!is_left, "{} names an unknown list: {pattern}", rule.id);
            }
        }
    }
}
