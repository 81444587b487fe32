//! The service: who asks, what they may see, and the answer.

use contract::common::{Empty, ExportReply, ResidentRequest};
use contract::feeds::change::What;
use contract::feeds::{Change, ChangesReply, ChangesRequest, ReadReply, ReadRequest, feeds_server};
use contract::{Caller, NeighbourhoodId, ResidentId};
use store::StoreFault;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::cursor::{Cursors, Key};
use crate::domain::{Asked, Position, Turn, Turned, catch_up, first_of, shown};
use crate::store::{Head, Snapshot};
use crate::{Feeds, FeedsFault};

/// The most posts of a page.
const PAGE_AT_MOST: u32 = 30;

/// The most changes told at once.
const CHANGES_AT_MOST: u32 = 200;

const UNREADABLE: StoreFault = StoreFault::Unreadable { table: "feed_row" };

#[tonic::async_trait]
impl feeds_server::Feeds for Feeds {
    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "read"))]
    async fn read(&self, request: Request<ReadRequest>) -> Result<Response<ReadReply>, Status> {
        answer(self.page(request).await)
    }

    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "changes"))]
    async fn changes(
        &self,
        request: Request<ChangesRequest>,
    ) -> Result<Response<ChangesReply>, Status> {
        answer(self.missed(request).await)
    }

    /// Nothing: a row here names no resident, only the pseudonym that its author chose to show. What residents
    /// published is exported by posts.
    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "export"))]
    async fn export(
        &self,
        request: Request<ResidentRequest>,
    ) -> Result<Response<ExportReply>, Status> {
        answer(of_resident(&request).map(|()| ExportReply { parts: Vec::new() }))
    }

    /// Done at once: feeds cannot tell whose a row is. Posts erases what a resident published and tells of every post
    /// that is gone; that empties the feed.
    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "erase"))]
    async fn erase(&self, request: Request<ResidentRequest>) -> Result<Response<Empty>, Status> {
        answer(of_resident(&request).map(|()| Empty {}))
    }
}

fn answer<T>(result: Result<T, FeedsFault>) -> Result<Response<T>, Status> {
    match result {
        Ok(reply) => Ok(Response::new(reply)),
        Err(fault) => Err(contract::Fault::from(fault).into()),
    }
}

/// A resident is asked about, by the process or by the resident.
fn of_resident(request: &Request<ResidentRequest>) -> Result<(), FeedsFault> {
    let resident = ResidentId::from_bytes(&request.get_ref().resident)?;
    match Caller::of(request)? {
        Caller::Operator | Caller::Role => Ok(()),
        caller if caller.resident()?.0 == resident => Ok(()),
        _ => Err(contract::Fault::not_found().into()),
    }
}

/// A question of a member, as it is understood at one moment.
struct Question {
    neighbourhood: NeighbourhoodId,
    now_ms: i64,
    asked: Asked,
    cursors: Cursors,
    snapshot: Snapshot,
    head: Head,
}

impl Feeds {
    async fn question(
        &self,
        caller: &Caller,
        neighbourhood: &[u8],
        places: &[i64],
        categories: &[i32],
    ) -> Result<Question, FeedsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(neighbourhood)?;
        let now_ms = self.clock.now_ms();
        caller.member_of(neighbourhood, &self.standing_keys, now_ms)?;
        let mut asked = Asked::read(places, categories)?;
        let snapshot = Snapshot::of(&self.store).await?;
        let head = snapshot.head(neighbourhood).await?;
        if asked.names_places()
            && let Some(map) = snapshot.map(neighbourhood).await?
        {
            asked = asked.on(&map);
        }
        Ok(Question {
            neighbourhood,
            now_ms,
            cursors: Cursors::new(&self.sealer, neighbourhood, &asked),
            asked,
            snapshot,
            head,
        })
    }

    async fn page(&self, request: Request<ReadRequest>) -> Result<ReadReply, FeedsFault> {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let first = first_of(request.first, PAGE_AT_MOST)?;
        let question = self
            .question(
                &caller,
                &request.neighbourhood,
                &request.places,
                &request.categories,
            )
            .await?;
        let after = match request.after.as_str() {
            "" => Key::TOP,
            cursor => question.cursors.open_page(cursor)?,
        };
        let Question {
            neighbourhood,
            now_ms,
            asked,
            cursors,
            snapshot,
            head,
        } = question;
        let places = asked.places(&snapshot.places(neighbourhood).await?);
        let categories: Vec<i32> = asked.categories().collect();
        let mut keys = snapshot
            .newest(
                neighbourhood,
                &places,
                &categories,
                after,
                now_ms,
                first + 1,
            )
            .await?;
        let has_next = keys.len() > first;
        keys.truncate(first);
        let ids: Vec<Uuid> = keys.iter().map(|key| key.post).collect();
        let mut bodies = snapshot.bodies(neighbourhood, &ids).await?;
        snapshot.end().await?;
        let posts = ids
            .iter()
            .map(|id| bodies.remove(id).ok_or(UNREADABLE))
            .map(|post| Ok(shown(post?, now_ms)))
            .collect::<Result<_, StoreFault>>()?;
        Ok(ReadReply {
            posts,
            cursors: keys.iter().map(|key| cursors.seal_page(*key)).collect(),
            has_next,
            changes_cursor: cursors.seal_changes(Position::at(head.seq)),
        })
    }

    async fn missed(&self, request: Request<ChangesRequest>) -> Result<ChangesReply, FeedsFault> {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let first = first_of(request.first, CHANGES_AT_MOST)?;
        let question = self
            .question(
                &caller,
                &request.neighbourhood,
                &request.places,
                &request.categories,
            )
            .await?;
        let now = question
            .cursors
            .seal_changes(Position::at(question.head.seq));
        if request.after.is_empty() {
            return Ok(ChangesReply {
                cursor: now,
                ..ChangesReply::default()
            });
        }
        let from = question.cursors.open_changes(&request.after)?;
        // A position that has not been reached yet is one from before a backup was restored.
        if from.seq < question.head.horizon || from.seq > question.head.seq {
            return Ok(ChangesReply {
                changes: vec![Change {
                    cursor: now.clone(),
                    what: Some(What::Reload(Empty {})),
                }],
                cursor: now,
                has_next: false,
            });
        }
        question.changes(from, first).await
    }
}

impl Question {
    async fn changes(self, from: Position, first: usize) -> Result<ChangesReply, FeedsFault> {
        let mut span = self
            .snapshot
            .steps(self.neighbourhood, from.seq, self.now_ms)
            .await?;
        let present = span.steps.iter().map(|step| step.place).collect();
        let places = self.asked.places(&present);
        span.steps.retain(|step| {
            places.binary_search(&step.place).is_ok() && self.asked.wants_category(step.category)
        });
        let caught_up = catch_up(
            from,
            &span.steps,
            span.ends_at.unwrap_or(self.head.seq),
            span.ends_at.is_none(),
            first,
        );
        let living = caught_up
            .turns
            .iter()
            .filter(|told| told.turn != Turn::Gone);
        let ids: Vec<Uuid> = living.map(|told| told.post).collect();
        let mut bodies = self.snapshot.bodies(self.neighbourhood, &ids).await?;
        self.snapshot.end().await?;
        let mut changes = Vec::with_capacity(caught_up.turns.len());
        for Turned { post, turn, at } in caught_up.turns {
            let mut living = || {
                let post = bodies.remove(&post).ok_or(UNREADABLE)?;
                Ok::<_, StoreFault>(shown(post, self.now_ms))
            };
            changes.push(Change {
                cursor: self.cursors.seal_changes(at),
                what: Some(match turn {
                    Turn::Appeared => What::Appeared(living()?),
                    Turn::Changed => What::Changed(living()?),
                    Turn::Gone => What::Gone(contract::PostId::new(post).to_bytes()),
                }),
            });
        }
        Ok(ChangesReply {
            changes,
            cursor: self.cursors.seal_changes(caught_up.reached),
            has_next: caught_up.has_next,
        })
    }
}
