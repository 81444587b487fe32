//! What changed since a cursor, always from the tables: who is told of a change learns of it from nowhere else.

use contract::common::Empty;
use contract::feeds::change::What;
use contract::feeds::{Change, ChangesReply, ChangesRequest};
use contract::{Caller, page_size};
use store::StoreFault;
use tonic::Request;
use uuid::Uuid;

use super::UNREADABLE;
use crate::cursor::Cursors;
use crate::domain::{Position, Step, Turn, Turned, catch_up, shown};
use crate::store::Snapshot;
use crate::{Feeds, FeedsFault};

/// The most changes told at once.
const CHANGES_AT_MOST: u32 = 200;

impl Feeds {
    pub(super) async fn missed(
        &self,
        request: Request<ChangesRequest>,
    ) -> Result<ChangesReply, FeedsFault> {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let first = page_size(request.first, CHANGES_AT_MOST)?;
        let (of, places) = (&request.neighbourhood, &request.places);
        let question = self.question(&caller, of, places, &request.categories)?;
        let (neighbourhood, now_ms) = (question.neighbourhood, question.now_ms);
        let snapshot = Snapshot::of(&self.store).await?;
        let head = snapshot.head(neighbourhood).await?;
        let asked = snapshot.understood(neighbourhood, question.asked).await?;
        let cursors = Cursors::new(&self.sealer, neighbourhood, &asked);
        let now = cursors.seal_changes(Position::at(head.seq));
        if request.after.is_empty() {
            return Ok(ChangesReply {
                cursor: now,
                ..ChangesReply::default()
            });
        }
        let from = cursors.open_changes(&request.after)?;
        // A position that has not been reached yet is one from before a backup was restored.
        if from.seq < head.horizon || from.seq > head.seq {
            return Ok(ChangesReply {
                changes: vec![Change {
                    cursor: now.clone(),
                    what: Some(What::Reload(Empty {})),
                }],
                cursor: now,
                has_next: false,
            });
        }
        let span = snapshot.steps(neighbourhood, from.seq).await?;
        let present = span.steps.iter().map(|(step, _)| step.place).collect();
        let places = asked.places(&present);
        let concerns = |step: &Step| {
            places.binary_search(&step.place).is_ok() && asked.wants_category(step.category)
        };
        // That a post is gone whose time has passed is told when it is swept.
        let is_past = |entry: Option<crate::domain::Entry>| {
            entry.is_some_and(|entry| entry.expires_at_ms <= now_ms)
        };
        let steps: Vec<Step> = span
            .steps
            .iter()
            .filter(|(step, entry)| concerns(step) && !is_past(*entry))
            .map(|(step, _)| *step)
            .collect();
        let end = span.ends_at.unwrap_or(head.seq);
        let caught_up = catch_up(from, &steps, end, span.ends_at.is_none(), first);
        let living = caught_up
            .turns
            .iter()
            .filter(|told| told.turn != Turn::Gone);
        let ids: Vec<Uuid> = living.map(|told| told.post).collect();
        let mut bodies = snapshot.bodies(neighbourhood, &ids).await?;
        snapshot.end().await?;
        let mut changes = Vec::with_capacity(caught_up.turns.len());
        for Turned { post, turn, at } in caught_up.turns {
            let mut living = || {
                let body = bodies.remove(&post).ok_or(UNREADABLE)?;
                Ok::<_, StoreFault>(shown(body.post, now_ms))
            };
            changes.push(Change {
                cursor: cursors.seal_changes(at),
                what: Some(match turn {
                    Turn::Appeared => What::Appeared(living()?),
                    Turn::Changed => What::Changed(living()?),
                    Turn::Gone => What::Gone(contract::PostId::new(post).to_bytes()),
                }),
            });
        }
        Ok(ChangesReply {
            changes,
            cursor: cursors.seal_changes(caught_up.reached),
            has_next: caught_up.has_next,
        })
    }
}
