//! A document that was looked at and may be executed.

use std::collections::BTreeSet;

use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Value, Variables};

use super::documents::Id;

/// A document that may be executed.
#[derive(Debug)]
pub(crate) struct Admitted {
    pub(super) id: Id,
    pub(super) document: ExecutableDocument,
}

impl Admitted {
    /// A copy for the executor, which takes it apart.
    pub(crate) fn document(&self) -> ExecutableDocument {
        self.document.clone()
    }

    /// What kind of operation would be executed; none when the name fits none, or is missing where there are several.
    pub(crate) fn kind(&self, operation: Option<&str>) -> Option<OperationType> {
        self.chosen(operation).map(|operation| operation.ty)
    }

    /// The first variable that the operation needs and was not given, as `$id: ID!`. The executor would only notice when
    /// it gets to the field that uses it, with other fields executed already.
    pub(crate) fn missing_variable(
        &self,
        operation: Option<&str>,
        given: &Variables,
    ) -> Option<String> {
        let definitions = &self.chosen(operation)?.variable_definitions;
        definitions
            .iter()
            .map(|definition| &definition.node)
            .find_map(|definition| {
                let ty = &definition.var_type.node;
                let value = given.get(&definition.name.node);
                let missing = value.is_none_or(|value| *value == Value::Null);
                // An explicit null is a value where there is a default: not one of this type.
                let defaulted = value.is_none() && definition.default_value.is_some();
                let name = &definition.name.node;
                (!ty.nullable && missing && !defaulted).then(|| format!("${name}: {ty}"))
            })
    }

    /// Names the document.
    pub(crate) const fn id(&self) -> Id {
        self.id
    }

    /// The only root field of an operation, where it has one and no more.
    pub(crate) fn only_root(&self, operation: Option<&str>) -> Option<&Field> {
        let mut items = self.chosen(operation)?.selection_set.node.items.iter();
        match (items.next().map(|item| &item.node), items.next()) {
            (Some(Selection::Field(field)), None) => Some(&field.node),
            _ => None,
        }
    }

    /// The variables that are used below a root field.
    pub(crate) fn used_below(&self, root: &Field) -> BTreeSet<Name> {
        let mut used = BTreeSet::new();
        self.used_in(&root.selection_set.node, &mut used);
        used
    }

    /// Fragments go round in no circle: the document was measured.
    fn used_in(&self, set: &SelectionSet, used: &mut BTreeSet<Name>) {
        for item in &set.items {
            let (arguments, directives, below) = match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    (
                        Some(&field.arguments),
                        &field.directives,
                        &field.selection_set,
                    )
                }
                Selection::InlineFragment(inline) => {
                    (None, &inline.node.directives, &inline.node.selection_set)
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let Some(fragment) = self.document.fragments.get(name) else {
                        continue;
                    };
                    (None, &spread.node.directives, &fragment.node.selection_set)
                }
            };
            let of_directives = directives.iter().map(|it| &it.node.arguments);
            for (_, value) in arguments.into_iter().chain(of_directives).flatten() {
                // What comes of it is of no interest, only what it asks for.
                let _ = value.node.clone().into_const_with(|name| {
                    used.insert(name);
                    Ok::<_, ()>(Value::Null)
                });
            }
            self.used_in(&below.node, used);
        }
    }

    fn chosen(&self, operation: Option<&str>) -> Option<&OperationDefinition> {
        let mut operations = self.document.operations.iter();
        let chosen = match operation {
            Some(wanted) => operations.find(|(name, _)| name.is_some_and(|name| name == wanted)),
            None => match (operations.next(), operations.next()) {
                (Some(only), None) => Some(only),
                _ => None,
            },
        };
        chosen.map(|(_, operation)| &operation.node)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn admitted(document: &str) -> Admitted {
        Admitted {
            id: Id::default(),
            document: parse_query(document).unwrap(),
        }
    }

    #[test]
    fn a_variable_that_is_needed_must_be_given() {
        let document = "query($a: ID!, $b: Int! = 3, $c: [ID!]) { x(a: $a, b: $b, c: $c) }";
        let document = admitted(document);
        let missing = |json| document.missing_variable(None, &Variables::from_json(json));
        assert_eq!(missing(serde_json::json!({ "a": "x" })), None);
        assert_eq!(missing(serde_json::json!({})).unwrap(), "$a: ID!");
        assert_eq!(
            missing(serde_json::json!({ "a": null })).unwrap(),
            "$a: ID!"
        );
        let null = serde_json::json!({ "a": "x", "b": null });
        assert_eq!(missing(null).unwrap(), "$b: Int!");
    }

    #[test]
    fn the_kind_of_an_operation_is_that_of_the_one_named() {
        let both = admitted("query A { a } mutation B { b }");
        assert_eq!(both.kind(Some("A")), Some(OperationType::Query));
        assert_eq!(both.kind(Some("B")), Some(OperationType::Mutation));
        assert_eq!(both.kind(Some("C")), None);
        assert_eq!(both.kind(None), None);
        let one = admitted("subscription { a }");
        assert_eq!(one.kind(None), Some(OperationType::Subscription));
    }

    #[test]
    fn the_only_root_field_is_found_where_there_is_one() {
        let root = |document: &str| {
            let document = admitted(document);
            document
                .only_root(None)
                .map(|field| field.name.node.to_string())
        };
        assert_eq!(root("{ feed { a } }").unwrap(), "feed");
        assert_eq!(root("{ other: feed { a } }").unwrap(), "feed");
        assert_eq!(root("{ feed { a } viewer { id } }"), None);
        assert_eq!(root("{ ... { feed { a } } }"), None);
        assert_eq!(root("{ ...F } fragment F on Query { feed { a } }"), None);
    }

    #[test]
    fn the_variables_below_a_root_field_are_found_wherever_they_are() {
        let document = admitted(
            "subscription($after: String, $a: I, $b: I, $c: I, $d: I, $e: I) {
                follow(after: $after) {
                    x(is: $a) y @include(if: $b) ... @skip(if: $c) { z } ...F
                }
            }
            fragment F on X { w(in: [{ is: $d }]) { v @include(if: $e) } }",
        );
        let root = document.only_root(None).unwrap();
        let used = document.used_below(root);
        let used: Vec<&str> = used.iter().map(Name::as_str).collect();
        assert_eq!(used, ["a", "b", "c", "d", "e"]);
    }
}
