//! Who is a member, who would become one by a postcard, and of whom somebody doubts it.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use contract::identity::settle_questioned_reply::Outcome;
use contract::{Fault, PostcardId, QuestionedId, identity};

use super::cases::moderated;
use crate::model::id::Opaque;
use crate::model::membership::Doubt;
use crate::model::page::LOOK_UP;
use crate::model::scalar::DateTime;
use crate::visit::visit;

/// A postcard to write: an address, and the code that makes whoever gets it a member. Both are erased once it is settled.
#[derive(SimpleObject)]
pub(crate) struct Postcard {
    /// Opaque; settle it with this.
    id: ID,
    /// The address as on an envelope, line by line.
    lines: Vec<String>,
    /// The code to write on it. It opens once the postcard is marked as posted, to who asked for it alone.
    code: String,
    /// After this day it need not be posted any more.
    until: DateTime,
}

impl Postcard {
    fn read(wire: identity::Postcard) -> Result<Self, Fault> {
        let id = PostcardId::from_bytes(&wire.id).map_err(|_| Fault::internal())?;
        Ok(Self {
            id: id.opaque(),
            lines: wire.lines,
            code: wire.code,
            until: DateTime(wire.until_day_ms),
        })
    }
}

/// How somebody became a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum JoinedBy {
    /// A code of the first days.
    Founding,
    /// A code of the operator, on a flyer or in a hall.
    Operator,
    /// A neighbour's invite.
    Invite,
    /// Two neighbours who vouched.
    Vouches,
    /// A postcard.
    Postcard,
}

impl JoinedBy {
    fn read(method: &str) -> Result<Self, Fault> {
        Ok(match method {
            "founder" => Self::Founding,
            "operator" => Self::Operator,
            "invite" => Self::Invite,
            "vouches" => Self::Vouches,
            "postcard" => Self::Postcard,
            _ => return Err(Fault::internal()),
        })
    }
}

/// A member by name.
#[derive(SimpleObject)]
pub(crate) struct Member {
    /// The name under which they sign.
    pseudonym: String,
    /// How they joined.
    joined_by: JoinedBy,
    /// In which month.
    since_month: DateTime,
    /// Whether they moderate.
    moderates: bool,
    /// Whether they have been here for less than 14 days.
    newcomer: bool,
    /// Until when they may write nothing; none: they may.
    suspended_until: Option<DateTime>,
}

impl Member {
    fn read(wire: identity::Member) -> Result<Self, Fault> {
        Ok(Self {
            joined_by: JoinedBy::read(&wire.method)?,
            pseudonym: wire.pseudonym,
            since_month: DateTime(wire.since_month_ms),
            moderates: wire.moderator,
            newcomer: wire.newcomer,
            suspended_until: Some(wire.suspended_until_ms)
                .filter(|at_ms| *at_ms > 0)
                .map(DateTime),
        })
    }
}

/// Members whose name begins so.
#[derive(SimpleObject)]
pub(crate) struct Members {
    /// By name, 20 at most.
    nodes: Vec<Member>,
    /// Whether there are more: write more of the name.
    has_more: bool,
}

/// A membership by which somebody who invited or vouched no longer stands.
#[derive(SimpleObject)]
pub(crate) struct QuestionedMember {
    /// Opaque; settle it with this.
    id: ID,
    /// Whose.
    pseudonym: String,
    /// How they joined.
    joined_by: JoinedBy,
    /// What is doubted. Nobody learns by whom.
    doubts: Vec<Doubt>,
    /// Since which day.
    since: DateTime,
    /// Whether one moderator would end it: it takes a second one.
    end_proposed: bool,
    /// Whether the caller has no say: they are the member, invited or vouched for them, or proposed the end.
    recused: bool,
}

impl QuestionedMember {
    fn read(wire: identity::Questioned) -> Result<Self, Fault> {
        let id = QuestionedId::from_bytes(&wire.id).map_err(|_| Fault::internal())?;
        let doubts = wire
            .doubts()
            .map(|doubt| Doubt::read(doubt).ok_or_else(Fault::internal));
        Ok(Self {
            id: id.opaque(),
            joined_by: JoinedBy::read(&wire.method)?,
            doubts: doubts.collect::<Result<_, Fault>>()?,
            since: DateTime(wire.since_day_ms),
            end_proposed: wire.end_proposed,
            recused: wire.recused,
            pseudonym: wire.pseudonym,
        })
    }
}

#[derive(Default)]
pub(crate) struct MembershipReading;

#[Object]
impl MembershipReading {
    /// Members whose name begins so, at least two letters or digits of it, whatever their case and accents. There is no list of
    /// everybody. Whoever is among them can see that a moderator looked, and on which day.
    #[graphql(complexity = "20 * child_complexity + LOOK_UP")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
        #[graphql(desc = "How the name begins.")] beginning: String,
    ) -> Result<Members> {
        let visit = visit(ctx);
        let request = identity::ListMembersRequest {
            neighbourhood: moderated(visit, &neighbourhood)?.to_bytes(),
            beginning,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.list_members(visit.caller().request(request)).await?;
        let reply = reply.into_inner();
        let nodes = reply.members.into_iter().map(Member::read);
        Ok(Members {
            nodes: nodes.collect::<Result<_, Fault>>()?,
            has_more: reply.has_more,
        })
    }

    /// Postcards to write, those that wait longest first, 50 at most: a sheet to print. Whose address it is can see that a
    /// moderator read it, and on which day.
    #[graphql(complexity = "50 * child_complexity + LOOK_UP")]
    async fn postcards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Vec<Postcard>> {
        let visit = visit(ctx);
        let request = identity::ListPostcardsRequest {
            neighbourhood: moderated(visit, &neighbourhood)?.to_bytes(),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client
            .list_postcards(visit.caller().request(request))
            .await?;
        let postcards = reply.into_inner().postcards.into_iter();
        Ok(postcards
            .map(Postcard::read)
            .collect::<Result<_, Fault>>()?)
    }

    /// Memberships to look at, those that wait longest first, 50 at most. Whose it is can see that a moderator did, and on which
    /// day.
    #[graphql(complexity = "50 * child_complexity + LOOK_UP")]
    async fn questioned(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] neighbourhood: ID,
    ) -> Result<Vec<QuestionedMember>> {
        let visit = visit(ctx);
        let request = identity::ListQuestionedRequest {
            neighbourhood: moderated(visit, &neighbourhood)?.to_bytes(),
        };
        let mut client = visit.edge.identity.clone();
        let reply = client
            .list_questioned(visit.caller().request(request))
            .await?;
        let questioned = reply.into_inner().questioned.into_iter();
        let questioned = questioned.map(QuestionedMember::read);
        Ok(questioned.collect::<Result<_, Fault>>()?)
    }
}

/// What became of a postcard.
#[derive(InputObject)]
pub(crate) struct SettlePostcardInput {
    /// Where.
    neighbourhood: ID,
    /// Which.
    postcard: ID,
    /// Whether it was posted; if not, the address is none of the neighbourhood's, and its code opens nothing.
    posted: bool,
}

/// The address is erased, and whose it was is mailed what became of it.
#[derive(SimpleObject)]
pub(crate) struct SettlePostcardPayload {
    /// Which.
    id: ID,
}

/// What one says of a membership.
#[derive(InputObject)]
pub(crate) struct SettleQuestionedInput {
    /// Where.
    neighbourhood: ID,
    /// Which.
    questioned: ID,
    /// Whether it ends, which takes two moderators; one keeps it, against a proposal too.
    end: bool,
}

/// What became of a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Settled {
    /// It goes on.
    Kept,
    /// A second moderator has to agree.
    EndProposed,
    /// It is over. What they put up stays, and they may join again.
    Ended,
}

/// Said.
#[derive(SimpleObject)]
pub(crate) struct SettleQuestionedPayload {
    /// Of which.
    id: ID,
    /// What became of it.
    settled: Settled,
}

#[derive(Default)]
pub(crate) struct MembershipDeciding;

#[Object]
impl MembershipDeciding {
    /// Erases the address of a postcard: it was posted, or is none of the neighbourhood's.
    async fn settle_postcard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what became of it.")] input: SettlePostcardInput,
    ) -> Result<SettlePostcardPayload> {
        let visit = visit(ctx);
        let request = identity::SettlePostcardRequest {
            neighbourhood: moderated(visit, &input.neighbourhood)?.to_bytes(),
            postcard: PostcardId::read(&input.postcard, "postcard")?.to_bytes(),
            posted: input.posted,
        };
        let mut client = visit.edge.identity.clone();
        client
            .settle_postcard(visit.caller().request(request))
            .await?;
        Ok(SettlePostcardPayload { id: input.postcard })
    }

    /// Keeps a membership that somebody doubts, or would end it. Who invited or vouched for the member decides neither, nor does
    /// the member.
    async fn settle_questioned(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what becomes of it.")] input: SettleQuestionedInput,
    ) -> Result<SettleQuestionedPayload> {
        let visit = visit(ctx);
        let request = identity::SettleQuestionedRequest {
            neighbourhood: moderated(visit, &input.neighbourhood)?.to_bytes(),
            questioned: QuestionedId::read(&input.questioned, "questioned")?.to_bytes(),
            end: input.end,
        };
        let mut client = visit.edge.identity.clone();
        let request = visit.caller().request(request);
        let reply = client.settle_questioned(request).await?.into_inner();
        Ok(SettleQuestionedPayload {
            id: input.questioned,
            settled: match reply.outcome.ok_or_else(Fault::internal)? {
                Outcome::Kept(_) => Settled::Kept,
                Outcome::Proposed(_) => Settled::EndProposed,
                Outcome::Ended(_) => Settled::Ended,
            },
        })
    }
}
