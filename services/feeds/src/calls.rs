//! The service: who asks, what they may see, and the answer.

mod changes;
mod page;

use contract::common::{Empty, ExportReply, ResidentRequest};
use contract::feeds::{
    ChangesReply, ChangesRequest, HeadReply, HeadRequest, ReadReply, ReadRequest, feeds_server,
};
use contract::{Caller, NeighbourhoodId, ResidentId};
use store::StoreFault;
use tonic::{Request, Response, Status};

use crate::domain::Asked;
use crate::store::Snapshot;
use crate::{Feeds, FeedsFault};

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

    #[tracing::instrument(skip_all, fields(role = "feeds", operation = "head"))]
    async fn head(&self, request: Request<HeadRequest>) -> Result<Response<HeadReply>, Status> {
        answer(self.stands_at(&request).await)
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

/// What a member asks about which neighbourhood.
struct Question {
    neighbourhood: NeighbourhoodId,
    now_ms: i64,
    asked: Asked,
}

impl Feeds {
    /// What is asked, by one who may.
    fn question(
        &self,
        caller: &Caller,
        neighbourhood: &[u8],
        places: &[i64],
        categories: &[i32],
    ) -> Result<Question, FeedsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(neighbourhood)?;
        let now_ms = self.clock.now_ms();
        caller.member_of(neighbourhood, &self.standing_keys, now_ms)?;
        Ok(Question {
            neighbourhood,
            now_ms,
            asked: Asked::read(places, categories)?,
        })
    }

    async fn stands_at(&self, request: &Request<HeadRequest>) -> Result<HeadReply, FeedsFault> {
        let neighbourhood = NeighbourhoodId::from_bytes(&request.get_ref().neighbourhood)?;
        match Caller::of(request)? {
            Caller::Role => {}
            caller => {
                let now_ms = self.clock.now_ms();
                caller.member_of(neighbourhood, &self.standing_keys, now_ms)?;
            }
        }
        let holding = self.index.holding(neighbourhood).await?;
        let seq = if let Some(moment) = holding.and_then(|holding| holding.moment()) {
            moment.head.seq
        } else {
            let snapshot = Snapshot::of(&self.store).await?;
            let head = snapshot.head(neighbourhood).await?;
            snapshot.end().await?;
            head.seq
        };
        Ok(HeadReply { seq })
    }
}
