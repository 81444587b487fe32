//! Telling of a person: written, left to rest, confirmed; and what an account answered and may do about it.

use contract::common::{Empty, Reason as WireReason};
use contract::posts::publish_reply::Outcome;
use contract::posts::{
    AnswerPoliceReadingRequest, CheckReply, CheckRequest, ConfirmRequest, Own, PublishReply, State,
};
use contract::{NeighbourhoodId, PostId};
use store::Tx;

use super::edit::save;
use super::publish::{reply, shown_to_author};
use super::{Call, author_of, limited, post_id, refused};
use crate::domain::{
    Barred, CategoryRules, Limit, Limited, Telling, Texts, confirm_from, may_tell, moved_end,
    paused, reading,
};
use crate::store::{author, oversight, post, teller};
use crate::{Posts, PostsFault};

/// What counts for who tells of a person where the author's row is. `account` is locked or not.
pub(super) async fn telling(
    tx: &Tx,
    account: &teller::Model,
    author: &author::Model,
) -> Result<Telling, PostsFault> {
    let neighbourhood = NeighbourhoodId::new(author.neighbourhood);
    Ok(Telling {
        teller: account.teller(author.people_until_ms),
        attended_at_ms: oversight::find(&**tx, neighbourhood).await?,
    })
}

impl Posts {
    /// The account's row is locked while it is counted: of two that are confirmed at once, in whatever neighbourhoods, one
    /// goes on.
    pub(super) async fn do_confirm(
        &self,
        call: &Call,
        asked: ConfirmRequest,
    ) -> Result<PublishReply, PostsFault> {
        let id = post_id(&asked.post)?;
        let tx = self.parts.store.begin().await?;
        let (mut post, standing) = self.own(&tx, call, id).await?;
        let (neighbourhood, resident) = (standing.neighbourhood, standing.resident);
        match post.state() {
            State::CoolingDown => {}
            // Confirmed before, says a retry.
            State::InReview if is_about_person(&post) => {
                return shown_to_author(&post, call.now_ms);
            }
            _ => return Err(PostsFault::WrongState),
        }
        if u64::try_from(post.version) != Ok(asked.version) {
            return Err(PostsFault::ChangedMeanwhile);
        }
        let from_ms = confirm_from(post.confirm_from_ms, call.now_ms);
        if call.now_ms < from_ms {
            let cooling = Limited {
                limit: Limit::CoolDown,
                again_at_ms: from_ms,
            };
            return Ok(reply(Outcome::Limited(limited(cooling, call.locale))));
        }
        let row = author::lock(&tx, neighbourhood, resident, self.parts.clock.today()).await?;
        let author = author_of(&standing, &row);
        if let Some(reason) = paused(&author, call.now_ms) {
            return Ok(reply(Outcome::Refused(refused(&[reason], call.locale))));
        }
        let mut account = teller::lock(&tx, resident).await?;
        let telling = telling(&tx, &account, &row).await?;
        match may_tell(&author, &telling, call.now_ms) {
            Ok(()) => {}
            Err(Barred::Refused(reason)) => {
                return Ok(reply(Outcome::Refused(refused(&[reason], call.locale))));
            }
            Err(Barred::Limited(why)) => {
                // By a clock that was put right meanwhile: once and for all.
                account.confirmed_at_ms = telling.teller.by_clock(call.now_ms).confirmed_at_ms;
                teller::update(&tx, account).await?;
                tx.commit().await?;
                return Ok(reply(Outcome::Limited(limited(why, call.locale))));
            }
        }
        account.confirmed_at_ms = Some(call.now_ms);
        teller::update(&tx, account).await?;
        post.wait_for_reader(&[], call.now_ms);
        // Resting does not shorten the time it stays up, and nothing ends before it was to be read.
        if let Some(rules) = CategoryRules::of(post.category()) {
            let (end_ms, from_ms) = (post.expires_at_ms, post.published_at_ms);
            post.expires_at_ms = moved_end(end_ms, from_ms, call.now_ms, &rules);
            post.published_at_ms = call.now_ms;
        }
        post.version += 1;
        save(&tx, &post).await?;
        tx.commit().await?;
        self.signal(post.id);
        shown_to_author(&post, call.now_ms)
    }

    /// The same reading as when it is sent; nothing is kept, and nobody but the caller learns of it.
    pub(super) fn do_check(
        &self,
        call: &Call,
        asked: &CheckRequest,
    ) -> Result<CheckReply, PostsFault> {
        self.standing(call, NeighbourhoodId::from_bytes(&asked.neighbourhood)?)?;
        let read = reading(&Texts {
            category: asked.category(),
            title: &asked.title,
            body: &asked.body,
            venue: &asked.venue,
            behaviour: asked.behaviour.as_ref(),
        });
        let findings = read.reasons.iter();
        let findings: Vec<WireReason> = findings.map(|reason| reason.wire(call.locale)).collect();
        Ok(CheckReply {
            findings,
            waits: read.waits,
        })
    }

    /// A no takes back every yes there is; a yes is for what comes, or for the one notice.
    pub(super) async fn do_answer_police_reading(
        &self,
        call: &Call,
        asked: AnswerPoliceReadingRequest,
    ) -> Result<Empty, PostsFault> {
        let (resident, _) = call.caller.resident()?;
        let tx = self.parts.store.begin().await?;
        if asked.post.is_empty() {
            let mut account = teller::lock(&tx, resident).await?;
            account.police_may_read = Some(asked.may_read);
            teller::update(&tx, account).await?;
            if !asked.may_read {
                post::keep_from_police(&tx, resident).await?;
            }
        } else {
            let (mut post, _) = self
                .own(&tx, call, PostId::from_bytes(&asked.post)?)
                .await?;
            if asked.may_read && !police_could_read(&post) {
                return Err(PostsFault::WrongState);
            }
            post.police_may_read = asked.may_read;
            post::update(&tx, post).await?;
        }
        tx.commit().await?;
        Ok(Empty {})
    }

    pub(super) async fn do_read_own(&self, call: &Call, _: Empty) -> Result<Own, PostsFault> {
        let (resident, _) = call.caller.resident()?;
        let on = self.parts.store.read();
        let account = teller::find(on, resident).await?;
        // The week is the account's; where it is paused for longer, that is told on writing.
        let barred = account.teller(0).barred(call.now_ms);
        Ok(Own {
            police_may_read: account.police_may_read,
            about_people_from_ms: barred.map_or(0, |barred| barred.again_at_ms),
        })
    }
}

pub(super) fn is_about_person(post: &post::Model) -> bool {
    CategoryRules::of(post.category()).is_some_and(|rules| rules.about_person)
}

fn police_could_read(post: &post::Model) -> bool {
    CategoryRules::of(post.category()).is_some_and(|rules| rules.police)
}
