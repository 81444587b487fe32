//! Who asks, and where they are.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, Result, SimpleObject, Union};
use contract::identity::get_neighbourhood_request::By;
use contract::{Fault, FaultKind, NeighbourhoodId, PostId, ResidentId, identity, posts};

use super::enter;
use crate::hoods::{Hood, LISTED_AT_MOST, Named};
use crate::model::Node;
use crate::model::hood::Neighbourhood;
use crate::model::id::{Opaque, tagged};
use crate::model::page::{EventConnection, LOOK_UP};
use crate::model::post::Post;
use crate::model::refusal::{RateLimited, RefusalReason, refused};
use crate::model::viewer::Viewer;
use crate::visit::{Visit, or_null, visit};

/// The longest name in addresses that is looked at, in bytes.
const SLUG_AT_MOST: usize = 64;

/// A neighbourhood by its name in addresses; none when there is none.
///
/// # Errors
/// That identity does not answer.
pub(crate) async fn hood_at(visit: &Visit, slug: String) -> Result<Option<Arc<Hood>>, Fault> {
    if slug.is_empty() || slug.len() > SLUG_AT_MOST {
        return Ok(None);
    }
    visit.edge.hoods.by_slug(slug).await
}

#[derive(Default)]
pub(crate) struct WhoAndWhere;

#[Object]
impl WhoAndWhere {
    /// Who is signed in; null when nobody is.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        visit(ctx).signed().map(Viewer::new)
    }

    /// A thing by its id; null when it is not there or not the caller's to see. Who is signed out is asked to sign in, unless
    /// it is a public event.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An id that Palier gave out.")] id: ID,
    ) -> Option<Node> {
        or_null(ctx, node(visit(ctx), &id).await)
    }

    /// A neighbourhood by its name in addresses; null when there is none. Who is not a member sees its name and its public
    /// events only.
    async fn neighbourhood(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its name in addresses, such as `kallio-demo`.")] slug: String,
    ) -> Option<Neighbourhood> {
        let visit = visit(ctx);
        let hood = hood_at(visit, slug).await;
        let seen = hood.map(|hood| hood.map(|hood| Neighbourhood::seen_by(visit, hood)));
        or_null(ctx, seen.map_err(Error::from))
    }

    /// The neighbourhoods of this board, by name, 50 at most. Who is not a member sees of each its name and its public events
    /// only.
    #[graphql(complexity = "LISTED_AT_MOST * child_complexity + LOOK_UP")]
    async fn neighbourhoods(&self, ctx: &Context<'_>) -> Option<Vec<Neighbourhood>> {
        let visit = visit(ctx);
        let listed = visit.edge.hoods.listed().await;
        let seen = |named: &Arc<Named>| Neighbourhood::listed_for(visit, named.clone());
        let seen = listed.map(|listed| Some(listed.iter().map(seen).collect()));
        or_null(ctx, seen.map_err(Error::from))
    }

    /// The events of all neighbourhoods that are for everybody, as in `Neighbourhood.publicEvents`, soonest first.
    #[graphql(complexity = "crate::model::page::page_cost(first, child_complexity)")]
    async fn public_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 30.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Option<EventConnection> {
        let events = EventConnection::read(visit(ctx), None, first, after).await;
        or_null(ctx, events.map(Some).map_err(Error::from))
    }

    /// What a code opens. Trying codes is limited by network address.
    #[graphql(complexity = "child_complexity + 50")]
    async fn invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, as it was given.")] code: String,
    ) -> Result<InvitationPayload> {
        let visit = visit(ctx);
        if let Err(limited) = enter(visit).await {
            return Ok(InvitationPayload::RateLimited(limited));
        }
        Ok(match invitation(visit, code).await {
            Ok(invitation) => InvitationPayload::Invitation(invitation),
            Err(fault) if fault.code == "CODE_UNKNOWN" => {
                let reason = RefusalReason::of(fault);
                InvitationPayload::InvitationRefused(InvitationRefused {
                    reasons: vec![reason],
                })
            }
            Err(fault) if fault.kind == FaultKind::Limited => {
                InvitationPayload::RateLimited(RateLimited::of("CODES", fault))
            }
            Err(fault) => return Err(fault.into()),
        })
    }
}

/// What a code opens.
#[derive(SimpleObject)]
pub(crate) struct Invitation {
    /// The neighbourhood, with the tiles to choose a home from.
    neighbourhood: Neighbourhood,
    /// Names that are free there, to choose one from or to do without.
    pseudonyms: Vec<String>,
}

refused! {
    /// The code opens nothing.
    InvitationRefused
}

/// What came of showing a code.
#[derive(Union)]
pub(crate) enum InvitationPayload {
    /// It opens a neighbourhood.
    Invitation(Invitation),
    /// It opens nothing.
    InvitationRefused(InvitationRefused),
    /// Too often.
    RateLimited(RateLimited),
}

async fn invitation(visit: &Visit, code: String) -> Result<Invitation, Fault> {
    let caller = visit.caller();
    let request = identity::GetNeighbourhoodRequest {
        by: Some(By::Code(code.clone())),
    };
    let mut client = visit.edge.identity.clone();
    let reply = client.get_neighbourhood(caller.request(request)).await?;
    let hood = visit.edge.hoods.learn(reply.into_inner())?;
    let request = identity::SuggestPseudonymRequest { code };
    let reply = client.suggest_pseudonym(caller.request(request)).await?;
    Ok(Invitation {
        neighbourhood: Neighbourhood::inside(hood),
        pseudonyms: reply.into_inner().pseudonyms,
    })
}

/// Of a notice posts decides who may read it; nothing else is told to who is signed out.
async fn node(visit: &Visit, id: &str) -> Result<Option<Node>> {
    if let Some((PostId::TAG, uuid)) = tagged(id) {
        return Ok(read_post(visit, PostId::new(uuid)).await?.map(Node::Post));
    }
    let signed = visit.resident()?;
    let found = match tagged(id) {
        Some((NeighbourhoodId::TAG, uuid)) => {
            let hood = visit.edge.hoods.by_id(NeighbourhoodId::new(uuid)).await;
            hood.map(|hood| Node::Neighbourhood(Neighbourhood::seen_by(visit, hood)))
        }
        Some((ResidentId::TAG, uuid)) if signed.resident == ResidentId::new(uuid) => {
            Ok(Node::Viewer(Viewer::new(signed)))
        }
        _ => return Ok(None),
    };
    Ok(unless_missing(found)?)
}

/// A notice as the caller may see it; none where it is not there for them.
///
/// # Errors
/// What posts says else; `UNAUTHENTICATED` to who is signed out, unless it is a public event.
pub(crate) async fn read_post(visit: &Visit, post: PostId) -> Result<Option<Post>, Fault> {
    let request = posts::PostRequest {
        post: post.to_bytes(),
    };
    let mut client = visit.edge.posts.clone();
    let reply = client.get(visit.caller().request(request)).await;
    let found = reply
        .map_err(Fault::from)
        .and_then(|reply| Post::told(reply.into_inner()));
    unless_missing(found)
}

/// What is not there, or not the caller's, is null.
fn unless_missing<T>(found: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(fault) if fault.kind == FaultKind::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}
