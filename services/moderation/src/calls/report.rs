//! Saying what is wrong with something.

use contract::common::RateLimited;
use contract::moderation::report_reply::Outcome;
use contract::moderation::{Reason, Receipt, ReportDepictionRequest, ReportReply, ReportRequest};
use contract::{Caller, Locale, MediaId, NeighbourhoodId, ReportId, ResidentId};
use prost::Message;
use runtime::DAY_MS;
use runtime::telemetry::{Measure, measure};
use sea_orm::prelude::Uuid;
use store::{Asking, Before, ClientKey, Tx};

use super::refused::{refusal, text_refused};
use super::telling::rule;
use super::{Call, ids};
use crate::domain::{Conflict, EXPLANATION_AT_MOST, Refusal, complete};
use crate::store::{CLIENT_KEYS, Keyed, content, report, reporter, tally};
use crate::{Moderation, ModerationFault};

/// What is known of a visitor's network address is no longer than this, in bytes.
const ORIGIN_AT_MOST: usize = 64;

/// Who reports.
struct Reporter {
    resident: Option<ResidentId>,
    /// By what they are counted.
    who: Vec<u8>,
    reply_to: Option<Uuid>,
    neighbourhoods: Vec<NeighbourhoodId>,
}

/// What they say.
struct Said {
    operation: &'static str,
    key: ClientKey,
    content: Uuid,
    reason: Reason,
    explanation: Option<String>,
    good_faith: bool,
    picture: Option<MediaId>,
}

impl Moderation {
    pub(super) async fn do_report(
        &self,
        call: &Call,
        mut asked: ReportRequest,
    ) -> Result<ReportReply, ModerationFault> {
        let key = std::mem::take(&mut asked.client_key);
        let key = ClientKey::try_from(&key[..])?;
        let reporter = self.reporter(call, &asked.reply_to)?;
        let reason = match asked.reason() {
            // Only by naming the picture.
            Reason::InPicture => Reason::Unspecified,
            reason => reason,
        };
        let explanation = match complete(reason, &asked.explanation, asked.good_faith) {
            Ok(explanation) => explanation,
            Err(why) => return Ok(refused(why, call.locale)),
        };
        let said = Said {
            operation: "report",
            key,
            content: contract::PostId::from_bytes(&asked.content)?.uuid(),
            reason,
            explanation,
            good_faith: asked.good_faith,
            picture: None,
        };
        self.take(call, &reporter, said, &asked).await
    }

    pub(super) async fn do_report_depiction(
        &self,
        call: &Call,
        mut asked: ReportDepictionRequest,
    ) -> Result<ReportReply, ModerationFault> {
        let key = std::mem::take(&mut asked.client_key);
        let key = ClientKey::try_from(&key[..])?;
        let reporter = self.reporter(call, &asked.reply_to)?;
        let explanation = match complete(Reason::InPicture, &asked.explanation, true) {
            Ok(explanation) => explanation,
            Err(why) => return Ok(refused(why, call.locale)),
        };
        let said = Said {
            operation: "depiction",
            key,
            content: contract::PostId::from_bytes(&asked.post)?.uuid(),
            reason: Reason::InPicture,
            explanation,
            good_faith: true,
            picture: Some(MediaId::from_bytes(&asked.picture)?),
        };
        self.take(call, &reporter, said, &asked).await
    }

    fn reporter(&self, call: &Call, reply_to: &[u8]) -> Result<Reporter, ModerationFault> {
        match &call.caller {
            Caller::Visitor { origin, .. } if origin.len() <= ORIGIN_AT_MOST => Ok(Reporter {
                resident: None,
                who: origin.clone(),
                reply_to: (!reply_to.is_empty())
                    .then(|| ReportId::from_bytes(reply_to))
                    .transpose()?
                    .map(ReportId::uuid),
                neighbourhoods: Vec::new(),
            }),
            caller => {
                let (resident, _) = caller.resident()?;
                Ok(Reporter {
                    resident: Some(resident),
                    who: resident.to_bytes().to_vec(),
                    reply_to: None,
                    neighbourhoods: ids(&self.standings(call)),
                })
            }
        }
    }

    async fn take(
        &self,
        call: &Call,
        by: &Reporter,
        said: Said,
        asked: &impl Message,
    ) -> Result<ReportReply, ModerationFault> {
        let now_ms = call.now_ms;
        let tx = self.parts.store.begin().await?;
        let seen = content::visible(&*tx, &by.neighbourhoods, said.content, now_ms).await?;
        let seen = seen.ok_or(ModerationFault::NotFound)?;
        let hood = NeighbourhoodId::new(seen.neighbourhood);
        let locked = content::Entity::lock(&tx, seen.neighbourhood, seen.id).await?;
        let content = locked
            .filter(|content| content.state == content::SHOWN)
            .ok_or(ModerationFault::NotFound)?;
        let today = self.parts.clock.today();
        let mut row = reporter::lock(&tx, hood, &by.who, today).await?;
        let asking = Asking::new(
            hood.uuid(),
            by.who.clone(),
            said.operation,
            said.key.clone(),
            &asked.encode_to_vec(),
        );
        // The reporter's row is locked, so that two retries do not cross.
        match CLIENT_KEYS.before(&tx, &asking).await? {
            Before::Never => {}
            Before::Made(before) => return Ok(receipt(before, hides(&content, said.picture))),
            Before::Gone => return Err(ModerationFault::NotFound),
            Before::Other => return Err(Conflict::KeyReused.into()),
        }
        if by.resident.is_some() && content.author == by.resident.map(ResidentId::uuid) {
            return Err(Conflict::OwnCase.into());
        }
        if said
            .picture
            .is_some_and(|picture| !content.pictures().contains(&picture))
        {
            return Err(ModerationFault::NotFound);
        }
        if let Some(before) = before(&tx, &content, by, said.picture).await? {
            return Ok(receipt(before, hides(&content, said.picture)));
        }
        if row.reports >= i64::from(self.parts.settings.reports_a_day) {
            return Ok(limited(now_ms, call.locale));
        }
        row.reports += 1;
        reporter::update(&tx, row).await?;
        let (id, is_hidden) = self.keep(&tx, content, by, said, now_ms).await?;
        CLIENT_KEYS.made(&tx, asking, id, now_ms).await?;
        tx.commit().await?;
        Ok(receipt(id, is_hidden))
    }

    /// The case goes on with it, or begins; a picture that somebody is in is hidden, but for who said so before and was told
    /// that it stays. Answers whether it is.
    async fn keep(
        &self,
        tx: &Tx,
        content: content::Model,
        by: &Reporter,
        said: Said,
        now_ms: i64,
    ) -> Result<(Uuid, bool), ModerationFault> {
        let was_left = match said.picture {
            Some(picture) => report::was_left(tx, &content, by.resident, picture).await?,
            None => false,
        };
        let case = self
            .reconsider(tx, &content, now_ms, |agenda| {
                if said.picture.is_some() {
                    agenda.depicted(now_ms);
                } else {
                    agenda.reported(now_ms);
                }
            })
            .await?
            .ok_or(ModerationFault::NotFound)?;
        let id = ReportId::from_random(self.parts.entropy.bytes()).uuid();
        let made = report::Model {
            neighbourhood: case.neighbourhood,
            id,
            case_id: case.id,
            reporter: by.resident.map(ResidentId::uuid),
            reply_to: by.reply_to,
            reason: said.reason.into(),
            explanation: said.explanation,
            good_faith: said.good_faith,
            picture: said.picture.map(MediaId::uuid),
            made_at_ms: now_ms,
        };
        report::insert(tx, made).await?;
        let reason = said.reason.into();
        tally::count(tx, case.neighbourhood, now_ms, tally::NOTICE, reason, 0).await?;
        let picture = said.picture;
        let mut stands = content.stands();
        let content = if picture.is_some_and(|picture| !was_left && stands.hide(picture)) {
            rule(tx, content, &stands).await?
        } else {
            content
        };
        Ok((id, hides(&content, picture)))
    }
}

/// What a resident said of it before, while its case is open.
async fn before(
    tx: &Tx,
    content: &content::Model,
    by: &Reporter,
    picture: Option<MediaId>,
) -> Result<Option<Uuid>, ModerationFault> {
    let open = crate::store::case_file::open_about(tx, content.neighbourhood, content.id).await?;
    let (Some(case), Some(resident)) = (open, by.resident) else {
        return Ok(None);
    };
    let said = report::by_in(&**tx, case.neighbourhood, case.id, resident).await?;
    let picture = picture.map(MediaId::uuid);
    let same = said.iter().find(|report| report.picture == picture);
    Ok(same.map(|report| report.id))
}

/// Whether a picture waits, where nobody sees it, until it is decided about it.
fn hides(content: &content::Model, picture: Option<MediaId>) -> bool {
    let hidden = content.stands().hidden;
    picture.is_some_and(|picture| hidden.contains(&picture))
}

fn receipt(id: Uuid, hidden: bool) -> ReportReply {
    reply(Outcome::Reported(Receipt {
        report: ReportId::new(id).to_bytes(),
        hidden,
    }))
}

const fn reply(outcome: Outcome) -> ReportReply {
    ReportReply {
        outcome: Some(outcome),
    }
}

fn refused(why: Refusal, locale: Locale) -> ReportReply {
    let (field, french, english) = match why {
        Refusal::Explanation(fault) => {
            return reply(Outcome::Refused(text_refused(
                fault,
                "explanation",
                EXPLANATION_AT_MOST,
                locale,
            )));
        }
        Refusal::GoodFaith => (
            "goodFaith",
            "Dites que vous croyez en toute bonne foi que ce que vous signalez est exact et complet.",
            "Say that in good faith you believe what you report to be right and complete.",
        ),
        Refusal::Reason => (
            "reason",
            "Choisissez ce qui ne va pas.",
            "Choose what is wrong.",
        ),
    };
    reply(Outcome::Refused(refusal(
        why.code(),
        field,
        locale.pick(french, english).to_owned(),
    )))
}

fn limited(now_ms: i64, locale: Locale) -> ReportReply {
    measure(Measure::Limited("reports_a_day"));
    let message = locale.pick(
        "C’est beaucoup pour un jour. Ce que vous avez déjà signalé sera lu ; revenez demain.",
        "That is a lot for one day. What you reported already will be read; come back tomorrow.",
    );
    reply(Outcome::Limited(RateLimited {
        limit: "reports_a_day".to_owned(),
        retry_at_ms: now_ms - now_ms.rem_euclid(DAY_MS) + DAY_MS,
        message: message.to_owned(),
    }))
}
