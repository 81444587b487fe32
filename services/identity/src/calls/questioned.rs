//! Somebody no longer stands by a member: moderators look at the membership, and two of them may end it.

use contract::common::Empty;
use contract::identity::{
    Doubt, ListQuestionedReply, ListQuestionedRequest, QuestionMemberReply, QuestionMemberRequest,
    Questioned, SettleQuestionedReply, SettleQuestionedRequest, question_member_reply,
    settle_questioned_reply,
};
use contract::{Caller, Fault, NeighbourhoodId, QuestionedId};
use store::Tx;
use uuid::Uuid;

use super::moderator;
use crate::Identity;
use crate::domain::day;
use crate::domain::joining::{Settled, Verdict, settle};
use crate::domain::pseudonym::Pseudonym;
use crate::domain::refusal::Refusal;
use crate::error::{IdentityFault, Spelling, Stop};
use crate::mail::{Letter, Recipient};
use crate::store::{account, membership, neighbourhood, pseudonym, questioned, seen};

/// How questioning a membership is answered.
const QUESTION: Spelling<Empty, question_member_reply::Outcome> = Spelling {
    done: question_member_reply::Outcome::Heard,
    refused: question_member_reply::Outcome::Refused,
    limited: question_member_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "question_member"))]
pub(super) async fn question_member(
    identity: &Identity,
    caller: Caller,
    request: QuestionMemberRequest,
) -> Result<QuestionMemberReply, IdentityFault> {
    let done = question(identity, &caller, &request).await;
    let outcome = QUESTION.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(QuestionMemberReply { outcome })
}

/// Alike for whomever the name is of: a code of many uses does not tell who came by it.
async fn question(
    identity: &Identity,
    caller: &Caller,
    request: &QuestionMemberRequest,
) -> Result<Empty, Stop> {
    let (resident, _) = caller.resident()?;
    let resident = resident.uuid();
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    membership::of(identity.store.read(), id, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    let name = Pseudonym::parse(&request.pseudonym)?;
    let doubt = bit(request.doubt()).ok_or(Refusal::DoubtMissing)?;
    let holder = pseudonym::holder(identity.store.read(), id, &name).await?;

    let tx = identity.store.begin().await?;
    identity.count_question(&tx, id, resident).await?;
    if let Some(holder) = holder {
        doubt_of(identity, &tx, id, resident, holder, doubt).await?;
    }
    tx.commit().await?;
    Ok(Empty {})
}

async fn doubt_of(
    identity: &Identity,
    tx: &Tx,
    neighbourhood: Uuid,
    resident: Uuid,
    holder: Uuid,
    doubt: i32,
) -> Result<(), IdentityFault> {
    // Held, so that who is being erased leaves nothing behind.
    let member = membership::locked(tx, neighbourhood, holder).await?;
    if !member.is_some_and(|member| identity.is_sponsor(&member, resident)) {
        return Ok(());
    }
    let row = questioned::Model {
        id: identity.draw_id(),
        neighbourhood,
        resident: holder,
        doubts: doubt,
        since_day: day::of(identity.clock.now_ms()),
        proposer: None,
    };
    if !questioned::insert(tx, row).await?
        && let Some(before) = questioned::locked_of(tx, neighbourhood, holder).await?
    {
        questioned::set_doubts(tx, before.id, before.doubts | doubt).await?;
    }
    Ok(())
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_questioned"))]
pub(super) async fn list_questioned(
    identity: &Identity,
    caller: Caller,
    request: ListQuestionedRequest,
) -> Result<ListQuestionedReply, IdentityFault> {
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let me = moderator(identity, &caller, id).await?;
    let today = day::of(identity.clock.now_ms());
    let tx = identity.store.begin().await?;
    let mut listed = Vec::new();
    for row in questioned::list(&tx, id).await? {
        let Some(member) = membership::of(&*tx, id, row.resident).await? else {
            continue;
        };
        seen::note(&tx, id, row.resident, today, seen::MEMBERSHIP).await?;
        let doubts = DOUBTS
            .into_iter()
            .filter(|doubt| bit(*doubt).is_some_and(|bit| row.doubts & bit != 0));
        listed.push(Questioned {
            id: QuestionedId::new(row.id).to_bytes(),
            recused: row.proposer == Some(me) || identity.is_recused(&member, me),
            pseudonym: member.pseudonym,
            method: member.method,
            doubts: doubts.map(i32::from).collect(),
            since_day_ms: day::start_ms(row.since_day),
            end_proposed: row.proposer.is_some(),
        });
    }
    tx.commit().await?;
    Ok(ListQuestionedReply { questioned: listed })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "settle_questioned"))]
pub(super) async fn settle_questioned(
    identity: &Identity,
    caller: Caller,
    request: SettleQuestionedRequest,
) -> Result<SettleQuestionedReply, IdentityFault> {
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let questioned = QuestionedId::from_bytes(&request.questioned)?.uuid();
    let me = moderator(identity, &caller, id).await?;
    let verdict = if request.end {
        Verdict::End
    } else {
        Verdict::Keep
    };
    let about = questioned::by_id(identity.store.read(), id, questioned)
        .await?
        .ok_or_else(Fault::not_found)?
        .resident;

    let tx = identity.store.begin().await?;
    account::locked(&tx, about)
        .await?
        .ok_or_else(Fault::not_found)?;
    let name = neighbourhood::held(&tx, id)
        .await?
        .ok_or_else(Fault::not_found)?
        .name;
    let member = membership::locked(&tx, id, about)
        .await?
        .ok_or_else(Fault::not_found)?;
    let row = questioned::locked_of(&tx, id, about)
        .await?
        .filter(|row| row.id == questioned)
        .ok_or_else(Fault::not_found)?;
    if identity.is_recused(&member, me) {
        return Err(Fault::conflict(
            "RECUSED",
            caller.locale().pick(
                "Vous avez invité ce membre, ou répondu de lui, ou c’est vous : un autre modérateur décide.",
                "You invited or vouched for this member, or are the member: another moderator decides.",
            ),
        )
        .into());
    }
    let proposed_by_another = match row.proposer.filter(|proposer| *proposer != me) {
        // Who is a moderator no longer has no say.
        Some(proposer) => identity.moderates(&*tx, id, proposer).await?,
        None => false,
    };
    let settled = settle(verdict, proposed_by_another);
    match settled {
        Settled::Kept => questioned::delete(&tx, row.id).await?,
        Settled::Proposed => questioned::propose(&tx, row.id, me).await?,
        Settled::Ended => {
            identity.end_membership(&tx, &member).await?;
            let letter = Letter::MembershipEnded {
                neighbourhood: name,
            };
            identity
                .queue(&tx, Recipient::Resident(about), None, letter)
                .await?;
        }
    }
    tx.commit().await?;
    if settled == Settled::Ended {
        identity.queued.notify_one();
        identity.look_again(about);
    }
    let outcome = match settled {
        Settled::Kept => settle_questioned_reply::Outcome::Kept(Empty {}),
        Settled::Proposed => settle_questioned_reply::Outcome::Proposed(Empty {}),
        Settled::Ended => settle_questioned_reply::Outcome::Ended(Empty {}),
    };
    Ok(SettleQuestionedReply {
        outcome: Some(outcome),
    })
}

/// Every doubt there is.
const DOUBTS: [Doubt; 3] = [
    Doubt::LivesElsewhere,
    Doubt::NotWhoTheySaid,
    Doubt::CodePassedOn,
];

/// The bit under which a doubt is kept.
const fn bit(doubt: Doubt) -> Option<i32> {
    match doubt {
        Doubt::Unspecified => None,
        Doubt::LivesElsewhere => Some(1),
        Doubt::NotWhoTheySaid => Some(2),
        Doubt::CodePassedOn => Some(4),
    }
}

impl Identity {
    /// Whether a moderator has no say about a membership: their own, or one they stood by.
    fn is_recused(&self, member: &membership::Model, moderator: Uuid) -> bool {
        member.resident == moderator || self.is_sponsor(member, moderator)
    }
}
