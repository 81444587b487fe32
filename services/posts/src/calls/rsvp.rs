//! Coming to an event, and who does.

use std::collections::HashMap;

use contract::posts::set_rsvp_reply::Outcome;
use contract::posts::{
    Attendance, ListRsvpsReply, ListRsvpsRequest, Rsvp, SetRsvpReply, SetRsvpRequest,
};
use contract::{Fault, PAGE_AT_MOST, PostId};

use super::comments::may_read;
use super::reading::reader;
use super::{Call, author_of, ids, limited_today, post_id, refused, standing_of};
use crate::domain::{Coming, EventDetails, Limit, decide_rsvp, places_left};
use crate::gone;
use crate::store::post::Reader;
use crate::store::rsvp::{self, Model};
use crate::store::{author, post};
use crate::{Posts, PostsFault};

impl Posts {
    /// The notice is locked while its places are counted: two who want the last one come one after the other. The same
    /// answer twice is one.
    pub(super) async fn do_set_rsvp(
        &self,
        call: &Call,
        asked: SetRsvpRequest,
    ) -> Result<SetRsvpReply, PostsFault> {
        let answer = asked.answer();
        let standings = self.standings(call)?;
        let id = post_id(&asked.post)?;
        let tx = self.parts.store.begin().await?;
        let notice = post::find(&*tx, &ids(&standings), id, call.now_ms, true)
            .await?
            .ok_or(PostsFault::NotFound)?;
        let standing = standing_of(standings, notice.neighbourhood)?;
        if !may_read(&notice, &standing) {
            return Err(PostsFault::NotFound);
        }
        let resident = standing.resident;
        let (neighbourhood, today) = (standing.neighbourhood, self.parts.clock.today());
        let mut author = author::lock(&tx, neighbourhood, resident, today).await?;
        let event = notice.event().map(EventDetails::kept);
        let before = rsvp::find(&*tx, &notice, resident).await?;
        let events = std::slice::from_ref(&notice);
        let going = rsvp::going(&*tx, events).await?;
        let going = going.get(&notice.id).copied().unwrap_or_default();
        let others_going = going - u64::from(before == Rsvp::Going);
        let about = Coming {
            state: notice.state(),
            event: event.as_ref(),
            others_going,
            before,
        };
        let who = author_of(&standing, &author);
        if let Err(reason) = decide_rsvp(answer, about, &who, call.now_ms) {
            return Ok(reply(Outcome::Refused(refused(&[reason], call.locale))));
        }
        let shown = notice.wire(reader(&notice, &standing), call.now_ms);
        if answer == Rsvp::Unanswered {
            tx.gone(gone::coming(notice.id, resident.uuid()));
            rsvp::delete(&tx, &notice, resident).await?;
        } else if answer != before {
            if author.rsvps_today >= i64::from(self.parts.settings.rsvps_a_day) {
                let limited = limited_today(Limit::RsvpsADay, call);
                return Ok(reply(Outcome::Limited(limited)));
            }
            author.rsvps_today += 1;
            author::update(&tx, author).await?;
            let row = Model {
                neighbourhood: notice.neighbourhood,
                post: notice.id,
                resident: resident.uuid(),
                pseudonym: standing.pseudonym,
                answer: answer.into(),
            };
            rsvp::put(&tx, row).await?;
        }
        tx.commit().await?;
        // Nothing but the places is everybody's to see: that somebody might come, or does not, is not told by a signal either.
        let capacity = event.map_or(0, |event| event.capacity);
        let going_now = others_going + u64::from(answer == Rsvp::Going);
        if places_left(capacity, going) != places_left(capacity, going_now) {
            self.signal(notice.id);
        }
        Ok(reply(Outcome::Set(shown)))
    }

    /// However many events are asked for, each table is read once.
    pub(super) async fn do_list_rsvps(
        &self,
        call: &Call,
        asked: ListRsvpsRequest,
    ) -> Result<ListRsvpsReply, PostsFault> {
        let wanted = wanted(&asked)?;
        let mut events: Vec<_> = self.seen(call, &wanted).await?;
        events.retain(|(notice, _)| notice.event.is_some());
        let (events, readers): (Vec<_>, Vec<_>) = events.into_iter().unzip();
        let on = self.parts.store.read();
        let going = rsvp::going(on, &events).await?;
        let mine = match call.caller.resident() {
            Ok((resident, _)) => rsvp::answers_of(on, &events, resident).await?,
            Err(_) => HashMap::new(),
        };
        let own: Vec<_> = events
            .iter()
            .zip(&readers)
            .filter(|(_, reader)| **reader == Reader::Author)
            .map(|(event, _)| event.clone())
            .collect();
        let answers = rsvp::answers_to(on, &own).await?;
        let attendance = |event: &post::Model| {
            let going = going.get(&event.id).copied().unwrap_or_default();
            let capacity = event.event().map_or(0, |event| event.capacity);
            let answers = answers.iter().filter(|answer| answer.post == event.id);
            Attendance {
                post: event.post_id().to_bytes(),
                places_left: places_left(capacity, going),
                mine: mine.get(&event.id).copied().unwrap_or_default().into(),
                own: own.iter().any(|own| own.id == event.id),
                answers: answers.map(Model::wire).collect(),
            }
        };
        Ok(ListRsvpsReply {
            events: events.iter().map(attendance).collect(),
        })
    }
}

fn wanted(asked: &ListRsvpsRequest) -> Result<Vec<PostId>, PostsFault> {
    if asked.posts.is_empty() || asked.posts.len() > PAGE_AT_MOST as usize {
        let fault = Fault::invalid("TOO_MANY", "Ask for 1 to 50 events at a time.");
        return Err(fault.at("posts").into());
    }
    asked.posts.iter().map(|id| post_id(id)).collect()
}

const fn reply(outcome: Outcome) -> SetRsvpReply {
    SetRsvpReply {
        outcome: Some(outcome),
    }
}
