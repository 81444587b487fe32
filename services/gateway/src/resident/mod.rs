//! The operations of the resident schema, one file for each group.

mod access;
mod account;
mod areas;
mod board;
mod comments;
mod editing;
mod entering;
mod following;
mod invites;
mod membership;
mod moderation;
mod own_data;
mod passwords;
mod people;
mod publishing;
mod reading;
mod rsvp;

use async_graphql::{MergedObject, SDLExportOptions, Schema, SchemaBuilder};
use contract::Fault;

pub(crate) use access::field_named;
pub use access::{Operation, OperationKind, Standing, operations};
pub(crate) use reading::{SLUG_AT_MOST, read_post};

use crate::admit::Kind;
use crate::model::refusal::RateLimited;
use crate::settings::Settings;
use crate::visit::Visit;

/// What residents may ask.
#[derive(MergedObject, Default)]
pub(crate) struct Query(
    reading::WhoAndWhere,
    board::BoardReading,
    moderation::ModerationReading,
);

/// What residents may do.
#[derive(MergedObject, Default)]
pub(crate) struct Mutation(
    entering::Entering,
    passwords::Passwords,
    account::Accounts,
    membership::Memberships,
    areas::Areas,
    invites::Inviting,
    publishing::Publishing,
    editing::Editing,
    people::TellingOfPeople,
    board::BoardKeeping,
    comments::Commenting,
    rsvp::Answering,
    moderation::Moderating,
    own_data::OwnData,
);

/// The resident schema.
pub(crate) type ResidentSchema = Schema<Query, Mutation, following::Subscription>;

fn build() -> SchemaBuilder<Query, Mutation, following::Subscription> {
    // No extensions: even an idle one is called for every field.
    Schema::build(
        Query::default(),
        Mutation::default(),
        following::Subscription,
    )
}

/// The schema as the operator wants it asked, up to a cost. Depth, aliases and root fields were counted before it sees a
/// document.
pub(crate) fn schema(settings: &Settings, cost: usize) -> ResidentSchema {
    let builder = build()
        .disable_suggestions()
        .limit_complexity(cost)
        .limit_recursive_depth(64)
        .limit_directives(4);
    if settings.introspection {
        builder.finish()
    } else {
        builder.disable_introspection().finish()
    }
}

/// The resident schema in the schema definition language: what `schema/graphql/resident.graphql` holds.
pub fn sdl() -> String {
    build().finish().sdl_with_options(
        SDLExportOptions::new()
            .sorted_arguments()
            .sorted_enum_items()
            .sorted_fields()
            .include_specified_by(),
    )
}

/// Passwords, codes and addresses may be tried so often from one network address.
///
/// # Errors
/// The outcome that says when it goes on.
async fn enter(visit: &Visit) -> Result<(), RateLimited> {
    let taken = visit.take(Kind::Entry).await;
    taken.map_err(|fault| RateLimited::of("ENTRIES", fault))
}

/// What a role answered, where it has to answer something.
///
/// # Errors
/// `INTERNAL` when it answered nothing.
fn outcome<T>(outcome: Option<T>) -> Result<T, Fault> {
    outcome.ok_or_else(Fault::internal)
}
