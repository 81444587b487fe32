//! Who asks, and where they are.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use contract::identity::get_neighbourhood_request::By;
use contract::{Caller, Fault, FaultKind, NeighbourhoodId, PostId, ResidentId, identity, posts};

use crate::admit::Kind;
use crate::model::Node;
use crate::model::hood::Neighbourhood;
use crate::model::id::{Opaque, tagged};
use crate::model::post::Post;
use crate::model::viewer::Viewer;
use crate::visit::{Visit, visit};

/// The longest slug or code that is looked at, in characters.
const NAME_AT_MOST: usize = 64;

#[derive(Default)]
pub(crate) struct WhoAndWhere;

#[Object]
impl WhoAndWhere {
    /// Who is signed in; null when nobody is.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        visit(ctx).signed().map(Viewer::new)
    }

    /// A thing by its id; null when it is not there or not the caller's to see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An id that Palier gave out.")] id: ID,
    ) -> Result<Option<Node>> {
        let visit = visit(ctx);
        visit.resident()?;
        let found = match tagged(&id) {
            Some((PostId::TAG, uuid)) => post(visit, PostId::new(uuid)).await.map(Node::Post),
            Some((NeighbourhoodId::TAG, uuid)) => {
                let hood = visit.edge.hoods.by_id(NeighbourhoodId::new(uuid)).await;
                hood.map(|hood| Node::Neighbourhood(seen_by(visit, hood)))
            }
            Some((ResidentId::TAG, uuid)) => visit
                .resident()
                .and_then(|signed| {
                    let own = signed.resident == ResidentId::new(uuid);
                    own.then_some(signed).ok_or_else(Fault::not_found)
                })
                .map(|signed| Node::Viewer(Viewer::new(signed))),
            _ => Err(Fault::not_found()),
        };
        Ok(unless_missing(found)?)
    }

    /// A neighbourhood by its name in addresses; null when there is none. Who is not a member sees its name only.
    async fn neighbourhood(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its name in addresses, such as `kallio-demo`.")] slug: String,
    ) -> Result<Option<Neighbourhood>> {
        let visit = visit(ctx);
        if slug.is_empty() || slug.len() > NAME_AT_MOST {
            return Ok(None);
        }
        let hood = visit.edge.hoods.by_slug(slug).await?;
        Ok(hood.map(|hood| seen_by(visit, hood)))
    }

    /// What a code opens; null when it opens nothing. Trying codes is limited by network address.
    #[graphql(complexity = "child_complexity + 50")]
    async fn invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, as it was given.")] code: String,
    ) -> Result<Option<Invitation>> {
        let visit = visit(ctx);
        visit.take(Kind::Entry)?;
        if code.is_empty() || code.len() > NAME_AT_MOST {
            return Ok(None);
        }
        Ok(unless_missing(invitation(visit, code).await)?)
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

async fn invitation(visit: &Visit, code: String) -> Result<Invitation, Fault> {
    let caller: Caller = visit.caller();
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

async fn post(visit: &Visit, post: PostId) -> Result<Post, Fault> {
    let request = posts::PostRequest {
        post: post.to_bytes(),
    };
    let mut client = visit.edge.posts.clone();
    let reply = client.get(visit.caller().request(request)).await?;
    Post::told(reply.into_inner())
}

/// A neighbourhood as far as the caller may see it.
fn seen_by(visit: &Visit, hood: std::sync::Arc<crate::hoods::Hood>) -> Neighbourhood {
    if visit.member_of(hood.id).is_ok() {
        Neighbourhood::inside(hood)
    } else {
        Neighbourhood::outside(hood)
    }
}

/// What is not there, or not the caller's, is null.
fn unless_missing<T>(found: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(fault) if fault.kind == FaultKind::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}
