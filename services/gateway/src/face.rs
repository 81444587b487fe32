//! The faces of the gateway: the schemas it executes, each at its own address.

use async_graphql::{
    ObjectType, Request, Response, SDLExportOptions, Schema, SchemaBuilder, SubscriptionType,
};
use futures_util::stream::{BoxStream, StreamExt};

use crate::edge::Edge;
use crate::moderator::ModeratorSchema;
use crate::resident::ResidentSchema;
use crate::settings::Settings;

/// For whom a schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// At `/graphql`.
    Residents,
    /// At `/moderator/graphql`.
    Moderators,
}

impl Face {
    /// Its name, lowercase: that of its file under `schema/graphql`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Residents => "resident",
            Self::Moderators => "moderator",
        }
    }

    /// The schema in the schema definition language.
    pub fn sdl(self) -> String {
        match self {
            Self::Residents => crate::resident::sdl(),
            Self::Moderators => crate::moderator::sdl(),
        }
    }

    /// What executes its operations; `open` is for who is signed out and may ask anything.
    pub(crate) fn executor(self, edge: &Edge, open: bool) -> Executor {
        match (self, open) {
            (Self::Residents, false) => Executor::Residents(edge.schema.clone()),
            (Self::Residents, true) => Executor::Residents(edge.open_schema.clone()),
            (Self::Moderators, _) => Executor::Moderators(edge.moderator_schema.clone()),
        }
    }
}

/// One of the schemas, to execute with.
#[derive(Clone)]
pub(crate) enum Executor {
    Residents(ResidentSchema),
    Moderators(ModeratorSchema),
}

impl Executor {
    /// Executes a query or a mutation.
    pub(crate) async fn execute(&self, request: Request) -> Response {
        match self {
            Self::Residents(schema) => schema.execute(request).await,
            Self::Moderators(schema) => schema.execute(request).await,
        }
    }

    /// Executes any operation.
    pub(crate) fn execute_stream(&self, request: Request) -> BoxStream<'static, Response> {
        match self {
            Self::Residents(schema) => schema.execute_stream(request).boxed(),
            Self::Moderators(schema) => schema.execute_stream(request).boxed(),
        }
    }
}

/// A schema as the operator wants it asked, up to a cost. Depth, aliases and root fields were counted before it sees a
/// document.
pub(crate) fn bounded<Q, M, S>(
    builder: SchemaBuilder<Q, M, S>,
    settings: &Settings,
    cost: usize,
) -> Schema<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    // No extensions: even an idle one is called for every field.
    let builder = builder
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

/// A schema in the schema definition language.
pub(crate) fn spelled<Q, M, S>(schema: &Schema<Q, M, S>) -> String
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    schema.sdl_with_options(
        SDLExportOptions::new()
            .sorted_arguments()
            .sorted_enum_items()
            .sorted_fields()
            .include_specified_by(),
    )
}
