//! What is kept of a resident: given out, and erased.

use std::collections::BTreeSet;

use contract::common::{Empty, ExportPart, ExportReply, ResidentRequest};
use contract::posts::{Audience, Rsvp};
use contract::{NeighbourhoodId, PostId, ResidentId};
use geo::Place;
use serde_json::json;

use super::Call;
use super::comments::remove;
use super::edit::take_down;
use crate::domain::EventDetails;
use crate::store::{CLIENT_KEYS, author, comment, post, rsvp, teller};
use crate::{Posts, PostsFault};

impl Posts {
    pub(super) async fn do_export(
        &self,
        call: &Call,
        asked: ResidentRequest,
    ) -> Result<ExportReply, PostsFault> {
        let resident = call.caller.whose(&asked.resident)?;
        let on = self.parts.store.read();
        let notices = post::everything_by(on, resident).await?;
        let notices: Vec<_> = notices.iter().map(exported).collect();
        let comments: Vec<_> = comment::everything_by(on, resident)
            .await?
            .iter()
            .map(|row| {
                json!({
                    "post": PostId::new(row.post).to_string(),
                    "neighbourhood": NeighbourhoodId::new(row.neighbourhood).to_string(),
                    "signedBy": row.signed_by,
                    "body": row.body,
                    "createdAtMs": row.created_at_ms,
                    "removed": row.removed,
                })
            })
            .collect();
        let rsvps: Vec<_> = rsvp::everything_by(on, resident)
            .await?
            .iter()
            .map(|row| {
                json!({
                    "post": PostId::new(row.post).to_string(),
                    "neighbourhood": NeighbourhoodId::new(row.neighbourhood).to_string(),
                    "pseudonym": row.pseudonym,
                    "answer": row.answer().as_str_name(),
                })
            })
            .collect();
        let counts: Vec<_> = author::everything_of(on, resident)
            .await?
            .iter()
            .map(|row| {
                json!({
                    "neighbourhood": NeighbourhoodId::new(row.neighbourhood).to_string(),
                    "noticesShownInAll": row.published,
                    "lastDayCounted": row.day,
                    "noticesThatDay": row.posts_today,
                    "commentsThatDay": row.comments_today,
                    "answersToEventsThatDay": row.rsvps_today,
                    "aboutPeopleAgainMs": row.people_until_ms,
                })
            })
            .collect();
        let about_people = teller::kept(on, resident).await?.map(|row| {
            json!({
                "confirmedAtMs": row.confirmed_at_ms,
                "policeMayRead": row.police_may_read,
            })
        });
        let about_people: Vec<_> = about_people.into_iter().collect();
        Ok(ExportReply {
            parts: vec![
                part("posts/notices.json", &json!(notices)),
                part("posts/comments.json", &json!(comments)),
                part("posts/rsvps.json", &json!(rsvps)),
                part("posts/counts.json", &json!(counts)),
                part("posts/about_people.json", &json!(about_people)),
            ],
        })
    }

    pub(super) async fn do_erase(
        &self,
        call: &Call,
        asked: ResidentRequest,
    ) -> Result<Empty, PostsFault> {
        self.erase_everything_of(call.caller.whose(&asked.resident)?)
            .await?;
        Ok(Empty {})
    }

    /// Takes down every notice, comment and answer of a resident and forgets the rest. Doing it again changes nothing.
    pub(crate) async fn erase_everything_of(&self, resident: ResidentId) -> Result<(), PostsFault> {
        let tx = self.parts.store.begin().await?;
        // In the order in which everybody locks: what the account said, notices by their ids, what is counted of an author.
        teller::delete(&tx, resident).await?;
        post::hold_everything_of(&tx, resident).await?;
        author::delete(&tx, resident).await?;
        let mut changed = BTreeSet::new();
        for row in comment::everything_by(&*tx, resident).await? {
            remove(&tx, &row).await?;
            changed.insert(row.post);
        }
        for row in post::everything_by(&*tx, resident).await? {
            take_down(&tx, &row).await?;
            changed.insert(row.id);
        }
        // As while they lived: of what they answered, nothing but a place that is free again is everybody's to see.
        let answered = rsvp::everything_by(&*tx, resident).await?;
        let coming = answered
            .iter()
            .filter(|row| row.answer == i32::from(Rsvp::Going));
        let (hoods, ids): (Vec<_>, Vec<_>) = coming
            .map(|row| {
                (
                    NeighbourhoodId::new(row.neighbourhood),
                    PostId::new(row.post),
                )
            })
            .unzip();
        let events = post::find_all(&*tx, &hoods, &ids, self.parts.clock.now_ms()).await?;
        let has_places = |row: &&post::Model| {
            let event = row.event().map(EventDetails::kept);
            event.is_some_and(|event| event.capacity != 0)
        };
        changed.extend(events.iter().filter(has_places).map(|row| row.id));
        rsvp::delete_by(&tx, resident).await?;
        CLIENT_KEYS.forget_those_of(&tx, resident.uuid()).await?;
        tx.commit().await?;
        for post in changed {
            self.signal(post);
        }
        Ok(())
    }
}

fn exported(row: &post::Model) -> serde_json::Value {
    json!({
        "id": PostId::new(row.id).to_string(),
        "neighbourhood": NeighbourhoodId::new(row.neighbourhood).to_string(),
        "category": row.category().as_str_name(),
        "state": row.state().as_str_name(),
        "title": row.title,
        "body": row.body,
        "tile": Place::from_i64(row.place).map(Place::token).ok(),
        "signedBy": row.signed_by,
        "createdAtMs": row.created_at_ms,
        "publishedAtMs": row.published_at_ms,
        "occurredAtMs": row.occurred_at_ms,
        "expiresAtMs": row.expires_at_ms,
        "pictures": row.pictures().iter().map(|picture| json!({
            "id": contract::MediaId::from_bytes(&picture.id).map(|id| id.to_string()).ok(),
            "alt": picture.alt,
        })).collect::<Vec<_>>(),
        "picturesTakenOut": row.pictures_withheld().iter().map(|picture| json!({
            "id": contract::MediaId::from_bytes(&picture.id).map(|id| id.to_string()).ok(),
            "alt": picture.alt,
        })).collect::<Vec<_>>(),
        "event": row.event().map(|event| json!({
            "startsAtMs": event.starts_at_ms,
            "endsAtMs": event.ends_at_ms,
            "venue": event.place_name,
            "capacity": event.capacity,
            "public": event.audience() == Audience::Public,
        })),
        "behaviour": row.behaviour().map(|form| json!({
            "act": form.act().as_str_name(),
            "harm": form.harm,
            "considered": form.considered().map(|one| one.as_str_name()).collect::<Vec<_>>(),
            "whyNot": form.why_not,
            "clothing": form.clothing,
        })),
        "policeMayRead": row.police_may_read,
        "ruling": row.ruling().as_str_name(),
        "edited": row.edited,
        "corrections": row.corrections().iter().map(|correction| json!({
            "dayMs": correction.day_ms,
            "parts": correction.parts().map(|part| part.as_str_name()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "removedDay": row.removed_day,
    })
}

fn part(name: &str, value: &serde_json::Value) -> ExportPart {
    ExportPart {
        name: name.to_owned(),
        json: value.to_string().into_bytes().into(),
    }
}
