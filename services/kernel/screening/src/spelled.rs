//! What is spelled out, written: digits in words, letters as on the radio, "at" and "dot".

use std::collections::HashMap;

use regex::bytes::Regex;
use serde::Deserialize;

use crate::fold::Folded;
use crate::lexicon::{LexiconFault, compiled};

/// The words, and how each is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    symbols: HashMap<String, String>,
    letters: HashMap<String, String>,
    numbers: HashMap<String, String>,
}

/// The same, to be found in a text.
#[derive(Debug)]
pub(crate) struct Spelled {
    any: Regex,
    written: HashMap<String, String>,
}

impl Spelled {
    pub(crate) fn of(words: Words) -> Result<Self, LexiconFault> {
        let all = [words.symbols, words.letters, words.numbers];
        let written: HashMap<String, String> = all.into_iter().flatten().collect();
        let mut longest_first: Vec<&String> = written.keys().collect();
        longest_first.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
        let words: Vec<String> = longest_first
            .into_iter()
            .map(|word| word.replace(' ', "[ -]+"))
            .collect();
        let any = compiled("spelled", &format!(r"\b(?:{})\b", words.join("|")))?;
        Ok(Self { any, written })
    }

    /// The text with what is spelled out put in.
    pub(crate) fn write(&self, folded: &Folded) -> Folded {
        let text = folded.text();
        let places = self.any.find_iter(text.as_bytes()).map(|found| {
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
