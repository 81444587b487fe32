//! How much an operation asks for, with its fragments written out, found in time that does not grow with it.
//!
//! A document of a thousand tokens can write itself out to more fields than there are atoms: each fragment spreads the
//! next one twice. So every fragment is measured once and its sums are used wherever it is spread.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::parser::types::{
    ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};

/// The fields of introspection by which it can go round in circles.
const CIRCULAR: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// What an operation asks for, with its fragments written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measure {
    /// Fields in all.
    pub fields: usize,
    /// Fields with an alias.
    pub aliases: usize,
    /// How deep fields are nested; inside introspection nothing is counted.
    pub depth: usize,
    /// Fields of the outermost level.
    pub root_fields: usize,
    /// How often introspection goes round, at its deepest.
    pub circles: usize,
    /// How deep introspection goes.
    pub introspection_depth: usize,
}

impl Measure {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.root_fields = self.root_fields.saturating_add(other.root_fields);
        self.depth = self.depth.max(other.depth);
        self.circles = self.circles.max(other.circles);
        self.introspection_depth = self.introspection_depth.max(other.introspection_depth);
    }
}

/// Why an operation has no measure: a fragment that spreads itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Circular;

/// Measures one operation of a document.
///
/// # Errors
/// [`Circular`] when a fragment spreads itself, directly or by way of others.
pub(crate) fn measure(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> Result<Measure, Circular> {
    Measuring {
        document,
        known: HashMap::new(),
    }
    .set(&operation.selection_set.node, false)
}

struct Measuring<'a> {
    document: &'a ExecutableDocument,
    /// By name and whether it is spread inside introspection; none while it is being measured.
    known: HashMap<(&'a Name, bool), Option<Measure>>,
}

impl<'a> Measuring<'a> {
    fn set(&mut self, set: &'a SelectionSet, introspecting: bool) -> Result<Measure, Circular> {
        let mut sum = Measure::default();
        for selection in &set.items {
            sum.add(match &selection.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    let inside = introspecting || matches!(name, "__schema" | "__type");
                    let below = self.set(&field.node.selection_set.node, inside)?;
                    Measure {
                        fields: below.fields.saturating_add(1),
                        aliases: below
                            .aliases
                            .saturating_add(usize::from(field.node.alias.is_some())),
                        depth: if inside { 1 } else { below.depth + 1 },
                        root_fields: 1,
                        circles: below.circles
                            + usize::from(introspecting && CIRCULAR.contains(&name)),
                        introspection_depth: below.introspection_depth + usize::from(inside),
                    }
                }
                Selection::InlineFragment(inline) => {
                    self.set(&inline.node.selection_set.node, introspecting)?
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, introspecting)?
                }
            });
        }
        Ok(sum)
    }

    fn fragment(&mut self, name: &'a Name, introspecting: bool) -> Result<Measure, Circular> {
        if let Some(known) = self.known.get(&(name, introspecting)) {
            return known.ok_or(Circular);
        }
        let document = self.document;
        let Some(fragment) = document.fragments.get(name) else {
            // Validation will say that there is no such fragment.
            return Ok(Measure::default());
        };
        self.known.insert((name, introspecting), None);
        let measured = self.set(&fragment.node.selection_set.node, introspecting)?;
        self.known.insert((name, introspecting), Some(measured));
        Ok(measured)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use async_graphql::parser::parse_query;

    use super::*;

    fn of(document: &str) -> Result<Measure, Circular> {
        let document = parse_query(document).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        measure(&document, &operation.node)
    }

    #[test]
    fn fragments_count_wherever_they_are_spread() {
        let found =
            of("{ a { ...F } b: c { ... { ...F } } } fragment F on T { x y: z { w } }").unwrap();
        assert_eq!(found.fields, 8);
        assert_eq!(found.aliases, 3);
        assert_eq!(found.depth, 3);
        assert_eq!(found.root_fields, 2);
    }

    #[test]
    fn root_fields_in_fragments_are_root_fields() {
        assert_eq!(
            of("{ ...F ...F } fragment F on Query { a b }")
                .unwrap()
                .root_fields,
            4
        );
    }

    #[test]
    fn a_document_that_writes_itself_out_without_end_is_measured_at_once() {
        let mut document = "{ ...F0 }".to_owned();
        for n in 0..80 {
            let m = n + 1;
            let _ = write!(document, "fragment F{n} on Query {{ ...F{m} ...F{m} }}");
        }
        document.push_str("fragment F80 on Query { a }");
        assert_eq!(of(&document).unwrap().fields, usize::MAX);
    }

    #[test]
    fn a_fragment_that_spreads_itself_has_no_measure() {
        assert_eq!(
            of("{ ...F } fragment F on Query { a { ...F } }"),
            Err(Circular)
        );
        assert_eq!(
            of("{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }"),
            Err(Circular)
        );
    }

    #[test]
    fn introspection_is_measured_by_its_own_rule() {
        let found = of(
            "{ __schema { types { fields { type { fields { type { ofType { name } } } } } } } }",
        )
        .unwrap();
        assert_eq!(found.depth, 1);
        assert_eq!(found.introspection_depth, 8);
        assert_eq!(found.circles, 2);
    }
}
