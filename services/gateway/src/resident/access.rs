//! Who may call what: one row for each root field; `schema/access.txt` says for each standing what comes of it.

/// Which of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Changes something.
    Mutation,
    /// Follows.
    Subscription,
}

/// What a caller must be at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Signed in or not.
    Anyone,
    /// Signed in.
    Resident,
    /// A member of the neighbourhood it is about; everybody else is told that there is nothing.
    Member,
    /// The one who wrote it.
    Author,
    /// A moderator of the neighbourhood it is about.
    Moderator,
}

impl Standing {
    /// In one word, lowercase.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Resident => "resident",
            Self::Member => "member",
            Self::Author => "author",
            Self::Moderator => "moderator",
        }
    }
}

/// A root field and what its caller must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Query, mutation or subscription.
    pub kind: OperationKind,
    /// The field.
    pub field: &'static str,
    /// What its caller must be at least.
    pub standing: Standing,
}

/// The root field of this name, where there is one.
pub(crate) fn field_named(name: &str) -> Option<&'static str> {
    let operations = operations().into_iter();
    operations
        .map(|operation| operation.field)
        .find(|field| *field == name)
}

/// Every root field of the resident schema.
pub fn operations() -> Vec<Operation> {
    use OperationKind::{Mutation, Query, Subscription};
    use Standing::{Anyone, Author, Member, Moderator, Resident};
    [
        (Query, "viewer", Anyone),
        // A public event is read by anyone.
        (Query, "node", Resident),
        (Query, "neighbourhood", Anyone),
        (Query, "neighbourhoods", Anyone),
        (Query, "publicEvents", Anyone),
        (Query, "invitation", Anyone),
        (Query, "feed", Member),
        (Query, "tombstones", Member),
        (Query, "myPosts", Member),
        (Query, "heldPosts", Moderator),
        (Mutation, "signUp", Anyone),
        (Mutation, "confirmEmail", Anyone),
        (Mutation, "signIn", Anyone),
        (Mutation, "signOut", Anyone),
        (Mutation, "requestRecovery", Anyone),
        (Mutation, "recoverPassword", Anyone),
        (Mutation, "changePassword", Resident),
        (Mutation, "changeLocale", Resident),
        (Mutation, "revokeSession", Resident),
        (Mutation, "joinNeighbourhood", Resident),
        (Mutation, "changeHomeCell", Member),
        (Mutation, "changePseudonym", Member),
        (Mutation, "followArea", Member),
        (Mutation, "createInvite", Member),
        (Mutation, "revokeInvite", Member),
        (Mutation, "nameTile", Moderator),
        (Mutation, "publishPost", Member),
        (Mutation, "editPost", Author),
        (Mutation, "confirmPost", Author),
        (Mutation, "checkText", Member),
        (Mutation, "answerPoliceReading", Resident),
        (Mutation, "resolvePost", Author),
        (Mutation, "withdrawPost", Author),
        (Mutation, "addComment", Member),
        (Mutation, "withdrawComment", Author),
        (Mutation, "setRsvp", Member),
        (Mutation, "reviewPost", Moderator),
        (Mutation, "exportMyData", Resident),
        (Mutation, "eraseAccount", Resident),
        (Subscription, "feedChanges", Member),
        // Who may not read it gets null.
        (Subscription, "postChanges", Resident),
    ]
    .map(|(kind, field, standing)| Operation {
        kind,
        field,
        standing,
    })
    .to_vec()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};

    use super::*;

    #[test]
    fn every_root_field_has_a_row_and_every_row_a_field() {
        let sdl = parse_schema(crate::sdl()).unwrap();
        let mut fields = BTreeSet::new();
        for definition in sdl.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let kind = match definition.node.name.node.as_str() {
                "Query" => OperationKind::Query,
                "Mutation" => OperationKind::Mutation,
                "Subscription" => OperationKind::Subscription,
                _ => continue,
            };
            let TypeKind::Object(object) = definition.node.kind else {
                panic!("{kind:?} is an object");
            };
            for field in object.fields {
                fields.insert((kind, field.node.name.node.to_string()));
            }
        }
        let rows: BTreeSet<_> = operations()
            .into_iter()
            .map(|row| (row.kind, row.field.to_owned()))
            .collect();
        assert_eq!(rows, fields);
        assert_eq!(rows.len(), operations().len(), "no row twice");
    }
}
