//! The character that no text may carry, whatever the field: U+0000, which some databases cannot keep. What else may not
//! be in a text is for the role to say that knows what the text is for.

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Value, Variables};

/// The path of the first variable that carries U+0000, as `input.title`.
pub(crate) fn nul_in(variables: &Variables) -> Option<String> {
    variables
        .iter()
        .find_map(|(name, value)| path_in(value, name.as_str()))
}

fn path_in(value: &Value, path: &str) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(|| path.to_owned()),
        Value::List(items) => items.iter().find_map(|item| path_in(item, path)),
        Value::Object(fields) => fields
            .iter()
            .find_map(|(name, value)| path_in(value, &format!("{path}.{name}"))),
        _ => None,
    }
}

/// The name of the first argument in a document whose literal carries U+0000.
pub(super) fn nul_literal(document: &ExecutableDocument) -> Option<String> {
    let defaults = document
        .operations
        .iter()
        .flat_map(|(_, operation)| &operation.node.variable_definitions)
        .find_map(|variable| {
            let default = variable.node.default_value.as_ref()?;
            path_in(&default.node, variable.node.name.node.as_str())
        });
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set.node);
    defaults.or_else(|| operations.chain(fragments).find_map(in_set))
}

fn in_set(set: &SelectionSet) -> Option<String> {
    set.items
        .iter()
        .find_map(|selection| match &selection.node {
            Selection::Field(field) => field
                .node
                .arguments
                .iter()
                .find_map(|(name, value)| {
                    // A variable inside a literal is looked at with the variables.
                    let literal = value
                        .node
                        .clone()
                        .into_const_with(|_| Ok::<_, ()>(Value::Null));
                    path_in(&literal.unwrap_or_default(), name.node.as_str())
                })
                .or_else(|| in_set(&field.node.selection_set.node)),
            Selection::InlineFragment(inline) => in_set(&inline.node.selection_set.node),
            Selection::FragmentSpread(_) => None,
        })
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn a_variable_that_carries_it_is_named() {
        for text in ["a\u{0}b", "\0"] {
            let variables = Variables::from_json(serde_json::json!({
                "input": { "title": "fine", "media": ["ok", text] }
            }));
            assert_eq!(nul_in(&variables).unwrap(), "input.media");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_roles() {
        let text = "L’été : « où ? »\n\té 👩‍👩‍👧 \u{200f}שלום\u{200e} \u{202e}ok\u{7f}";
        let variables = Variables::from_json(serde_json::json!({ "text": text }));
        assert_eq!(nul_in(&variables), None);
    }

    #[test]
    fn literals_are_looked_at_too() {
        let document = parse_query(r#"{ a { b(input: { title: "x\u0000" }) } }"#).unwrap();
        assert_eq!(nul_literal(&document).unwrap(), "input.title");
        let document = parse_query(r#"query($t: String = "\u0000") { a(t: $t) }"#).unwrap();
        assert_eq!(nul_literal(&document).unwrap(), "t");
        let document = parse_query("query($t: String) { a(input: { title: $t }) }").unwrap();
        assert_eq!(nul_literal(&document), None);
    }
}
