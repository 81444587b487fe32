//! Every operation that is not for anyone asks who calls before it does anything else: no role answers here, and yet each
//! of them says UNAUTHENTICATED.

use std::collections::BTreeMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};
use gateway::{Face, OperationKind, Standing, operations};

use crate::board::Board;

struct Schema(BTreeMap<String, TypeDefinition>);

impl Schema {
    fn read(face: Face) -> Self {
        let document = parse_schema(face.sdl()).unwrap();
        Self(
            document
                .definitions
                .into_iter()
                .filter_map(|definition| match definition {
                    TypeSystemDefinition::Type(definition) => {
                        Some((definition.node.name.node.to_string(), definition.node))
                    }
                    _ => None,
                })
                .collect(),
        )
    }

    fn field(&self, root: &str, name: &str) -> &FieldDefinition {
        let TypeKind::Object(object) = &self.0[root].kind else {
            panic!("{root} is an object");
        };
        let found = object
            .fields
            .iter()
            .find(|field| field.node.name.node == name);
        &found.unwrap().node
    }

    /// Some value of a type, as a literal.
    fn value(&self, ty: &Type) -> String {
        let name = match &ty.base {
            BaseType::List(_) => return "[]".to_owned(),
            BaseType::Named(name) => name.as_str(),
        };
        match name {
            "Int" => "1".to_owned(),
            "Boolean" => "true".to_owned(),
            "CellToken" => "\"X\"".to_owned(),
            "DateTime" => "\"2026-11-23T10:15:00Z\"".to_owned(),
            "String" | "ID" => "\"x\"".to_owned(),
            _ => match &self.0[name].kind {
                TypeKind::Enum(list) => list.values[0].node.value.node.to_string(),
                TypeKind::InputObject(input) => {
                    let fields = input.fields.iter().map(|field| &field.node);
                    format!("{{ {} }}", self.required(fields))
                }
                other => panic!("{name} is no input: {other:?}"),
            },
        }
    }

    fn required<'a>(&self, inputs: impl Iterator<Item = &'a InputValueDefinition>) -> String {
        inputs
            .filter(|input| !input.ty.node.nullable && input.default_value.is_none())
            .map(|input| format!("{}: {} ", input.name.node, self.value(&input.ty.node)))
            .collect::<Vec<_>>()
            .concat()
    }
}

#[tokio::test]
async fn nothing_but_what_is_for_anyone_is_done_for_a_visitor() {
    let board = Board::open();
    let schemas = [Face::Residents, Face::Moderators].map(|face| (face, Schema::read(face)));
    let schemas = BTreeMap::from(schemas);
    for operation in operations() {
        let (keyword, root) = match operation.kind {
            OperationKind::Query => ("query", "Query"),
            OperationKind::Mutation => ("mutation", "Mutation"),
            // Over a socket, which does not begin for visitors.
            OperationKind::Subscription => continue,
        };
        let schema = &schemas[&operation.face];
        let field = schema.field(root, operation.field);
        let arguments = schema.required(field.arguments.iter().map(|argument| &argument.node));
        let arguments = if arguments.is_empty() {
            arguments
        } else {
            format!("({arguments})")
        };
        let document = format!(
            "{keyword} {{ {}{arguments} {{ __typename }} }}",
            operation.field
        );
        let answer = board.ask_at(operation.face, &document).await.json();
        let code = answer["errors"][0]["extensions"]["code"].clone();
        if operation.standing == Standing::Anyone {
            // Some ids of things are not looked at further.
            let is_asked = ["UNAVAILABLE", "INVALID"].map(Into::into).contains(&code);
            assert!(code.is_null() || is_asked, "{document}: {code}");
        } else {
            assert_eq!(code, "UNAUTHENTICATED", "{document}");
        }
    }
}
