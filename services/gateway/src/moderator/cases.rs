//! The queue, and deciding what is in it.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use bytes::Bytes;
use contract::{CaseId, Fault, FaultKind, MediaId, NeighbourhoodId, identity, moderation};

use super::LIST_AT_MOST;
use crate::model::case::{Case, CaseConnection, CaseSummary, Lane, frozen, inspect};
use crate::model::choice::Measure;
use crate::model::id::Opaque;
use crate::model::page::{LOOK_UP, list_size};
use crate::model::reasons::{About, Decision, Ground, HouseRule};
use crate::visit::{Visit, visit};

#[derive(Default)]
pub(crate) struct Queue;

#[Object]
impl Queue {
    /// The open cases of a neighbourhood, those first that have to be decided first. What the caller wrote, reported or stood
    /// back from is not among them.
    #[graphql(complexity = "crate::model::page::list_cost(first, LIST_AT_MOST, child_complexity)")]
    async fn queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "Which part of it.", default_with = "Lane::Every")] lane: Lane,
        #[graphql(desc = "How many, 1 to 50.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which they come.")] after: Option<String>,
    ) -> Result<CaseConnection> {
        let visit = visit(ctx);
        let mut request = moderation::ListCasesRequest {
            neighbourhood: moderated(visit, &neighbourhood)?.to_bytes(),
            lane: lane.wire().into(),
            first: list_size(first, LIST_AT_MOST)?,
            after: after.unwrap_or_default(),
        };
        loop {
            let mut client = visit.edge.moderation.clone();
            let asked = visit.caller().request(request.clone());
            let reply = client.list_cases(asked).await?.into_inner();
            let left = left_to_others(visit, &reply.cases).await?;
            let listed = reply.cases.iter().zip(&reply.cursors);
            let (cases, cursors): (Vec<_>, Vec<_>) =
                listed.filter(|(case, _)| !left.contains(&case.id)).unzip();
            // A page that is others' from the first to the last tells nobody where the next one begins.
            if let Some(last) = reply.cursors.last()
                && cases.is_empty()
                && reply.has_next
            {
                request.after.clone_from(last);
                continue;
            }
            let cases = cases.into_iter().map(CaseSummary::read);
            return Ok(CaseConnection::new(
                cases.collect::<Result<_, Fault>>()?,
                cursors.into_iter().cloned().collect(),
                reply.has_next,
            ));
        }
    }

    /// One case with all that is needed to decide it. Whose data it shows can see that somebody looked, and on which day.
    #[graphql(complexity = "child_complexity + 2 * LOOK_UP")]
    async fn case(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<Case> {
        let visit = visit(ctx);
        let mut client = visit.edge.moderation.clone();
        let reply = client.get_case(which(visit, &id, "id")?).await?;
        let case = not_left_to_others(visit, reply.into_inner()).await?;
        Ok(Case::read(visit, case).await?)
    }
}

/// The neighbourhood of a moderator, by its opaque id.
///
/// # Errors
/// `INVALID_ID`, `UNAUTHENTICATED`; `NOT_FOUND` to who is not a member, `FORBIDDEN` to who does not moderate.
pub(super) fn moderated(visit: &Visit, neighbourhood: &str) -> Result<NeighbourhoodId, Fault> {
    visit.is_signed_in()?;
    let neighbourhood = NeighbourhoodId::read(neighbourhood, "neighbourhood")?;
    visit.moderator_of(neighbourhood)?;
    Ok(neighbourhood)
}

/// Of these cases, those that the caller leaves to other moderators: one of them and who wrote it stood by the other. Identity
/// alone knows that; it says so for one neighbourhood at a time.
async fn left_to_others(visit: &Visit, cases: &[moderation::Case]) -> Result<Vec<Bytes>, Fault> {
    let mut residents: Vec<Bytes> = cases.iter().map(|case| case.author.clone()).collect();
    residents.sort_unstable();
    residents.dedup();
    residents.retain(|author| !author.is_empty());
    let Some(case) = cases.first().filter(|_| !residents.is_empty()) else {
        return Ok(Vec::new());
    };
    let request = identity::ListLeftToOthersRequest {
        neighbourhood: case.neighbourhood.clone(),
        residents,
    };
    let mut client = visit.edge.identity.clone();
    let reply = client
        .list_left_to_others(visit.caller().request(request))
        .await?;
    let residents = reply.into_inner().residents;
    let left = cases.iter().filter(|case| residents.contains(&case.author));
    Ok(left.map(|case| case.id.clone()).collect())
}

/// A case, unless the caller leaves it to others. Who may decide is asked each time: where the others go, it is theirs again.
async fn not_left_to_others(
    visit: &Visit,
    case: moderation::Case,
) -> Result<moderation::Case, Fault> {
    let left = left_to_others(visit, std::slice::from_ref(&case)).await?;
    if left.is_empty() {
        return Ok(case);
    }
    let message = visit.locale().pick(
        "Un autre modérateur décide de ce cas.",
        "Another moderator decides about this one.",
    );
    Err(Fault::conflict("RECUSED", message))
}

fn which(
    visit: &Visit,
    case: &str,
    field: &'static str,
) -> Result<tonic::Request<moderation::CaseRequest>, Fault> {
    visit.is_signed_in()?;
    Ok(visit.caller().request(moderation::CaseRequest {
        case: CaseId::read(case, field)?.to_bytes(),
    }))
}

/// A case that one takes.
#[derive(InputObject)]
pub(crate) struct ClaimCaseInput {
    /// Which.
    case: ID,
}

/// Nobody else decides it for 15 minutes.
#[derive(SimpleObject)]
pub(crate) struct ClaimCasePayload {
    /// With all that is needed to decide it.
    case: Case,
}

/// A case that one gives back.
#[derive(InputObject)]
pub(crate) struct ReturnCaseInput {
    /// Which.
    case: ID,
}

/// It is everybody's again.
#[derive(SimpleObject)]
pub(crate) struct ReturnCasePayload {
    /// Which.
    id: ID,
}

/// A case about which one does not want to decide.
#[derive(InputObject)]
pub(crate) struct RecuseCaseInput {
    /// Which.
    case: ID,
}

/// It is for others, and does not come back.
#[derive(SimpleObject)]
pub(crate) struct RecuseCasePayload {
    /// Which.
    id: ID,
}

/// What becomes of it, and why.
#[derive(InputObject)]
pub(crate) struct DecideCaseInput {
    /// Which; the caller has claimed it.
    case: ID,
    /// The `version` that was read: where its author changed it meanwhile, it has to be read again (`CONFLICT`).
    version: i32,
    /// What becomes of the notice or the answer.
    measure: Measure,
    /// Pictures that go for good; the others are shown.
    #[graphql(default)]
    media_removed: Vec<ID>,
    /// For how many days its author may not write; at most 7, longer takes two: `proposeSevere`.
    #[graphql(default)]
    pause_days: u32,
    /// Which rule.
    rule: HouseRule,
    /// On what it stands.
    ground: Ground,
    /// What happened, in 20 to 2,000 characters: its author and who reported it read this word for word.
    facts: String,
}

/// Decided.
#[derive(SimpleObject)]
pub(crate) struct DecideCasePayload {
    /// Which case.
    id: ID,
    /// What its author and who reported it are told.
    decision: Decision,
}

#[derive(Default)]
pub(crate) struct Deciding;

#[Object]
impl Deciding {
    /// Takes a case: nobody else decides it for 15 minutes. Again: 15 more.
    async fn claim_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ClaimCaseInput,
    ) -> Result<ClaimCasePayload> {
        let visit = visit(ctx);
        let mut client = visit.edge.moderation.clone();
        let reply = client
            .claim_case(which(visit, &input.case, "case")?)
            .await?;
        match not_left_to_others(visit, reply.into_inner()).await {
            Ok(case) => Ok(ClaimCasePayload {
                case: Case::read(visit, case).await?,
            }),
            Err(fault) => {
                client
                    .return_case(which(visit, &input.case, "case")?)
                    .await?;
                Err(fault.into())
            }
        }
    }

    /// Gives a case back before its 15 minutes are over.
    async fn return_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ReturnCaseInput,
    ) -> Result<ReturnCasePayload> {
        let visit = visit(ctx);
        let mut client = visit.edge.moderation.clone();
        client
            .return_case(which(visit, &input.case, "case")?)
            .await?;
        Ok(ReturnCasePayload { id: input.case })
    }

    /// Stands back from a case for good: because of who wrote it, or for any reason of one's own.
    async fn recuse_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RecuseCaseInput,
    ) -> Result<RecuseCasePayload> {
        let visit = visit(ctx);
        let mut client = visit.edge.moderation.clone();
        client.recuse(which(visit, &input.case, "case")?).await?;
        Ok(RecuseCasePayload { id: input.case })
    }

    /// Decides a case that the caller has claimed. Its author and who reported it are told with the reasons, in the app and by
    /// mail, and may ask that another moderator decides.
    async fn decide_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What becomes of it, and why.")] input: DecideCaseInput,
    ) -> Result<DecideCasePayload> {
        let visit = visit(ctx);
        visit.is_signed_in()?;
        let case = CaseId::read(&input.case, "case")?;
        let removed = input.media_removed.iter();
        let removed = removed.map(|id| MediaId::read(id, "mediaRemoved"));
        let mut request = moderation::DecideCaseRequest {
            case: case.to_bytes(),
            version: u64::try_from(input.version).unwrap_or_default(),
            measure: input.measure.wire().into(),
            pictures_removed: removed
                .map(|id| Ok(id?.to_bytes()))
                .collect::<Result<_, Fault>>()?,
            pause_days: input.pause_days,
            rule: input.rule.wire().into(),
            ground: input.ground.wire().into(),
            facts: input.facts,
            ..moderation::DecideCaseRequest::default()
        };
        request.read = read_in(visit, case, request.version).await?.into();
        let is_stale = request.read.is_empty();
        let mut client = visit.edge.moderation.clone();
        let decided = client.decide_case(visit.caller().request(request)).await;
        let decided = decided.map_err(|status| match Fault::from(status) {
            fault if is_stale && fault.code == "READ" => changed_meanwhile(visit),
            fault => fault,
        })?;
        Ok(DecideCasePayload {
            id: input.case,
            decision: Decision::read(decided.into_inner())?,
        })
    }
}

/// What was read, for an appeal, as posts tells it: nobody can say that something else was. Empty where that version is no
/// longer there; whether the decision is good without it, moderation says.
async fn read_in(visit: &Visit, case: CaseId, version: u64) -> Result<Vec<u8>, Fault> {
    let request = visit.caller().request(moderation::CaseRequest {
        case: case.to_bytes(),
    });
    let case = match visit.edge.moderation.clone().get_case(request).await {
        // Asked again: it may have been claimed while nobody else could decide it.
        Ok(case) => not_left_to_others(visit, case.into_inner()).await?,
        // What is decided already is not looked at any more; asked again, it is answered as before.
        Err(status) => match Fault::from(status) {
            fault if fault.kind == FaultKind::Conflict => return Ok(Vec::new()),
            fault => return Err(fault),
        },
    };
    let about = About::told(case.kind(), &case.content)?;
    let inspected = inspect(visit, about).await?;
    let read = inspected.filter(|read| match (about, &read.post) {
        (About::Comment(_), _) => true,
        (About::Post(_), Some(post)) => (post.written..=post.version).contains(&version),
        (About::Post(_), None) => false,
    });
    Ok(read.map(frozen).unwrap_or_default())
}

fn changed_meanwhile(visit: &Visit) -> Fault {
    let message = visit.locale().pick(
        "Le texte a changé depuis que vous l’avez lu. Relisez-le, puis décidez.",
        "The text was changed after you read it. Read it again, then decide.",
    );
    Fault::conflict("CHANGED_MEANWHILE", message)
}
