//! The browser's interpreter finds what ours does: both read the same texts, and every finding is compared.
//!
//! Needs Node, as `infra/setup/node.sh` brings it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets a fault fails"
)]
#![allow(clippy::print_stdout, reason = "who runs this looks at it")]

mod texts;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use screening::{Asked, Code, Outcome, Passage, lexicon};
use serde::Deserialize;
use serde_json::json;

use texts::{Text, long, short};

const TEXTS: usize = 10_000;
/// Of as many letters as a notice may have.
const LONG_TEXTS: usize = 400;
/// So many of them have to have findings, or it would be no comparison.
const FOUND_IN: usize = TEXTS / 2;
/// And so many findings of each code.
const OF_EACH: usize = 100;
/// What a browser's engine may need for the worst text there is: it tries one thing after the other, and an unlucky pattern takes
/// thousands of times as long.
const LONGEST_MS: f64 = 1_000.0;

/// A finding, with all that has to be the same.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Found {
    #[serde(default)]
    code: Option<String>,
    outcome: String,
    rule: String,
    passage: usize,
    field: String,
    range: Range<u32>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Answer {
    outcome: String,
    findings: Vec<Found>,
    #[serde(default)]
    took_ms: f64,
}

fn name(outcome: Outcome) -> String {
    format!("{outcome:?}").to_lowercase()
}

/// What ours finds.
fn ours(text: &Text) -> Answer {
    let passages = text.passages.iter();
    let passages: Vec<_> = passages
        .map(|(field, text)| Passage { field, text })
        .collect();
    let reading = lexicon().read(Asked {
        category: text.category,
        passages: &passages,
    });
    let findings = reading.findings.into_iter();
    Answer {
        outcome: name(reading.outcome),
        findings: findings
            .map(|found| Found {
                code: found.code.map(|code| code.as_str().to_owned()),
                outcome: name(found.outcome),
                rule: found.rule.to_owned(),
                passage: found.passage,
                field: found.field.to_owned(),
                range: found.range,
            })
            .collect(),
        took_ms: 0.0,
    }
}

/// What a browser's finds.
fn theirs(texts: &[Text]) -> Vec<Answer> {
    let program =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../frontend/tests/screening/answer.ts");
    let mut node = Command::new("node")
        .arg(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node is there (infra/setup/node.sh)");
    let mut questions = BufWriter::new(node.stdin.take().unwrap());
    let answers = BufReader::new(node.stdout.take().unwrap());
    let answers = std::thread::scope(|scope| {
        scope.spawn(move || {
            for text in texts {
                let passages = text.passages.iter();
                let passages: Vec<_> = passages
                    .map(|(field, text)| json!({ "field": field, "text": text }))
                    .collect();
                let question = json!({ "category": text.category, "passages": passages });
                writeln!(questions, "{question}").expect("it listens");
            }
        });
        let answers = answers.lines();
        answers
            .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
            .collect()
    });
    assert!(node.wait().unwrap().success());
    answers
}

/// Compares all of them; tells in how many something was found, and how many findings of each code were the same.
fn compare(what: &str, texts: &[Text]) -> (usize, BTreeMap<String, usize>) {
    let (ours, theirs) = std::thread::scope(|scope| {
        let theirs = scope.spawn(|| theirs(texts));
        let ours: Vec<Answer> = texts.iter().map(ours).collect();
        (ours, theirs.join().unwrap())
    });
    assert_eq!(ours.len(), theirs.len());
    let (mut of_code, mut found_in, mut longest_ms) = (BTreeMap::new(), 0, 0.0_f64);
    for ((text, ours), theirs) in texts.iter().zip(ours).zip(theirs) {
        longest_ms = longest_ms.max(theirs.took_ms);
        assert!(theirs.took_ms < LONGEST_MS, "{}: {text:?}", theirs.took_ms);
        let is_same = ours.outcome == theirs.outcome && ours.findings == theirs.findings;
        assert!(is_same, "{text:#?}\nours: {ours:#?}\ntheirs: {theirs:#?}");
        found_in += usize::from(!ours.findings.is_empty());
        for found in ours.findings {
            *of_code.entry(found.code.unwrap_or_default()).or_insert(0) += 1;
        }
    }
    println!(
        "{what}: {} texts, {found_in} with findings, at most {longest_ms:.0} ms: {of_code:?}",
        texts.len()
    );
    (found_in, of_code)
}

#[test]
fn what_the_web_app_carries_is_this_lexicon() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../schema/lexicon.json");
    let ours = serde_json::to_string_pretty(lexicon()).unwrap() + "\n";
    assert!(
        std::fs::read_to_string(path).unwrap_or_default() == ours,
        "schema/lexicon.json is another one; run `palier schema`"
    );
}

#[test]
fn both_find_the_same() {
    let (found_in, of_code) = compare("short", &short(TEXTS));
    assert!(found_in >= FOUND_IN, "only {found_in} have findings");
    for code in Code::ALL {
        let count = of_code.get(code.as_str()).copied().unwrap_or_default();
        assert!(count >= OF_EACH, "only {count} of {code:?}");
    }
}

#[test]
fn both_find_the_same_in_what_is_long_and_repeats_itself() {
    let (found_in, _) = compare("long", &long(LONG_TEXTS));
    assert!(found_in > 0);
}
