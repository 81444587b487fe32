//! What an operation of a socket or of an event stream brings.

use std::sync::{Arc, OnceLock};

use async_graphql::parser::types::OperationType;
use contract::{Fault, feeds};
use futures_util::stream::{self, BoxStream, StreamExt};
use runtime::telemetry::Cause;

use super::direct::Direct;
use super::follow::Follower;
use super::tail::Question;
use super::telling::Payload;
use crate::operation::{Answer, Ready};
use crate::visit::Visit;

/// What an operation brings.
pub(super) enum Brought {
    /// A result, and what it follows from where that is traced.
    Next(Payload, Option<Cause>),
    /// Why there is none, and no more.
    Refused(Answer),
    /// There is no more.
    End,
}

/// For the resolver of a feed's changes: what it is there for.
pub(crate) enum Following {
    /// To understand what is to be followed, and from which cursor on. It brings nothing itself.
    Arrange(Arc<OnceLock<Arranged>>),
    /// To tell this one change, whoever it is told to.
    Tell(Box<feeds::Change>),
}

/// A question, and the cursor from which it is followed; empty: from now on.
pub(crate) type Arranged = (Question, String);

/// Begins an operation that was admitted; where it may be told directly, only what it brings besides comes from the stream.
pub(super) async fn run(
    ready: Ready,
    visit: Arc<Visit>,
    direct: Option<Direct>,
) -> Result<BoxStream<'static, Brought>, Answer> {
    match ready.kind {
        Some(OperationType::Mutation) => {
            let fault = Fault::forbidden(
                "Changes are sent with POST /graphql and answered at once; sockets and streams are for following and reading.",
            );
            Err(Answer::fault(&fault, &visit.trace))
        }
        Some(OperationType::Subscription) if ready.only_root() == Some("feedChanges") => {
            follow(ready, visit, direct).await
        }
        kind => {
            let follows = kind == Some(OperationType::Subscription);
            let nothing = Following::Arrange(Arc::default());
            let responses = ready.run(&visit, nothing);
            let brought = responses.map(move |response| {
                let answer = Answer::of(response, &visit.trace);
                let refused = !answer.is_executed() || (follows && !answer.has_data());
                if refused {
                    return Brought::Refused(answer);
                }
                let payload = answer.payload(&visit.trace);
                payload.map_or_else(Brought::Refused, |payload| {
                    Brought::Next(payload, visit.take_cause())
                })
            });
            Ok(brought.chain(stream::once(async { Brought::End })).boxed())
        }
    }
}

async fn follow(
    ready: Ready,
    visit: Arc<Visit>,
    direct: Option<Direct>,
) -> Result<BoxStream<'static, Brought>, Answer> {
    let arranged = Arc::new(OnceLock::new());
    let arrange = Following::Arrange(arranged.clone());
    let refusal = std::pin::pin!(ready.run(&visit, arrange)).next().await;
    let arranged = arranged.get().cloned();
    let (question, after) = match (arranged, refusal) {
        (Some(arranged), None) => arranged,
        (_, Some(refusal)) => return Err(Answer::of(refusal, &visit.trace)),
        (None, None) => return Err(Answer::fault(&Fault::internal(), &visit.trace)),
    };
    let trace = visit.trace.clone();
    let follower = Follower::begin(ready, visit, question, after, direct).await;
    let follower = follower.map_err(|fault| Answer::fault(&fault, &trace))?;
    let brought = stream::unfold(Some(follower), |follower| async move {
        let mut follower = follower?;
        match follower.next().await {
            Ok((payload, cause)) => Some((Brought::Next(payload, cause), Some(follower))),
            Err(refused) => Some((Brought::Refused(refused), None)),
        }
    });
    Ok(brought.boxed())
}
