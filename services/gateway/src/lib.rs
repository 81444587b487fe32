//! The edge: HTTP, GraphQL, sockets and uploads. It keeps nothing: it checks what comes in, knows who asks, coarsens every
//! place, calls roles and says what they answered.
//!
//! In the order in which a request meets them:
//! - [`http`]: the routes, security headers on everything, GraphQL over HTTP.
//! - [`admit`]: what may come in: from where, how large, how often, how deep.
//! - [`session`]: whose cookie it is, and what identity vouches for.
//! - [`visit`]: one request: who asks, in which language, from which device.
//! - [`face`]: which schema is asked, and where.
//! - [`resident`]: the operations of the resident schema, one file for each group; [`moderator`]: those of the moderators'.
//! - [`access`]: who may call what.
//! - [`model`]: its types; ids, places and times have one spelling each.
//! - [`live`]: sockets, and what changes while one looks.
//! - [`operation`]: one GraphQL operation, over HTTP or a socket.
//! - [`media`]: pictures in and out; [`envelope`]: what of an upload is not its file.
//! - [`events`]: events, for calendars and feed readers.
//! - [`transparency`]: how a neighbourhood is moderated, month by month; [`document`]: what programs fetch again and again.
//! - [`tiles`]: the basemap.
//! - [`export`]: everything that is kept about a resident.
//! - [`web`]: the residents' app, as it was built.
//! - [`error`]: what went wrong, said in one way.

mod access;
mod admit;
mod alike;
mod document;
mod edge;
mod envelope;
mod error;
mod events;
mod export;
mod face;
mod hoods;
mod http;
mod language;
mod live;
mod media;
mod model;
mod moderator;
mod operation;
mod resident;
mod session;
mod settings;
mod tiles;
mod transparency;
mod visit;
mod web;

pub use access::{Operation, OperationKind, Standing, operations};
pub use admit::{Documents, DocumentsFault};
pub use edge::Parts;
pub use face::Face;
pub use settings::{Limits, Rate, Rates, Settings};

use std::sync::Arc;

use tokio::net::TcpListener;

/// The gateway of a process. Cloning shares it.
#[derive(Clone)]
pub struct Gateway {
    edge: Arc<edge::Edge>,
}

impl Gateway {
    /// A gateway over the roles it is given.
    pub fn new(parts: Parts) -> Self {
        Self {
            edge: Arc::new(edge::Edge::new(parts)),
        }
    }

    /// Serves every route until `told_to_stop`, then lets what is under way end. Dropped before, it ends every connection.
    pub async fn serve(&self, listener: TcpListener, told_to_stop: impl Future<Output = ()>) {
        http::serve(&self.edge, listener, self.router(), told_to_stop).await;
    }

    /// Every route. Without the peer's address (`ConnectInfo`) every visitor counts as the same one for rate limits.
    pub fn router(&self) -> axum::Router {
        http::router(self.edge.clone())
    }
}
