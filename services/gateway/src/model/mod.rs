//! The types of the schemas.

pub(crate) mod account;
pub(crate) mod area;
pub(crate) mod attendance;
pub(crate) mod behaviour;
pub(crate) mod case;
pub(crate) mod change;
pub(crate) mod choice;
pub(crate) mod comment;
pub(crate) mod correction;
pub(crate) mod feed;
pub(crate) mod hood;
pub(crate) mod id;
pub(crate) mod membership;
pub(crate) mod page;
pub(crate) mod picture;
pub(crate) mod post;
pub(crate) mod reasons;
pub(crate) mod refusal;
pub(crate) mod scalar;
pub(crate) mod statement;
pub(crate) mod viewer;

use async_graphql::{ID, Interface};

use hood::Neighbourhood;
use post::Post;
use viewer::Viewer;

/// Something with an id by which it can be asked for again.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Opaque; the same thing has the same id for ever."
))]
pub(crate) enum Node {
    /// A notice.
    Post(Post),
    /// A neighbourhood.
    Neighbourhood(Neighbourhood),
    /// Who is signed in.
    Viewer(Viewer),
}
