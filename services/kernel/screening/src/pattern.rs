//! What is looked for, in a language that our engine and a browser's read as the same.

use std::ops::Range;
use std::sync::Arc;

use regex::bytes::{Regex, RegexBuilder};
use serde::{Serialize, Serializer};

use crate::lexicon::LexiconFault;

/// What a pattern may weigh once it is compiled, in bytes: word lists are long.
const AT_MOST: usize = 64 << 20;

/// A pattern over ASCII; written down it is the pattern again. Its copies are one, with one memory to work in.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Arc<Regex>);

impl Pattern {
    pub(crate) fn of(rule: &str, pattern: &str) -> Result<Self, LexiconFault> {
        let built = RegexBuilder::new(pattern)
            .unicode(false)
            .size_limit(AT_MOST)
            .build();
        let built = built.map_err(|source| LexiconFault::Pattern {
            rule: rule.to_owned(),
            source: Box::new(source),
        });
        Ok(Self(Arc::new(built?)))
    }

    pub(crate) fn regex(&self) -> &Regex {
        &self.0
    }

    pub(crate) fn is_in(&self, text: &[u8]) -> bool {
        self.0.is_match(text)
    }

    /// Where it is in a text: what the group `found` holds, or all of it. Where a group stands costs time, and few have one.
    pub(crate) fn all<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Range<usize>> + 'a {
        let is_grouped = self.0.capture_names().flatten().next().is_some();
        let groups = is_grouped.then(|| self.0.captures_iter(text));
        let groups = groups.into_iter().flatten().filter_map(|captures| {
            let found = captures.name("found").or_else(|| captures.get(0))?;
            Some(found.range())
        });
        let whole = (!is_grouped).then(|| self.0.find_iter(text));
        groups.chain(whole.into_iter().flatten().map(|found| found.range()))
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon;
    use crate::rule::Rule;

    /// What may stand behind a backslash: classes and borders that mean the same everywhere, and signs that then mean themselves.
    const ESCAPED: &str = r"bdDwWsSn.*+?()[]{}|\/-^$";

    /// What a browser reads otherwise than our engine, or not at all; none where there is nothing such.
    fn differs(pattern: &str) -> Option<String> {
        if !pattern.is_ascii() {
            return Some("letters that no folded text has".to_owned());
        }
        let (mut rest, mut is_class) = (pattern, false);
        while let Some(sign) = rest.chars().next() {
            let after = &rest[1..];
            rest = after;
            match sign {
                '\\' => {
                    let escaped = after.chars().next()?;
                    if !ESCAPED.contains(escaped) || is_class && escaped == 'b' {
                        return Some(format!("\\{escaped}"));
                    }
                    rest = &after[1..];
                }
                '[' if is_class => return Some("a class in a class".to_owned()),
                '[' => {
                    is_class = true;
                    // Right behind the opening a browser reads a closing one as the end, our engine as a sign.
                    rest = after.strip_prefix('^').unwrap_or(after);
                    if rest.starts_with(']') {
                        return Some("[]".to_owned());
                    }
                }
                ']' => is_class = false,
                '&' | '-' | '~' if is_class && after.starts_with(sign) => {
                    return Some(format!("{sign}{sign}"));
                }
                '(' if !is_class && after.starts_with('?') => {
                    let known = ["?:", "?<found>"];
                    if !known.iter().any(|start| after.starts_with(start)) {
                        return Some(format!("({}", &after[..after.len().min(4)]));
                    }
                }
                '{' if !is_class => {
                    let (count, _) = after.split_once('}')?;
                    let is_count = count
                        .split(',')
                        .all(|number| number.bytes().all(|digit| digit.is_ascii_digit()));
                    if !is_count || count.starts_with(',') {
                        return Some(format!("{{{count}}}"));
                    }
                }
                _ => {}
            }
        }
        None
    }

    #[test]
    fn no_pattern_means_something_else_to_a_browser() {
        for (pattern, is_told) in [
            (r"\b(?:a|b{2,})[^\d\]]*?(?<found>c)$", false),
            (r"(?i)a", true),
            (r"(?P<found>a)", true),
            (r"a(?=b)", true),
            (r"[a[b]]", true),
            (r"[]a]", true),
            (r"[a-z--b]", true),
            (r"\<a", true),
            (r"\x41", true),
            (r"é", true),
        ] {
            assert_eq!(differs(pattern).is_some(), is_told, "{pattern}");
        }
        let rules = lexicon().rules().iter();
        let spelled = lexicon().spelled.pattern();
        for pattern in rules.clone().flat_map(Rule::patterns).chain([spelled]) {
            assert_eq!(differs(pattern.0.as_str()), None, "{pattern:?}");
        }
        // What is found has a length: engines step differently over what has none.
        for pattern in rules.map(|rule| &rule.pattern).chain([spelled]) {
            assert!(!pattern.is_in(b""), "{pattern:?}");
        }
    }
}
