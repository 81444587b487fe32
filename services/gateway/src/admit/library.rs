//! The documents that may be executed: listed ones by their id, others where the operator allows any. Each is looked at
//! and parsed once.

use std::sync::Arc;

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};
use async_graphql::parser::{self, parse_query};
use moka::sync::Cache;

use super::admitted::Admitted;
use super::documents::{Documents, Id, id_of, read_id};
use super::measure::{Measure, measure};
use super::tokens::{BRACKETS_DEEPEST, shape};
use super::words::nul_literal;
use crate::settings::{Limits, Settings};

/// How many parsed documents are kept: an application has some dozens.
const KEPT: u64 = 512;
/// How often introspection may go round: `type { fields { type { fields` is twice.
const CIRCLES_MOST: usize = 2;
/// How deep introspection may go: tools ask for nine levels of `ofType` below `__schema.types.fields.args.type`.
const INTROSPECTION_DEEPEST: usize = 18;

/// Which document a client wants executed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted<'a> {
    /// This text.
    Text(&'a str),
    /// The listed one with this id.
    Listed(&'a str),
}

/// Why a document is not executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Stable, upper snake case.
    pub reason: &'static str,
    /// What to do about it.
    pub message: String,
    /// Line and column, from 1, where one is meant.
    pub at: Option<(usize, usize)>,
}

impl Refusal {
    fn new(reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
            at: None,
        }
    }
}

/// Every document there is to execute, and those that were executed lately.
pub(crate) struct Library {
    listed: Arc<Documents>,
    parsed: Cache<Id, Arc<Admitted>>,
    limits: Limits,
    any: bool,
    introspection: bool,
}

impl Library {
    /// As the operator decided.
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            listed: settings.documents.clone(),
            parsed: Cache::new(KEPT),
            limits: settings.limits.clone(),
            any: settings.free_form_documents,
            introspection: settings.introspection,
        }
    }

    /// The document, looked at and parsed.
    ///
    /// # Errors
    /// [`Refusal`] when it is not listed where it must be, too large in any way, or not GraphQL.
    pub(crate) fn admit(&self, wanted: Wanted<'_>) -> Result<Arc<Admitted>, Refusal> {
        let id = match wanted {
            Wanted::Text(text) => {
                self.check_length(text)?;
                id_of(text)
            }
            Wanted::Listed(id) => read_id(id).ok_or_else(unknown)?,
        };
        if let Some(admitted) = self.parsed.get(&id) {
            return Ok(admitted);
        }
        let text = match (self.listed.get(&id), wanted) {
            (Some(listed), _) => listed,
            (None, Wanted::Text(text)) if self.any => text,
            (None, _) => return Err(unknown()),
        };
        let admitted = Arc::new(Admitted {
            id,
            document: self.read(text)?,
        });
        self.parsed.insert(id, admitted.clone());
        Ok(admitted)
    }

    fn check_length(&self, text: &str) -> Result<(), Refusal> {
        let most = self.limits.document_chars;
        if text.len() > most && text.chars().count() > most {
            return Err(Refusal::new(
                "DOCUMENT_TOO_LONG",
                format!("A document has at most {most} characters."),
            ));
        }
        Ok(())
    }

    fn read(&self, text: &str) -> Result<ExecutableDocument, Refusal> {
        self.check_length(text)?;
        let shape = shape(text);
        if shape.tokens > self.limits.tokens {
            return Err(Refusal::new(
                "TOO_MANY_TOKENS",
                format!("A document has at most {} tokens.", self.limits.tokens),
            ));
        }
        if shape.brackets > BRACKETS_DEEPEST {
            return Err(too_deep(BRACKETS_DEEPEST));
        }
        let document = parse_query(text).map_err(|error| not_graphql(&error))?;
        for (_, operation) in document.operations.iter() {
            let measure = measure(&document, &operation.node).map_err(|_| {
                Refusal::new("FRAGMENT_CYCLE", "A fragment must not spread itself.")
            })?;
            self.check_measure(measure, operation.node.ty)?;
        }
        if !self.introspection && introspects(&document) {
            return Err(Refusal::new(
                "INTROSPECTION_OFF",
                "This board does not answer questions about its schema; the schema is published with Palier's source.",
            ));
        }
        if let Some(argument) = nul_literal(&document) {
            return Err(Refusal::new(
                "NUL_CHARACTER",
                format!(
                    "The value of \"{argument}\" has the character U+0000, which no text may have."
                ),
            ));
        }
        Ok(document)
    }

    fn check_measure(&self, measure: Measure, kind: OperationType) -> Result<(), Refusal> {
        let limits = &self.limits;
        if measure.depth > limits.depth {
            return Err(too_deep(limits.depth));
        }
        if measure.introspection_depth > INTROSPECTION_DEEPEST || measure.circles > CIRCLES_MOST {
            return Err(Refusal::new(
                "TOO_DEEP",
                "A question about the schema must not go round in circles.",
            ));
        }
        let root_fields = match kind {
            OperationType::Subscription => 1,
            OperationType::Query | OperationType::Mutation => limits.root_fields,
        };
        for (found, most, reason, what) in [
            (
                measure.aliases,
                limits.aliases,
                "TOO_MANY_ALIASES",
                "aliases",
            ),
            (
                measure.root_fields,
                root_fields,
                "TOO_MANY_ROOT_FIELDS",
                "root fields",
            ),
            (measure.fields, limits.fields, "TOO_MANY_FIELDS", "fields"),
        ] {
            if found > most {
                let plural = if most == 1 {
                    what.trim_end_matches('s')
                } else {
                    what
                };
                return Err(Refusal::new(
                    reason,
                    format!("An operation has at most {most} {plural}, fragments written out."),
                ));
            }
        }
        Ok(())
    }
}

fn unknown() -> Refusal {
    Refusal::new(
        "PERSISTED_DOCUMENT_UNKNOWN",
        "This board executes listed documents only, and this is none of them. Reload the page to get its newest version.",
    )
}

fn too_deep(most: usize) -> Refusal {
    Refusal::new(
        "TOO_DEEP",
        format!("Fields are nested at most {most} levels deep."),
    )
}

fn not_graphql(error: &parser::Error) -> Refusal {
    let at = error
        .positions()
        .next()
        .map(|position| (position.line, position.column));
    let place = at.map_or_else(String::new, |(line, column)| {
        format!(" at line {line}, column {column}")
    });
    Refusal {
        at,
        ..Refusal::new(
            "NOT_GRAPHQL",
            format!("The document is not a GraphQL document{place}."),
        )
    }
}

fn introspects(document: &ExecutableDocument) -> bool {
    fn in_set(set: &SelectionSet) -> bool {
        set.items.iter().any(|selection| match &selection.node {
            Selection::Field(field) => {
                let name: &Name = &field.node.name.node;
                matches!(name.as_str(), "__schema" | "__type")
                    || in_set(&field.node.selection_set.node)
            }
            Selection::InlineFragment(inline) => in_set(&inline.node.selection_set.node),
            Selection::FragmentSpread(_) => false,
        })
    }
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(in_set)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str = "query Listed { viewer { id } }";

    fn library(any: bool, introspection: bool) -> Library {
        let json = serde_json::json!({ hex::encode(id_of(LISTED)): LISTED }).to_string();
        Library::new(&Settings {
            free_form_documents: any,
            introspection,
            documents: Arc::new(Documents::from_json(&json).unwrap()),
            ..Settings::default()
        })
    }

    fn refused(document: &str) -> &'static str {
        library(true, false)
            .admit(Wanted::Text(document))
            .unwrap_err()
            .reason
    }

    #[test]
    fn a_listed_document_is_found_by_its_id_or_by_its_text() {
        let library = library(false, false);
        let id = hex::encode(id_of(LISTED));
        let by_id = library.admit(Wanted::Listed(&id)).unwrap();
        let prefixed = format!("sha256:{}", id.to_uppercase());
        let by_prefixed = library.admit(Wanted::Listed(&prefixed)).unwrap();
        let by_text = library.admit(Wanted::Text(LISTED)).unwrap();
        assert!(Arc::ptr_eq(&by_id, &by_prefixed) && Arc::ptr_eq(&by_id, &by_text));
    }

    #[test]
    fn other_documents_are_executed_only_where_any_are() {
        let other = "{ viewer { id } }";
        let closed = library(false, false)
            .admit(Wanted::Text(other))
            .unwrap_err();
        assert_eq!(closed.reason, "PERSISTED_DOCUMENT_UNKNOWN");
        assert!(library(true, false).admit(Wanted::Text(other)).is_ok());
        for id in ["", "zz", &hex::encode([7; 32])] {
            let unknown = library(true, false).admit(Wanted::Listed(id)).unwrap_err();
            assert_eq!(unknown.reason, "PERSISTED_DOCUMENT_UNKNOWN");
        }
    }

    #[test]
    fn every_bound_has_its_reason() {
        assert_eq!(refused(&"#".repeat(15_001)), "DOCUMENT_TOO_LONG");
        assert_eq!(
            refused(&format!("{{ {} }}", "a ".repeat(999))),
            "TOO_MANY_TOKENS"
        );
        assert_eq!(refused(&"{a".repeat(200)), "TOO_DEEP");
        assert_eq!(
            refused(&format!("{}{}", "{a".repeat(11), "}".repeat(11))),
            "TOO_DEEP"
        );
        let aliases: String = "abcdefghijklmnop"
            .chars()
            .flat_map(|alias| [' ', alias, ':', 'b'])
            .collect();
        assert_eq!(
            refused(&format!("{{ x {{ {aliases} }} }}")),
            "TOO_MANY_ALIASES"
        );
        assert_eq!(refused("{ a a a a a }"), "TOO_MANY_ROOT_FIELDS");
        assert_eq!(refused("subscription { a b }"), "TOO_MANY_ROOT_FIELDS");
        assert_eq!(
            refused(&format!("{{ x {{ {} }} }}", "a ".repeat(500))),
            "TOO_MANY_FIELDS"
        );
        assert_eq!(
            refused("{ ...F } fragment F on Q { ...F }"),
            "FRAGMENT_CYCLE"
        );
        assert_eq!(refused("{"), "NOT_GRAPHQL");
        assert_eq!(refused(""), "NOT_GRAPHQL");
        assert_eq!(
            refused("{ __schema { types { name } } }"),
            "INTROSPECTION_OFF"
        );
        assert_eq!(
            refused("{ ...F } fragment F on Query { __type(name: \"x\") { name } }"),
            "INTROSPECTION_OFF"
        );
        assert_eq!(refused(r#"{ a(b: "\u0000") }"#), "NUL_CHARACTER");
    }

    #[test]
    fn a_syntax_error_says_where() {
        let refusal = library(true, false)
            .admit(Wanted::Text("{\n  a(\n}"))
            .unwrap_err();
        assert_eq!(refusal.at.unwrap().0, 3, "{refusal:?}");
    }

    #[test]
    fn introspection_may_not_go_round_in_circles() {
        let library = library(true, true);
        let twice = "{ __schema { types { fields { type { fields { name } } } } } }";
        assert!(library.admit(Wanted::Text(twice)).is_ok());
        let thrice = "{ __schema { types { fields { type { fields { type { interfaces { name } } } } } } } }";
        assert_eq!(
            library.admit(Wanted::Text(thrice)).unwrap_err().reason,
            "TOO_DEEP"
        );
    }
}
