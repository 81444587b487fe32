//! What moderators decide about.

use async_graphql::{ID, Object, SimpleObject};
use contract::posts::inspect_request::Content;
use contract::{
    AppealId, CaseId, Fault, FaultKind, NeighbourhoodId, ProposalId, moderation, posts,
};
use prost::Message;

use super::choice::{Category, mirrored};
use super::comment::Comment;
use super::id::Opaque;
use super::page::connections;
use super::post::Post;
use super::reasons::{About, ContentKind, Decision, Ground, HouseRule, ReportReason, media};
use super::refusal::RefusalReason;
use super::scalar::DateTime;
use crate::visit::Visit;

mirrored! {
    /// What brings a case about.
    CaseCause is moderation::Cause {
        /// Written by a newcomer.
        Newcomer,
        /// Something in it was found that somebody has to read.
        Found,
        /// Its author says that what was found in it is wrong.
        Contested,
        /// It tells of a person.
        AboutPeople,
        /// Its author changed what moderators asked for.
        Amended,
        /// Its text is shown, its pictures wait to be looked at.
        PicturesWait,
        /// It was shown at once and is read afterwards.
        ShownUnread,
        /// Somebody reported it.
        Reported,
        /// Somebody is in one of its pictures, which is hidden.
        Depicted,
    }
    /// A part of the queue.
    Lane is moderation::Lane {
        /// Every case.
        Every,
        /// Something waits to be shown.
        Waits,
        /// Somebody reported it.
        Notices,
        /// It is shown and nobody has read it yet.
        Afterwards,
        /// What the caller has claimed.
        Claimed,
    }
}

/// A case as it stands in the queue. Nobody's name, no word of content, times to the hour.
#[derive(SimpleObject)]
pub(crate) struct CaseSummary {
    /// Opaque.
    id: ID,
    /// Where.
    neighbourhood: ID,
    /// About a notice or an answer.
    kind: ContentKind,
    /// What the notice is about.
    category: Option<Category>,
    /// What brought it about; never empty.
    causes: Vec<CaseCause>,
    /// Since when, to the hour.
    opened_at: DateTime,
    /// By when it has to be decided.
    deadline: DateTime,
    /// Until when somebody has claimed it; of another to the quarter of an hour. Null: nobody has.
    claimed_until: Option<DateTime>,
    /// Whether that is the caller.
    claimed_by_me: bool,
}

impl CaseSummary {
    /// As moderation tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: &moderation::Case) -> Result<Self, Fault> {
        let unreadable = |_| Fault::internal();
        let hood = NeighbourhoodId::from_bytes(&wire.neighbourhood).map_err(unreadable)?;
        Ok(Self {
            id: CaseId::from_bytes(&wire.id).map_err(unreadable)?.opaque(),
            neighbourhood: hood.opaque(),
            kind: ContentKind::read(wire.kind()).ok_or_else(Fault::internal)?,
            category: Category::read(wire.category()),
            causes: wire.causes().filter_map(CaseCause::read).collect(),
            opened_at: DateTime(wire.opened_ms),
            deadline: DateTime(wire.deadline_ms),
            claimed_until: DateTime::unless_zero(wire.claimed_until_ms),
            claimed_by_me: wire.claimed_by_me,
        })
    }
}

connections! {
    /// Cases, those first that have to be decided first.
    CaseConnection of
    /// A case in a list.
    CaseEdge: CaseSummary;
    /// Appeals, those first that have to be decided first.
    AppealConnection of
    /// An appeal in a list.
    AppealEdge: AppealSummary;
}

/// What somebody reported, without who.
#[derive(SimpleObject)]
pub(crate) struct Report {
    /// What is wrong.
    reason: ReportReason,
    /// In their words; null: they said nothing more.
    explanation: Option<String>,
    /// The picture that they are in.
    media: Option<ID>,
    /// Whether somebody without an account said so.
    by_visitor: bool,
    /// When, to the hour.
    reported_at: DateTime,
}

impl Report {
    fn read(wire: moderation::Reported) -> Option<Self> {
        Some(Self {
            reason: ReportReason::read(wire.reason())?,
            media: media(&[&wire.picture]).pop(),
            explanation: Some(wire.explanation).filter(|text| !text.is_empty()),
            by_visitor: wire.by_visitor,
            reported_at: DateTime(wire.hour_ms),
        })
    }
}

/// What is read before deciding: as it stands on the board or waits for it, or as it was kept for an appeal.
#[derive(SimpleObject)]
pub(crate) struct CaseContent {
    /// The notice, or the one that the answer is below; null for what was kept of an answer: the notice is somebody else's.
    post: Option<Post>,
    /// The answer, where the case is about one.
    comment: Option<Comment>,
    /// What the lexicon finds in it, each with its place: whether it stands against it or not.
    findings: Vec<RefusalReason>,
}

impl CaseContent {
    /// As posts told it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: posts::Inspected) -> Result<Self, Fault> {
        Ok(Self {
            post: wire.post.map(Post::told).transpose()?,
            comment: wire.comment.map(Comment::read).transpose()?,
            findings: wire.findings.into_iter().map(Into::into).collect(),
        })
    }
}

/// What posts tells a moderator of a content; none where it is gone, or its author's alone.
///
/// # Errors
/// What posts says.
pub(crate) async fn inspect(
    visit: &Visit,
    about: About,
) -> Result<Option<posts::Inspected>, Fault> {
    let content = match about {
        About::Post(id) => Content::Post(id.to_bytes()),
        About::Comment(id) => Content::Comment(id.to_bytes()),
    };
    let request = visit.caller().request(posts::InspectRequest {
        content: Some(content),
    });
    match visit.edge.posts.clone().inspect(request).await {
        Ok(reply) => Ok(Some(reply.into_inner())),
        Err(status) => match Fault::from(status) {
            fault if fault.kind == FaultKind::NotFound => Ok(None),
            fault => Err(fault),
        },
    }
}

/// A case with all that is needed to decide it. Whose data it shows can see that somebody looked.
#[derive(SimpleObject)]
pub(crate) struct Case {
    /// As it stands in the queue.
    #[graphql(flatten)]
    summary: CaseSummary,
    /// Which version is to be read: a decision says which one was.
    version: i32,
    /// What was reported, oldest first: the first 50.
    reports: Vec<Report>,
    /// How many reports there are beside these.
    reports_more: i32,
    /// What it is about; null where it is gone.
    content: Option<CaseContent>,
    /// Pictures that nobody else sees until it is decided.
    media_hidden: Vec<ID>,
}

impl Case {
    /// As moderation and posts tell it.
    ///
    /// # Errors
    /// What posts says; `INTERNAL` when it is not readable.
    pub(crate) async fn read(visit: &Visit, wire: moderation::Case) -> Result<Self, Fault> {
        let about = About::told(wire.kind(), &wire.content)?;
        let content = inspect(visit, about).await?.map(CaseContent::read);
        let summary = CaseSummary::read(&wire)?;
        let reports = wire.reports.into_iter().filter_map(Report::read);
        Ok(Self {
            summary,
            version: i32::try_from(wire.version).unwrap_or(i32::MAX),
            reports: reports.collect(),
            reports_more: i32::try_from(wire.reports_more).unwrap_or(i32::MAX),
            content: content.transpose()?,
            media_hidden: media(&wire.pictures_hidden),
        })
    }
}

/// An open appeal as it stands in the list.
#[derive(SimpleObject)]
pub(crate) struct AppealSummary {
    /// Opaque.
    id: ID,
    /// Where.
    neighbourhood: ID,
    /// About a notice or an answer.
    kind: ContentKind,
    /// What the notice was about.
    category: Option<Category>,
    /// Whether who reported it appeals; else its author does.
    by_reporter: bool,
    /// What was decided.
    against: Decision,
    /// Undecided by then, it succeeds.
    deadline: DateTime,
}

impl AppealSummary {
    /// As moderation tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: moderation::OpenAppeal) -> Result<Self, Fault> {
        let unreadable = |_| Fault::internal();
        let hood = NeighbourhoodId::from_bytes(&wire.neighbourhood).map_err(unreadable)?;
        Ok(Self {
            id: AppealId::from_bytes(&wire.id).map_err(unreadable)?.opaque(),
            neighbourhood: hood.opaque(),
            kind: ContentKind::read(wire.kind()).ok_or_else(Fault::internal)?,
            category: Category::read(wire.category()),
            by_reporter: wire.by_reporter,
            deadline: DateTime(wire.deadline_ms),
            against: Decision::read(wire.against.ok_or_else(Fault::internal)?)?,
        })
    }
}

/// An open appeal with all that is needed to decide it.
#[derive(SimpleObject)]
pub(crate) struct Appeal {
    /// As it stands in the list.
    #[graphql(flatten)]
    summary: AppealSummary,
    /// Why, in the words of who appeals.
    text: String,
    /// What had been read when it was decided. Null where everything had been left as it was: then `content` is what there
    /// is now.
    frozen: Option<CaseContent>,
    /// As it stands now; null where it is gone or was taken down.
    content: Option<CaseContent>,
}

impl Appeal {
    /// As moderation and posts tell it.
    ///
    /// # Errors
    /// What posts says; `INTERNAL` when it is not readable.
    pub(crate) async fn read(
        visit: &Visit,
        mut wire: moderation::OpenAppeal,
    ) -> Result<Self, Fault> {
        let about = About::told(wire.kind(), &wire.content)?;
        let content = inspect(visit, about).await?.map(CaseContent::read);
        let text = std::mem::take(&mut wire.text);
        let read = std::mem::take(&mut wire.read);
        let read = (!read.is_empty()).then(|| thawed(&read)).transpose()?;
        Ok(Self {
            summary: AppealSummary::read(wire)?,
            text,
            frozen: read.map(CaseContent::read).transpose()?,
            content: content.transpose()?,
        })
    }
}

/// What was read, as it is kept for an appeal: the message of posts itself.
pub(crate) fn frozen(read: posts::Inspected) -> Vec<u8> {
    alone(read).encode_to_vec()
}

fn thawed(kept: &[u8]) -> Result<posts::Inspected, Fault> {
    let kept = posts::Inspected::decode(kept).map_err(|_| Fault::internal())?;
    Ok(alone(kept))
}

/// An answer without the notice above it: whose that is takes it down, or is erased, and nothing of it stays in a copy about
/// somebody else.
fn alone(read: posts::Inspected) -> posts::Inspected {
    let post = read.post.filter(|_| read.comment.is_none());
    posts::Inspected { post, ..read }
}

/// A suspension longer than one moderator may decide.
pub(crate) struct Proposal {
    id: ProposalId,
    wire: moderation::Proposal,
}

impl Proposal {
    /// As moderation tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: moderation::Proposal) -> Result<Self, Fault> {
        Ok(Self {
            id: ProposalId::from_bytes(&wire.id).map_err(|_| Fault::internal())?,
            wire,
        })
    }
}

/// A suspension longer than one moderator may decide: it counts once a second one approved it.
#[Object]
impl Proposal {
    /// Opaque.
    async fn id(&self) -> ID {
        self.id.opaque()
    }

    /// For how many days.
    async fn days(&self) -> u32 {
        self.wire.days
    }

    /// Which rule.
    async fn rule(&self) -> Option<HouseRule> {
        HouseRule::read(self.wire.rule())
    }

    /// On what it stands.
    async fn ground(&self) -> Option<Ground> {
        Ground::read(self.wire.ground())
    }

    /// What happened, in the words of who proposed it.
    async fn facts(&self) -> &str {
        &self.wire.facts
    }

    /// It ends by then unless another moderator approved.
    async fn deadline(&self) -> DateTime {
        DateTime(self.wire.deadline_ms)
    }

    /// Whether the caller proposed it: then another one has to approve.
    async fn mine(&self) -> bool {
        self.wire.mine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_answer_nothing_is_kept_of_the_notice_above_it() {
        let notice = posts::Inspected {
            post: Some(contract::posts::Post::default()),
            ..posts::Inspected::default()
        };
        let answer = posts::Inspected {
            comment: Some(contract::posts::Comment::default()),
            ..notice.clone()
        };
        // What was kept before is read as what is kept now.
        for kept in [frozen(answer.clone()), answer.encode_to_vec()] {
            let read = thawed(&kept).unwrap();
            assert!(read.post.is_none() && read.comment.is_some());
        }
        assert!(thawed(&frozen(notice)).unwrap().post.is_some());
    }
}
