//! How letters are read: as small ASCII ones, each with where it came from.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What stands for a letter that is read as nothing we know.
const UNKNOWN: &str = "*";
/// What no letter is read as.
const BETWEEN: &str = "\t";

/// What stands beside what, besides the decomposition of Unicode (NFKD).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Letters {
    letters: HashMap<char, String>,
}

/// A text as the rules read it: ASCII alone, so that a byte is a letter wherever it is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    text: String,
    /// For each letter, where it came from, in UTF-16 code units.
    from: Vec<Range<u32>>,
}

impl Folded {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where some of it came from, in UTF-16 code units of what was folded.
    pub(crate) fn origin(&self, of: Range<usize>) -> Range<u32> {
        match self.from.get(of) {
            Some([first, .., last]) => first.start..last.end,
            Some([only]) => only.clone(),
            _ => 0..0,
        }
    }

    /// Puts letters at the end.
    pub(crate) fn push(&mut self, letters: &str, from: &Range<u32>) {
        self.text.push_str(letters);
        self.from.extend(letters.bytes().map(|_| from.clone()));
    }

    /// The same with other letters in the place of some.
    pub(crate) fn replaced<'a>(
        &self,
        places: impl Iterator<Item = (Range<usize>, &'a str)>,
    ) -> Self {
        let (mut new, mut done) = (Self::default(), 0);
        for (place, letters) in places {
            new.append(self, done..place.start);
            new.push(letters, &self.origin(place.clone()));
            done = place.end;
        }
        new.append(self, done..self.text.len());
        new
    }

    fn append(&mut self, other: &Self, range: Range<usize>) {
        self.text.push_str(&other.text[range.clone()]);
        self.from.extend_from_slice(&other.from[range]);
    }
}

impl Letters {
    /// Reads a text.
    pub(crate) fn fold(&self, text: &str) -> Folded {
        let mut folded = Folded::default();
        let mut at = 0;
        for letter in text.chars() {
            let from = at..at + if letter.len_utf16() == 2 { 2 } else { 1 };
            at = from.end;
            let start = folded.text.len();
            self.read(letter, &mut folded.text);
            let read = folded.text[start..].bytes();
            folded.from.extend(read.map(|_| from.clone()));
        }
        folded
    }

    /// What a letter is read as, put at the end.
    fn read(&self, letter: char, into: &mut String) {
        if let Some(known) = self.letters.get(&letter) {
            return into.push_str(known);
        }
        let start = into.len();
        for part in std::iter::once(letter).nfkd() {
            match part {
                '\n' => into.push('\n'),
                ' '..='~' => into.push(part.to_ascii_lowercase()),
                _ if part.is_ascii() || part.is_whitespace() => into.push(' '),
                _ if is_combining_mark(part) || is_invisible(part) => {}
                _ => into.push_str(self.letters.get(&part).map_or(UNKNOWN, String::as_str)),
            }
        }
        // However many parts it has: a letter of which none is known is one.
        if into[start..].bytes().all(|letter| letter == b'*') {
            into.truncate(start + UNKNOWN.len());
        }
    }
}

impl Serialize for Letters {
    /// How every letter of Unicode is read, so that nobody who reads it has to know Unicode, of whichever version: runs of letters
    /// that follow one another, by the number of the first. What stands in none of them is unknown.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut runs: Vec<(u32, Vec<String>)> = Vec::new();
        for letter in '\0'..=char::MAX {
            let mut read = String::new();
            self.read(letter, &mut read);
            if read == UNKNOWN {
                continue;
            }
            let number = u32::from(letter);
            match runs.last_mut() {
                Some((first, run)) if number as usize == *first as usize + run.len() => {
                    run.push(read);
                }
                _ => runs.push((number, vec![read])),
            }
        }
        let runs = runs.into_iter();
        to.collect_map(runs.map(|(first, run)| (format!("{first:x}"), run.join(BETWEEN))))
    }
}

/// What shows nothing.
const fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{feff}' | '\u{61c}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{180e}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon;

    fn fold(text: &str) -> Folded {
        lexicon().letters.fold(text)
    }

    #[test]
    fn what_looks_like_a_letter_is_read_as_one() {
        for (text, read) in [
            ("Éléphant à l’Œuvre", "elephant a l'oeuvre"),
            ("ＡＢ－１２３", "ab-123"),
            ("0️⃣6️⃣", "06"),
            ("③④ 𝟓𝟔", "34 56"),
            ("А\u{441} 53°48′29″N", "ac 53deg48'29\"n"),
            ("n\u{200b}o\u{ad}n\u{1dc4}", "non"),
            ("🚗\u{a0}ok\r\n", "* ok \n"),
            ("각 ㈀", "* (*)"),
        ] {
            assert_eq!(fold(text).text(), read);
        }
    }

    #[test]
    fn where_it_came_from_is_counted_as_browsers_count() {
        let folded = fold("🚗 Œil");
        assert_eq!(folded.text(), "* oeil");
        assert_eq!(folded.origin(0..1), 0..2);
        assert_eq!(folded.origin(2..4), 3..4, "both letters come from one");
        assert_eq!(folded.origin(2..6), 3..6);
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_as_ascii_and_in_order(text: String) {
            let folded = fold(&text);
            prop_assert!(folded.text().is_ascii());
            let length = u32::try_from(text.encode_utf16().count()).unwrap();
            let mut before = 0;
            for n in 0..folded.text().len() {
                let from = folded.origin(n..n + 1);
                prop_assert!(before <= from.start && from.start < from.end && from.end <= length);
                before = from.start;
            }
        }
    }
}
