//! What is spelled out, written: digits in words, letters as on the radio, "at" and "dot".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fold::Folded;
use crate::lexicon::LexiconFault;
use crate::pattern::Pattern;

/// The words, and how each is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    symbols: BTreeMap<String, String>,
    letters: BTreeMap<String, String>,
    numbers: BTreeMap<String, String>,
}

/// The same, to be found in a text. Written down it is the words: what finds them follows from these.
#[derive(Debug, Serialize)]
pub(crate) struct Spelled {
    #[serde(skip)]
    any: Pattern,
    written: BTreeMap<String, String>,
}

impl Spelled {
    pub(crate) fn of(words: Words) -> Result<Self, LexiconFault> {
        let all = [words.symbols, words.letters, words.numbers];
        let written: BTreeMap<String, String> = all.into_iter().flatten().collect();
        let mut longest_first: Vec<&String> = written.keys().collect();
        longest_first.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
        let words: Vec<String> = longest_first
            .into_iter()
            .map(|word| word.replace(' ', "[ -]+"))
            .collect();
        let any = Pattern::of("spelled", &format!(r"\b(?:{})\b", words.join("|")))?;
        Ok(Self { any, written })
    }

    #[cfg(test)]
    pub(crate) const fn pattern(&self) -> &Pattern {
        &self.any
    }

    /// The text with what is spelled out put in.
    pub(crate) fn write(&self, folded: &Folded) -> Folded {
        let text = folded.text();
        let places = self.any.regex().find_iter(text.as_bytes()).map(|found| {
            let parts = text[found.range()].split([' ', '-']);
            let word: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            let written = self.written.get(&word.join(" "));
            (found.range(), written.map_or("", String::as_str))
        });
        folded.replaced(places)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon;

    #[test]
    fn the_longest_word_is_written_and_keeps_its_place() {
        let lexicon = lexicon();
        let text = "zéro six, quatre-vingt  dix-huit arobase ex point fr";
        let spelled = lexicon.spelled.write(&lexicon.letters.fold(text));
        assert_eq!(spelled.text(), "0 6, 98 @ ex . fr");
        assert_eq!(spelled.origin(5..7), 10..32);
    }
}
