//! What is kept about residents: `schema/kept.json` says of every column of every table what stands there, how long and who
//! reads it, in words for residents. The page "What is kept about me" is made from it, and so is `schema/kept.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::Context;
use serde::Deserialize;

/// A table of a role, as `identity.account`, to its columns, separated by spaces.
type Columns = BTreeMap<String, String>;

/// The annotations.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    about_residents: Vec<Thing>,
    /// What the board needs to run and that tells of no resident.
    about_nobody: Columns,
}

/// One thing that is kept, wherever it stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    section: Section,
    en: Words,
    fr: Words,
    /// Empty for what is kept in files.
    columns: Columns,
}

/// Under which heading a thing is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Section {
    Account,
    Membership,
    Notices,
    Pictures,
    Moderation,
    Limits,
}

/// What it is, how long, and who reads it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    what: String,
    until: String,
    readers: String,
}

impl Words {
    fn all(&self) -> [&str; 3] {
        [&self.what, &self.until, &self.readers]
    }
}

/// The annotations as a table, once they are known to say of each of the columns, `role.table.column`, exactly one thing.
///
/// # Errors
/// When a column has no annotation or two, when one is annotated that does not exist, or when words are missing.
pub fn told(json: &str, columns: &BTreeSet<String>) -> anyhow::Result<String> {
    let kept: Kept = serde_json::from_str(json).context("schema/kept.json")?;
    let mut said = BTreeSet::new();
    let annotated = kept.about_residents.iter().map(|thing| &thing.columns);
    for (table, names) in annotated.chain([&kept.about_nobody]).flatten() {
        for name in names.split(' ') {
            let column = format!("{table}.{name}");
            anyhow::ensure!(
                columns.contains(&column),
                "schema/kept.json says what {column} is, and there is no such column"
            );
            anyhow::ensure!(
                said.insert(column),
                "schema/kept.json says twice what {table}.{name} is"
            );
        }
    }
    if let Some(column) = columns.difference(&said).next() {
        anyhow::bail!(
            "schema/kept.json does not say what {column} is, for how long and who reads it"
        );
    }
    table(&kept.about_residents)
}

fn table(things: &[Thing]) -> anyhow::Result<String> {
    let mut text = String::from(
        "# What is kept about residents\n\n\
         Written by `palier schema` from [kept.json](kept.json), which says of every column of every table what it is, in\n\
         French and in English. This is the English, for who works on Palier; residents read theirs on the page `/kept`.\n",
    );
    let mut section = None;
    for thing in things {
        let mut words = thing.en.all().into_iter().chain(thing.fr.all());
        anyhow::ensure!(
            words.all(|words| !words.is_empty() && !words.contains('|')),
            "schema/kept.json: words are missing beside {:?}",
            thing.en.what
        );
        if section != Some(thing.section) {
            section = Some(thing.section);
            let _ = write!(
                text,
                "\n## {:?}\n\n| What | How long | Who reads it | Where |\n|---|---|---|---|\n",
                thing.section
            );
        }
        let tables: Vec<String> = thing
            .columns
            .keys()
            .map(|table| format!("`{table}`"))
            .collect();
        let place = if tables.is_empty() {
            "a file".to_owned()
        } else {
            tables.join(", ")
        };
        let [what, until, readers] = thing.en.all();
        let _ = writeln!(text, "| {what} | {until} | {readers} | {place} |");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THING: &str = r#"{ "section": "account", "en": { "what": "A", "until": "B", "readers": "C" },
        "fr": { "what": "A", "until": "B", "readers": "C" }, "columns": { "identity.account": "id locale" } }"#;

    fn of(things: &[&str], nobody: &str, columns: &[&str]) -> anyhow::Result<String> {
        let json = format!(
            r#"{{ "about_residents": [{}], "about_nobody": {{ {nobody} }} }}"#,
            things.join(",")
        );
        told(
            &json,
            &columns.iter().map(|column| (*column).to_owned()).collect(),
        )
    }

    #[test]
    fn a_column_that_nobody_explains_or_two_explain_is_told_of() {
        let both = ["identity.account.id", "identity.account.locale"];
        assert!(
            of(&[THING], "", &both)
                .unwrap()
                .contains("| A | B | C | `identity.account` |")
        );
        let more = [both[0], both[1], "identity.account.shoe_size"];
        assert!(
            of(&[THING], "", &more)
                .unwrap_err()
                .to_string()
                .contains("shoe_size")
        );
        assert!(
            of(&[THING], "", &both[..1])
                .unwrap_err()
                .to_string()
                .contains("no such column")
        );
        assert!(
            of(&[THING, THING], "", &both)
                .unwrap_err()
                .to_string()
                .contains("twice")
        );
        let nobody = r#""identity.account": "locale""#;
        assert!(
            of(&[THING], nobody, &both)
                .unwrap_err()
                .to_string()
                .contains("twice")
        );
    }

    #[test]
    fn words_must_be_there_in_both_languages() {
        let silent = THING.replace(r#""until": "B""#, r#""until": """#);
        let both = ["identity.account.id", "identity.account.locale"];
        assert!(of(&[&silent], "", &both).is_err());
    }
}
