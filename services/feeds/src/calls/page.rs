//! A page: from memory where the board is held there, else the same from the tables.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use contract::feeds::{ReadReply, ReadRequest};
use contract::posts::Post;
use contract::{Caller, page_size};
use runtime::CursorUnknown;
use store::StoreFault;
use tonic::Request;
use uuid::Uuid;

use super::{Question, UNREADABLE};
use crate::cursor::Cursors;
use crate::domain::{Entry, Key, Position, shown, shown_alike_until};
use crate::index::Holding;
use crate::store::{Body, Snapshot};
use crate::{Feeds, FeedsFault};

/// The most posts of a page.
const PAGE_AT_MOST: u32 = 30;

/// What a page is made of.
struct Page {
    posts: Vec<(Key, Arc<Post>)>,
    has_next: bool,
    seq: i64,
    cursors: Cursors,
}

/// What the board in memory says of a page.
struct Found {
    entries: Vec<Entry>,
    bodies: HashMap<Uuid, Arc<Post>>,
    seq: i64,
    cursors: Cursors,
}

impl Feeds {
    pub(super) async fn page(
        &self,
        request: Request<ReadRequest>,
    ) -> Result<ReadReply, FeedsFault> {
        let caller = Caller::of(&request)?;
        let request = request.into_inner();
        let first = page_size(request.first, PAGE_AT_MOST)?;
        let (of, places) = (&request.neighbourhood, &request.places);
        let question = self.question(&caller, of, places, &request.categories)?;
        let now_ms = question.now_ms;
        let page = match self.index.holding(question.neighbourhood).await? {
            Some(holding) => self.held(question, &holding, first, &request.after).await?,
            None => self.read_anew(question, first, &request.after).await?,
        };
        let mut alike_until_ms = i64::MAX;
        let mut reply = ReadReply {
            has_next: page.has_next,
            changes_cursor: page.cursors.seal_changes(Position::at(page.seq)),
            seq: page.seq,
            ..ReadReply::default()
        };
        for (key, post) in page.posts {
            alike_until_ms = alike_until_ms.min(shown_alike_until(&post, now_ms));
            reply.cursors.push(page.cursors.seal_page(key));
            reply.posts.push(shown(Arc::unwrap_or_clone(post), now_ms));
        }
        reply.alike_until_ms = alike_until_ms;
        Ok(reply)
    }

    /// From the board in memory; what is not read in of the posts comes from their table.
    async fn held(
        &self,
        question: Question,
        holding: &Holding,
        first: usize,
        after: &str,
    ) -> Result<Page, FeedsFault> {
        let neighbourhood = question.neighbourhood;
        let Some(mut found) = self.find(&question, holding, first, after)? else {
            return self.read_anew(question, first, after).await;
        };
        let has_next = found.entries.len() > first;
        found.entries.truncate(first);
        let missing = found.entries.iter().map(|entry| entry.key.post);
        let missing: Vec<Uuid> = missing
            .filter(|post| !found.bodies.contains_key(post))
            .collect();
        if !missing.is_empty() {
            let snapshot = Snapshot::of(&self.store).await?;
            let read = snapshot.bodies(neighbourhood, &missing).await?;
            snapshot.end().await?;
            self.keep(neighbourhood, holding, found.seq, read, &mut found.bodies);
        }
        // What is in no table any more went since the board was looked at.
        let posts = found
            .entries
            .iter()
            .filter_map(|entry| Some((entry.key, found.bodies.remove(&entry.key.post)?)));
        Ok(Page {
            posts: posts.collect(),
            has_next,
            seq: found.seq,
            cursors: found.cursors,
        })
    }

    /// None where the board was closed meanwhile.
    fn find(
        &self,
        question: &Question,
        holding: &Holding,
        first: usize,
        after: &str,
    ) -> Result<Option<Found>, CursorUnknown> {
        let board = holding.board.read().unwrap_or_else(PoisonError::into_inner);
        let Some(board) = &*board else {
            return Ok(None);
        };
        let asked = board.understood(question.asked.clone());
        let cursors = Cursors::new(&self.sealer, question.neighbourhood, &asked);
        let after = cursors.page_after(after)?;
        let places = asked.places(board.runs.present());
        let categories: Vec<i32> = asked.categories().collect();
        let now_ms = question.now_ms;
        let entries = board
            .runs
            .newest(&places, &categories, after, now_ms, first + 1);
        let known = |entry: &Entry| {
            let post = self.index.bodies.get(question.neighbourhood, entry.seq)?;
            Some((entry.key.post, post))
        };
        Ok(Some(Found {
            bodies: entries.iter().filter_map(known).collect(),
            entries,
            seq: board.moment().head.seq,
            cursors,
        }))
    }

    /// Keeps what was read for the next one, unless the board went on meanwhile.
    fn keep(
        &self,
        neighbourhood: contract::NeighbourhoodId,
        holding: &Holding,
        seq: i64,
        read: HashMap<Uuid, Body>,
        bodies: &mut HashMap<Uuid, Arc<Post>>,
    ) {
        let board = holding.board.read().unwrap_or_else(PoisonError::into_inner);
        let same = board
            .as_ref()
            .is_some_and(|board| board.moment().head.seq == seq);
        for (post, body) in read {
            let shown = Arc::new(body.post);
            // A later state than the board's would be named by nobody.
            if same && body.seq <= seq {
                let kept = shown.clone();
                self.index.bodies.keep(neighbourhood, body.seq, kept);
            }
            bodies.insert(post, shown);
        }
    }

    /// From the tables alone.
    async fn read_anew(
        &self,
        question: Question,
        first: usize,
        after: &str,
    ) -> Result<Page, FeedsFault> {
        let Question {
            neighbourhood,
            now_ms,
            asked,
        } = question;
        let snapshot = Snapshot::of(&self.store).await?;
        let head = snapshot.head(neighbourhood).await?;
        let asked = snapshot.understood(neighbourhood, asked).await?;
        let cursors = Cursors::new(&self.sealer, neighbourhood, &asked);
        let after = cursors.page_after(after)?;
        let places = asked.places(&snapshot.places(neighbourhood).await?);
        let categories: Vec<i32> = asked.categories().collect();
        let limit = first + 1;
        let mut keys = snapshot
            .newest(neighbourhood, &places, &categories, after, now_ms, limit)
            .await?;
        let has_next = keys.len() > first;
        keys.truncate(first);
        let ids: Vec<Uuid> = keys.iter().map(|key| key.post).collect();
        let mut bodies = snapshot.bodies(neighbourhood, &ids).await?;
        snapshot.end().await?;
        let posts = keys.into_iter().map(|key| {
            let body = bodies.remove(&key.post).ok_or(UNREADABLE)?;
            Ok((key, Arc::new(body.post)))
        });
        Ok(Page {
            posts: posts.collect::<Result<_, StoreFault>>()?,
            has_next,
            seq: head.seq,
            cursors,
        })
    }
}
