//! The operations of the resident schema, one file for each group.

mod account;
mod accountability;
mod areas;
mod board;
mod comments;
mod editing;
mod entering;
mod following;
mod invites;
mod joining;
mod membership;
mod own_data;
mod passwords;
mod people;
mod publishing;
mod reading;
mod reporting;
mod rsvp;
mod statements;
mod vouching;

use async_graphql::{MergedObject, Schema, SchemaBuilder};
use contract::Fault;

pub(crate) use accountability::month_of;
pub(crate) use reading::{hood_at, read_post};

use crate::admit::Kind;
use crate::face;
use crate::model::refusal::RateLimited;
use crate::settings::Settings;
use crate::visit::Visit;

/// What residents may ask.
#[derive(MergedObject, Default)]
pub(crate) struct Query(
    reading::WhoAndWhere,
    board::BoardReading,
    statements::StatementReading,
    accountability::Accountability,
    joining::JoiningReading,
    vouching::VouchReading,
);

/// What residents may do.
#[derive(MergedObject, Default)]
pub(crate) struct Mutation(
    entering::Entering,
    passwords::Passwords,
    account::Accounts,
    membership::Memberships,
    joining::AskingToJoin,
    vouching::Vouching,
    areas::Areas,
    invites::Inviting,
    publishing::Publishing,
    editing::Editing,
    people::TellingOfPeople,
    board::BoardKeeping,
    comments::Commenting,
    rsvp::Answering,
    reporting::Reporting,
    statements::Appealing,
    own_data::OwnData,
);

/// The resident schema.
pub(crate) type ResidentSchema = Schema<Query, Mutation, following::Subscription>;

fn build() -> SchemaBuilder<Query, Mutation, following::Subscription> {
    Schema::build(
        Query::default(),
        Mutation::default(),
        following::Subscription,
    )
}

/// The schema as the operator wants it asked, up to a cost.
pub(crate) fn schema(settings: &Settings, cost: usize) -> ResidentSchema {
    face::bounded(build(), settings, cost)
}

/// The resident schema in the schema definition language: what `schema/graphql/resident.graphql` holds.
pub fn sdl() -> String {
    face::spelled(&build().finish())
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
