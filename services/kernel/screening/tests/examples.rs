//! Every rule finds what it is for, and nothing beside it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets a fault fails"
)]

use screening::{Asked, Finding, Passage, Rule, lexicon};

/// What is found in a text of a category that a rule is for.
fn read(rule: &Rule, text: &str) -> Vec<Finding<'static>> {
    let mut categories = [
        None,
        Some("QUESTION"),
        Some("INCIDENT"),
        Some("FAULT"),
        Some("HELP"),
        Some("LOST_FOUND"),
        Some("CONCERNING_BEHAVIOUR"),
    ]
    .into_iter();
    let category = categories.find(|category| rule.is_for(*category));
    let passages = [Passage {
        field: "body",
        text,
    }];
    let reading = lexicon().read(Asked {
        category: category.expect("a category that it is for"),
        passages: &passages,
    });
    reading.findings
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
            let found = read(rule, &text);
            // Another rule may find the same, and more of it.
            let overlap = |Finding { range: found, .. }: &Finding<'_>| {
                let both = found
                    .end
                    .min(range.end)
                    .saturating_sub(found.start.max(range.start));
                let shorter = (found.end - found.start).min(range.end - range.start);
                2 * both >= shorter
            };
            let mut same = found.iter().filter(|finding| finding.code == rule.code);
            if !same.any(overlap) {
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
fn no_rule_finds_anything_in_what_it_shows_as_passing() {
    let mut wrong = Vec::new();
    for rule in lexicon().rules() {
        assert!(
            !rule.passes.is_empty() && !rule.nearly.is_empty(),
            "{}",
            rule.id
        );
        for text in rule.passes.iter().chain(&rule.nearly) {
            let found = read(rule, text);
            if found.iter().any(|finding| finding.rule == rule.id) {
                wrong.push(format!("{}: {text}: {found:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
