//! What is found in a text.

use std::ops::Range;

use crate::fold::Folded;
use crate::lexicon::Lexicon;
use crate::pattern::Pattern;
use crate::rule::{Code, Outcome, Rule, View};

/// How much of what stands before or after is looked at, in letters.
const BESIDE: usize = 80;
/// What nothing that has to follow stands behind.
const SENTENCE_ENDS: &[u8] = b".!?\n";

/// A part of what somebody wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    /// Where it is written.
    pub field: &'static str,
    /// As it is written.
    pub text: &'a str,
}

/// What is read.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The category its author chose, by its name in the API; none where there is none.
    pub category: Option<&'a str>,
    /// All of it, in the order in which it is read.
    pub passages: &'a [Passage<'a>],
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// What; none: nothing that the author could change.
    pub code: Option<Code>,
    /// How strict to be about it.
    pub outcome: Outcome,
    /// By which rule.
    pub rule: &'a str,
    /// In which of the passages.
    pub passage: usize,
    /// Where it is written.
    pub field: &'static str,
    /// Where in that, in UTF-16 code units.
    pub range: Range<u32>,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The strictest of what follows.
    pub outcome: Outcome,
    /// In the order of the text; of those of one code none that overlaps a stricter one.
    pub findings: Vec<Finding<'a>>,
}

/// A passage as the rules read it.
pub(crate) struct Read {
    field: &'static str,
    pub(crate) plain: Folded,
    spelled: Folded,
}

impl Read {
    pub(crate) fn of(lexicon: &Lexicon, field: &'static str, text: &str) -> Self {
        let plain = lexicon.letters.fold(text);
        let spelled = lexicon.spelled.write(&plain);
        Self {
            field,
            plain,
            spelled,
        }
    }
}

impl Lexicon {
    /// Reads a text.
    #[must_use]
    pub fn read(&self, asked: Asked<'_>) -> Reading<'_> {
        let passages = asked.passages.iter();
        let read: Vec<Read> = passages
            .map(|passage| Read::of(self, passage.field, passage.text))
            .collect();
        let whole: Vec<&str> = read.iter().map(|passage| passage.plain.text()).collect();
        let whole = whole.join("\n");
        let is_for = |rule: &&Rule| rule.is_for(asked.category);
        let mut findings = Vec::new();
        for rule in self.rules().iter().filter(is_for) {
            for (at, passage) in read.iter().enumerate() {
                let found = rule.find(passage, &whole);
                findings.extend(found.map(|range| Finding {
                    code: rule.code,
                    outcome: rule.outcome,
                    rule: &rule.id,
                    passage: at,
                    field: passage.field,
                    range,
                }));
            }
        }
        Reading::of(findings)
    }
}

impl Rule {
    /// Where it finds something in a passage of a whole text.
    pub(crate) fn find<'a>(
        &'a self,
        passage: &'a Read,
        whole: &'a str,
    ) -> impl Iterator<Item = Range<u32>> + 'a {
        let folded = match self.view {
            View::Plain => &passage.plain,
            View::Spelled => &passage.spelled,
        };
        let text = folded.text().as_bytes();
        let mut all = self.pattern.all(text).peekable();
        let may = all.peek().is_some() && self.may(whole.as_bytes());
        all.filter_map(move |found| {
            if !may {
                return None;
            }
            let Range { start, end } = self.followed(text, found)?;
            let found = &text[start..end];
            let before = &text[start.saturating_sub(BESIDE)..start];
            let after = &text[end..(end + BESIDE).min(text.len())];
            let is_nothing = matches(self.but.as_ref(), found)
                || matches(self.unless_before.as_ref(), before)
                || matches(self.unless_after.as_ref(), after);
            let ends = found.trim_ascii_end().len();
            (!is_nothing).then(|| folded.origin(start..start + ends))
        })
    }

    /// What is found with what has to follow it; none where that does not follow in the same sentence.
    fn followed(&self, text: &[u8], found: Range<usize>) -> Option<Range<usize>> {
        let Some(then) = &self.then else {
            return Some(found);
        };
        let reach = (found.end + self.within + BESIDE).min(text.len());
        let mut rest = text[found.end..reach].iter();
        let ends = rest.position(|letter| SENTENCE_ENDS.contains(letter));
        let reach = ends.map_or(reach, |ends| found.end + ends);
        let follows = then.regex().find_at(&text[..reach], found.end)?;
        (follows.start() <= found.end + self.within).then_some(found.start..follows.end())
    }

    fn may(&self, whole: &[u8]) -> bool {
        (self.needs.is_none() || matches(self.needs.as_ref(), whole))
            && !matches(self.unless.as_ref(), whole)
    }
}

fn matches(pattern: Option<&Pattern>, text: &[u8]) -> bool {
    pattern.is_some_and(|pattern| pattern.is_in(text))
}

impl<'a> Reading<'a> {
    fn of(mut findings: Vec<Finding<'a>>) -> Self {
        // The strictest and longest first: what lies within one of them adds nothing.
        findings.sort_by_key(|finding| {
            let length = finding.range.end - finding.range.start;
            (
                std::cmp::Reverse((finding.outcome, length)),
                finding.passage,
                finding.range.start,
            )
        });
        let mut kept: Vec<Finding<'a>> = Vec::new();
        for finding in findings {
            let overlaps = |other: &Finding<'_>| {
                other.code == finding.code
                    && other.passage == finding.passage
                    && other.range.start < finding.range.end
                    && finding.range.start < other.range.end
            };
            if !kept.iter().any(overlaps) {
                kept.push(finding);
            }
        }
        kept.sort_by_key(|finding| (finding.passage, finding.range.start, finding.code));
        Self {
            outcome: kept
                .iter()
                .map(|finding| finding.outcome)
                .max()
                .unwrap_or_default(),
            findings: kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;

    #[test]
    fn each_passage_has_its_own_findings_in_the_order_in_which_they_are_read() {
        let alt = |text| Passage {
            field: "mediaAlt",
            text,
        };
        let passages = [alt("06 39 98 47 21"), alt("06 39 98 47 22")];
        let reading = lexicon().read(Asked {
            category: None,
            passages: &passages,
        });
        let places = reading.findings.iter();
        let places: Vec<_> = places
            .map(|found| (found.passage, found.range.clone()))
            .collect();
        assert_eq!(places, [(0, 0..14), (1, 0..14)]);
    }
}
