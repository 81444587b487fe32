//! The operations of the moderators' schema, one file for each group. Residents' schema has none of them.

mod accounting;
mod appeals;
mod cases;
mod limits;
mod membership;
mod places;
mod severe;

use async_graphql::{EmptySubscription, MergedObject, Schema, SchemaBuilder};

use crate::face;
use crate::settings::Settings;

/// The most nodes of a page.
const LIST_AT_MOST: i32 = 50;

/// What moderators may ask.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub(crate) struct ModeratorQuery(
    cases::Queue,
    appeals::AppealReading,
    severe::SevereReading,
    limits::LimitReading,
    membership::MembershipReading,
    accounting::Auditing,
);

/// What moderators may do.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub(crate) struct ModeratorMutation(
    cases::Deciding,
    appeals::AppealDeciding,
    severe::SevereDeciding,
    limits::LimitDeciding,
    membership::MembershipDeciding,
    places::Setting,
    accounting::Accounting,
);

/// The moderators' schema.
pub(crate) type ModeratorSchema = Schema<ModeratorQuery, ModeratorMutation, EmptySubscription>;

fn build() -> SchemaBuilder<ModeratorQuery, ModeratorMutation, EmptySubscription> {
    Schema::build(
        ModeratorQuery::default(),
        ModeratorMutation::default(),
        EmptySubscription,
    )
}

/// The schema as the operator wants it asked, up to a cost.
pub(crate) fn schema(settings: &Settings, cost: usize) -> ModeratorSchema {
    face::bounded(build(), settings, cost)
}

/// The moderators' schema in the schema definition language: what `schema/graphql/moderator.graphql` holds.
pub fn sdl() -> String {
    face::spelled(&build().finish())
}
