//! Who may call what: one row for each root field; `schema/access.txt` says for each standing what comes of it.

use crate::face::Face;

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
    /// A moderator of the neighbourhood it is about, who lives there or helps out.
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
    /// Of which schema.
    pub face: Face,
    /// Query, mutation or subscription.
    pub kind: OperationKind,
    /// The field.
    pub field: &'static str,
    /// What its caller must be at least.
    pub standing: Standing,
}

/// The root field of this name, where there is one.
pub(crate) fn field_named(face: Face, name: &str) -> Option<&'static str> {
    let operations = operations().into_iter();
    operations
        .filter(|operation| operation.face == face)
        .map(|operation| operation.field)
        .find(|field| *field == name)
}

/// Every root field of every schema.
pub fn operations() -> Vec<Operation> {
    [
        (Face::Residents, residents().as_slice()),
        (Face::Moderators, moderators().as_slice()),
    ]
    .into_iter()
    .flat_map(|(face, rows)| {
        rows.iter().map(move |&(kind, field, standing)| Operation {
            face,
            kind,
            field,
            standing,
        })
    })
    .collect()
}

type Row = (OperationKind, &'static str, Standing);

fn moderators() -> Vec<Row> {
    use OperationKind::{Mutation, Query};
    use Standing::Moderator;
    vec![
        (Query, "queue", Moderator),
        (Query, "case", Moderator),
        (Query, "appeals", Moderator),
        (Query, "appeal", Moderator),
        (Query, "severe", Moderator),
        (Mutation, "claimCase", Moderator),
        (Mutation, "returnCase", Moderator),
        (Mutation, "recuseCase", Moderator),
        (Mutation, "decideCase", Moderator),
        (Mutation, "decideAppeal", Moderator),
        (Mutation, "proposeSevere", Moderator),
        (Mutation, "approveSevere", Moderator),
        (Query, "limits", Moderator),
        (Mutation, "proposeRaise", Moderator),
        (Mutation, "approveRaise", Moderator),
        (Mutation, "endRaise", Moderator),
        (Mutation, "nameTile", Moderator),
        (Mutation, "setPostcards", Moderator),
        (Query, "members", Moderator),
        (Query, "postcards", Moderator),
        (Query, "questioned", Moderator),
        (Query, "audit", Moderator),
        (Mutation, "recordLegalRequest", Moderator),
        (Mutation, "settlePostcard", Moderator),
        (Mutation, "settleQuestioned", Moderator),
    ]
}

fn residents() -> Vec<Row> {
    use OperationKind::{Mutation, Query, Subscription};
    use Standing::{Anyone, Author, Member, Resident};
    vec![
        (Query, "viewer", Anyone),
        // A public event is read by anyone.
        (Query, "node", Resident),
        (Query, "neighbourhood", Anyone),
        (Query, "neighbourhoods", Anyone),
        (Query, "publicEvents", Anyone),
        (Query, "invitation", Anyone),
        (Query, "feed", Member),
        (Query, "tombstones", Member),
        (Query, "takenDown", Member),
        (Query, "myPosts", Member),
        // What is told of what one wrote or reported; a visitor's is whose who holds its id.
        (Query, "statement", Anyone),
        (Query, "statements", Resident),
        (Query, "joining", Resident),
        (Query, "vouching", Member),
        (Query, "vouches", Member),
        (Query, "staffViews", Resident),
        (Query, "decisions", Anyone),
        (Query, "transparencyReport", Anyone),
        (Query, "reserveModerators", Anyone),
        (Query, "raisedLimits", Anyone),
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
        (Mutation, "askForVouches", Resident),
        (Mutation, "askForPostcard", Resident),
        (Mutation, "withdrawJoining", Resident),
        (Mutation, "vouch", Member),
        (Mutation, "takeBackVouch", Member),
        (Mutation, "questionMember", Member),
        (Mutation, "changeHomeCell", Member),
        (Mutation, "changePseudonym", Member),
        (Mutation, "followArea", Member),
        (Mutation, "createInvite", Member),
        (Mutation, "revokeInvite", Member),
        (Mutation, "publishPost", Member),
        (Mutation, "editPost", Author),
        (Mutation, "confirmPost", Author),
        (Mutation, "checkText", Member),
        (Mutation, "countFormStep", Member),
        (Mutation, "answerPoliceReading", Resident),
        (Mutation, "resolvePost", Author),
        (Mutation, "withdrawPost", Author),
        (Mutation, "addComment", Member),
        (Mutation, "withdrawComment", Author),
        (Mutation, "setRsvp", Member),
        // Of what they can read: visitors, public events.
        (Mutation, "reportContent", Anyone),
        (Mutation, "reportDepiction", Anyone),
        (Mutation, "appealDecision", Anyone),
        (Mutation, "exportMyData", Resident),
        (Mutation, "eraseAccount", Resident),
        (Subscription, "feedChanges", Member),
        // Who may not read it gets null.
        (Subscription, "postChanges", Resident),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};

    use super::*;

    #[test]
    fn every_root_field_has_a_row_and_every_row_a_field() {
        for face in [Face::Residents, Face::Moderators] {
            every_one_of(face);
        }
    }

    fn every_one_of(face: Face) {
        let sdl = parse_schema(face.sdl()).unwrap();
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
        let listed = operations().into_iter().filter(|row| row.face == face);
        let listed: Vec<_> = listed.map(|row| (row.kind, row.field.to_owned())).collect();
        let rows: BTreeSet<_> = listed.iter().cloned().collect();
        assert_eq!(rows, fields);
        assert_eq!(rows.len(), listed.len(), "no row twice");
    }
}
