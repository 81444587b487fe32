//! Every rule finds what it is for by itself, and nothing in what it shows as harmless.

use std::ops::Range;

use crate::lexicon;
use crate::reading::Read;
use crate::rule::Rule;

/// Where a rule alone finds something in a text.
fn found(rule: &Rule, text: &str) -> Vec<Range<u32>> {
    let read = Read::of(lexicon(), "body", text);
    rule.find(&read, read.plain.text()).collect()
}

#[test]
fn every_rule_finds_what_stands_between_the_quotes() {
    let mut wrong = Vec::new();
    for rule in lexicon().rules() {
        assert!(!rule.finds.is_empty(), "{} shows nothing it finds", rule.id);
        for example in &rule.finds {
            let (before, rest) = example.split_once('«').expect(example);
            let (marked, after) = rest.split_once('»').expect(example);
            let text = format!("{before}{marked}{after}");
            let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap();
            let range = units(before)..units(before) + units(marked);
            let found = found(rule, &text);
            let overlap = |found: &Range<u32>| {
                let both = found.end.min(range.end);
                let both = both.saturating_sub(found.start.max(range.start));
                2 * both >= found.len().min(range.len()).try_into().unwrap()
            };
            if !found.iter().any(overlap) {
                wrong.push(format!(
                    "{}: {text}: {found:?} instead of {range:?}",
                    rule.id
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_rule_finds_anything_in_what_it_shows_as_harmless() {
    let mut wrong = Vec::new();
    for rule in lexicon().rules() {
        assert!(
            !rule.passes.is_empty() && !rule.nearly.is_empty(),
            "{}",
            rule.id
        );
        for text in rule.passes.iter().chain(&rule.nearly) {
            let found = found(rule, text);
            if !found.is_empty() {
                wrong.push(format!("{}: {text}: {found:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
