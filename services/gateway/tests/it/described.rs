//! The schema explains itself: nothing in it is without a description, and no place in it is a number.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use gateway::Face;

#[test]
fn everything_has_a_description_and_no_number_has_a_fraction() {
    for face in [Face::Residents, Face::Moderators] {
        assert_eq!(undescribed(face), Vec::<String>::new(), "{face:?}");
    }
}

/// What has no description.
fn undescribed(face: Face) -> Vec<String> {
    let schema = parse_schema(face.sdl()).unwrap();
    let mut missing = Vec::new();
    for definition in schema.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let name = definition.node.name.node.to_string();
        let mut check = |what: String, described: bool| {
            if !described {
                missing.push(what);
            }
        };
        check(name.clone(), definition.node.description.is_some());
        match &definition.node.kind {
            TypeKind::Object(object) => {
                for field in &object.fields {
                    let field = &field.node;
                    let path = format!("{name}.{}", field.name.node);
                    assert!(!field.ty.node.to_string().contains("Float"), "{path}");
                    check(path.clone(), field.description.is_some());
                    for argument in &field.arguments {
                        let argument = &argument.node;
                        let described = argument.description.is_some();
                        check(format!("{path}({})", argument.name.node), described);
                    }
                }
            }
            TypeKind::Interface(interface) => {
                for field in &interface.fields {
                    let described = field.node.description.is_some();
                    check(format!("{name}.{}", field.node.name.node), described);
                }
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    let path = format!("{name}.{}", field.node.name.node);
                    assert!(!field.node.ty.node.to_string().contains("Float"), "{path}");
                    check(path, field.node.description.is_some());
                }
            }
            TypeKind::Enum(list) => {
                for value in &list.values {
                    let described = value.node.description.is_some();
                    check(format!("{name}.{}", value.node.value.node), described);
                }
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    missing
}
