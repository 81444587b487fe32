//! Telling of a person: written, left to rest, confirmed.

use contract::NeighbourhoodId;
use contract::posts::publish_reply::Outcome;
use contract::posts::{ConfirmRequest, PublishReply, State};
use store::Tx;

use super::edit::save;
use super::publish::{reply, shown_to_author};
use super::{Call, author_of, limited, post_id, refused};
use crate::domain::{
    Barred, CategoryRules, Limit, Limited, Telling, confirm_from, may_tell, moved_end, paused,
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
        let (resident, _) = call.caller.resident()?;
        let tx = self.parts.store.begin().await?;
        let mut account = teller::lock(&tx, resident).await?;
        let (mut post, standing) = self.own(&tx, call, id).await?;
        let neighbourhood = standing.neighbourhood;
        match post.state() {
            State::CoolingDown => {}
            // Confirmed before, says a retry.
            State::InReview if is_about_person(&post) => {
                return shown_to_author(&post, call.now_ms);
            }
            _ => return Err(PostsFault::WrongState),
        }
        if !post.says_what_was_read(asked.version) {
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
}

fn is_about_person(post: &post::Model) -> bool {
    CategoryRules::of(post.category()).is_some_and(|rules| rules.about_person)
}
