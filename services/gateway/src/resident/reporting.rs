//! Saying what is wrong, signed in or not.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};
use bytes::Bytes;
use contract::identity::keep_reply_address_reply::Outcome as Address;
use contract::moderation::report_reply::Outcome;
use contract::{Fault, MediaId, PostId, ReportId, common, identity, moderation};

use super::{enter, outcome};
use crate::model::id::{Opaque, client_key};
use crate::model::reasons::{About, ReportReason};
use crate::model::refusal::{RateLimited, RefusalReason, refused};
use crate::visit::{Visit, visit};

/// What is wrong with a notice or an answer.
#[derive(InputObject)]
pub(crate) struct ReportContentInput {
    /// Random, minted by the client, as for publishing.
    client_key: ID,
    /// The notice or the answer. Visitors: a public event.
    content: ID,
    /// What is wrong.
    reason: ReportReason,
    /// In one's own words, at most 1,000 characters; some reasons ask for it.
    #[graphql(default)]
    explanation: String,
    /// That one believes in good faith that what one says is right and complete; `ILLEGAL_CONTENT` asks for it.
    #[graphql(default)]
    good_faith: bool,
    /// Where a visitor wants to be told what came of it; absent: nowhere. Residents are told in their account.
    reply_to: Option<String>,
}

/// "I am in this picture."
#[derive(InputObject)]
pub(crate) struct ReportDepictionInput {
    /// Random, minted by the client, as for publishing.
    client_key: ID,
    /// The notice. Visitors: a public event.
    post: ID,
    /// The picture.
    media: ID,
    /// In one's own words, at most 1,000 characters; may be left out.
    #[graphql(default)]
    explanation: String,
    /// Where a visitor wants to be told what came of it; absent: nowhere. Residents are told in their account.
    reply_to: Option<String>,
}

/// Moderators will read it.
#[derive(SimpleObject)]
pub(crate) struct ContentReported {
    /// The same for the same report.
    report: ID,
    /// Whether a picture is hidden until it is decided about it.
    hidden: bool,
}

refused! {
    /// Not taken; nothing is kept.
    ReportRefused
}

/// What came of a report.
#[derive(Union)]
pub(crate) enum ReportContentPayload {
    /// Moderators will read it.
    ContentReported(ContentReported),
    /// Not taken.
    ReportRefused(ReportRefused),
    /// Too often.
    RateLimited(RateLimited),
}

/// What came of it.
#[derive(Union)]
pub(crate) enum ReportDepictionPayload {
    /// Moderators will decide; whether the picture is hidden until then, `hidden` says.
    ContentReported(ContentReported),
    /// Not taken.
    ReportRefused(ReportRefused),
    /// Too often.
    RateLimited(RateLimited),
}

#[derive(Default)]
pub(crate) struct Reporting;

#[Object]
impl Reporting {
    /// Says what is wrong with a notice or an answer that the caller can read. Its author does not learn who said so. Again
    /// while moderators have not decided: the same report.
    async fn report_content(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and why.")] input: ReportContentInput,
    ) -> Result<ReportContentPayload> {
        let visit = visit(ctx);
        let content = match About::read(&input.content, "content")? {
            About::Post(id) => id.to_bytes(),
            About::Comment(id) => id.to_bytes(),
        };
        let client_key = client_key(&input.client_key)?;
        let reply_to = match keep(visit, &client_key, input.reply_to).await? {
            Kept::As(reply_to) => reply_to,
            Kept::Refused(refused) => return Ok(ReportContentPayload::ReportRefused(refused)),
            Kept::Limited(limited) => return Ok(ReportContentPayload::RateLimited(limited)),
        };
        let request = moderation::ReportRequest {
            client_key: client_key.into(),
            reply_to,
            content,
            reason: input.reason.wire().into(),
            explanation: input.explanation,
            good_faith: input.good_faith,
        };
        let mut client = visit.edge.moderation.clone();
        let reply = client.report(visit.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            Outcome::Reported(receipt) => ReportContentPayload::ContentReported(taken(&receipt)?),
            Outcome::Refused(refused) => ReportContentPayload::ReportRefused(refused.into()),
            Outcome::Limited(limited) => ReportContentPayload::RateLimited(limited.into()),
        })
    }

    /// Says that one is in a picture: nobody sees it from then on until a moderator has decided, who is to do so within three
    /// days. Where one already left it up after the caller said so, it stays up meanwhile.
    async fn report_depiction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which picture.")] input: ReportDepictionInput,
    ) -> Result<ReportDepictionPayload> {
        let visit = visit(ctx);
        let client_key = client_key(&input.client_key)?;
        let reply_to = match keep(visit, &client_key, input.reply_to).await? {
            Kept::As(reply_to) => reply_to,
            Kept::Refused(refused) => return Ok(ReportDepictionPayload::ReportRefused(refused)),
            Kept::Limited(limited) => return Ok(ReportDepictionPayload::RateLimited(limited)),
        };
        let request = moderation::ReportDepictionRequest {
            client_key: client_key.into(),
            reply_to,
            post: PostId::read(&input.post, "post")?.to_bytes(),
            picture: MediaId::read(&input.media, "media")?.to_bytes(),
            explanation: input.explanation,
        };
        let mut client = visit.edge.moderation.clone();
        let request = visit.caller().request(request);
        let reply = client.report_depiction(request).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            Outcome::Reported(receipt) => ReportDepictionPayload::ContentReported(taken(&receipt)?),
            Outcome::Refused(refused) => ReportDepictionPayload::ReportRefused(refused.into()),
            Outcome::Limited(limited) => ReportDepictionPayload::RateLimited(limited.into()),
        })
    }
}

/// What came of an address at which a visitor wants to be told.
enum Kept {
    /// Under what identity keeps it, which alone knows it; empty: none was given.
    As(Bytes),
    Refused(ReportRefused),
    Limited(RateLimited),
}

async fn keep(visit: &Visit, client_key: &[u8], email: Option<String>) -> Result<Kept, Fault> {
    let email = email.filter(|email| !email.is_empty() && visit.signed().is_none());
    let Some(email) = email else {
        return Ok(Kept::As(Bytes::new()));
    };
    if let Err(limited) = enter(visit).await {
        return Ok(Kept::Limited(limited));
    }
    let request = visit.caller().request(identity::KeepReplyAddressRequest {
        email,
        client_key: Bytes::copy_from_slice(client_key),
    });
    let mut client = visit.edge.identity.clone();
    let reply = client.keep_reply_address(request).await?;
    Ok(match outcome(reply.into_inner().outcome)? {
        Address::Kept(kept) => Kept::As(kept.reply_to),
        Address::Refused(refused) => Kept::Refused(at_reply_to(refused)),
        Address::Limited(limited) => Kept::Limited(limited.into()),
    })
}

/// The address is called otherwise here.
fn at_reply_to(refused: common::Refused) -> ReportRefused {
    let reasons = refused.reasons.into_iter();
    let reasons = reasons.map(|reason| RefusalReason {
        field: Some("replyTo".to_owned()),
        ..reason.into()
    });
    ReportRefused {
        reasons: reasons.collect(),
    }
}

fn taken(receipt: &moderation::Receipt) -> Result<ContentReported, Fault> {
    let report = ReportId::from_bytes(&receipt.report).map_err(|_| Fault::internal())?;
    Ok(ContentReported {
        report: report.opaque(),
        hidden: receipt.hidden,
    })
}
