//! Prose that nobody wrote to be refused is not: the demo's notices and answers, the web app's sentences, and these documents.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets a fault fails"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;
use screening::{Asked, Outcome, Passage, lexicon};
use serde::Deserialize;

/// What speaks of what is refused, or shows it, starts so.
const SHOWN: [&str; 3] = [
    "Il manque quelque chose à cette adresse",
    "Something is missing from this address",
    "The board is about things to do, to give and to repair. Somebody walking by",
];

/// The category of a text that has none: the one whose texts most rules read.
const ORDINARY: &str = "QUESTION";

#[derive(Debug, Deserialize)]
struct Demo {
    posts: Vec<Notice>,
}

#[derive(Debug, Deserialize)]
struct Notice {
    category: String,
    title: String,
    body: String,
    #[serde(default)]
    comments: Vec<Answer>,
}

#[derive(Debug, Deserialize)]
struct Answer {
    body: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn text(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// Why it would be refused; none where it would not.
fn refusal(category: &str, text: &str) -> Option<String> {
    if SHOWN.iter().any(|shown| text.starts_with(shown)) {
        return None;
    }
    let passages = [Passage {
        field: "body",
        text,
    }];
    let reading = lexicon().read(Asked {
        category: Some(category),
        passages: &passages,
    });
    let units: Vec<u16> = text.encode_utf16().collect();
    let findings = reading.findings.iter();
    let refused = findings.filter(|finding| finding.outcome > Outcome::Review);
    let refused = refused.map(|finding| {
        let range = finding.range.start as usize..finding.range.end as usize;
        let found = String::from_utf16_lossy(&units[range]);
        format!("{} in «{found}»", finding.rule)
    });
    let refused: Vec<String> = refused.collect();
    (!refused.is_empty()).then(|| format!("{}: {text}\n", refused.join(", ")))
}

/// Reads all of them: none is refused, and there are so many at least.
fn pass(texts: impl IntoIterator<Item = (String, String)>, at_least: usize) {
    let (mut count, mut wrong) = (0, String::new());
    for (category, text) in texts {
        count += 1;
        wrong.extend(refusal(&category, &text));
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= at_least, "only {count} texts");
}

#[test]
fn the_demo_is_not_refused() {
    let demo: Demo = toml::from_str(&text("services/palier/demo/posts.toml")).unwrap();
    let texts = demo.posts.into_iter().flat_map(|notice| {
        let answers = notice.comments.into_iter().map(|answer| answer.body);
        let texts = [notice.title, notice.body].into_iter().chain(answers);
        texts
            .map(|text| (notice.category.clone(), text))
            .collect::<Vec<_>>()
    });
    pass(texts, 80);
}

#[test]
fn sentences_of_the_web_app_are_not_refused() {
    let ends = ['.', '?', '!', '…'];
    let texts = ["fr", "en"].into_iter().flat_map(|language| {
        let file = text(format!("frontend/messages/{language}.json"));
        let messages: BTreeMap<String, serde_json::Value> = serde_json::from_str(&file).unwrap();
        let sentences = messages.into_values().filter_map(|message| {
            let message = message.as_str()?;
            let is_sentence = message.ends_with(ends) && !message.contains(['{', '<']);
            is_sentence.then(|| (ORDINARY.to_owned(), message.to_owned()))
        });
        sentences.collect::<Vec<_>>()
    });
    pass(texts, 500);
}

fn documents(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, into);
        } else if path.extension().is_some_and(|end| end == "md") {
            into.push(path);
        }
    }
}

#[test]
fn paragraphs_of_the_documents_are_not_refused() {
    let mut paths = vec![root().join("README.md")];
    documents(&root().join("docs"), &mut paths);
    // Code between the lines of a paragraph is no prose, nor is where a link leads.
    let code = Regex::new(r"(?s)```.*?```|`[^`\n]*`|\]\([^)]*\)|https?://\S+").unwrap();
    let no_prose = ['#', '|', '<', '!', '[', '*', '>'];
    let texts = paths.into_iter().flat_map(|path| {
        let document = text(path);
        let document = code.replace_all(&document, "").replace("\n- ", "\n\n");
        let paragraphs = document.split("\n\n").map(str::trim);
        let prose = paragraphs.filter(|text| text.contains(". ") && !text.starts_with(no_prose));
        prose
            .map(|text| (ORDINARY.to_owned(), text.to_owned()))
            .collect::<Vec<_>>()
    });
    pass(texts, 100);
}
