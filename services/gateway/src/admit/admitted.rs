//! A document that was looked at and may be executed.

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Value, Variables};

/// A document that may be executed.
#[derive(Debug)]
pub(crate) struct Admitted {
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
}
