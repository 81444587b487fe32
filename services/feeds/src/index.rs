//! What feeds holds in memory of the neighbourhoods that are read: where every post stands, and what was read lately.
//!
//! The tables are the truth. A board here is what they said at one change of the neighbourhood's sequence, and is brought
//! up to the newest change when a signal says so, and where it was not looked at for a second: signals may be lost. So what
//! is gone is shown a second longer at most, by every process.

mod board;
mod bodies;

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use ::store::{Store, StoreFault};
use bus::{Bus, Freshness, Topic};
use contract::NeighbourhoodId;
use runtime::Clock;
use tokio::sync::Mutex as AsyncMutex;

pub(crate) use board::Board;
pub(crate) use bodies::Bodies;

use crate::store::{Moment, Snapshot};

/// How long a board is good without a look at the tables, in milliseconds.
const GOOD_FOR_MS: i64 = 1_000;
/// How often those that are open are looked at where nobody reads.
pub(crate) const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A board that nobody read for so long is closed, in milliseconds.
const UNREAD_MS: i64 = 60_000;
/// Of how many posts it is held where they stand, all neighbourhoods together: two entries of 40 bytes for each.
pub const POSTS_IN_MEMORY: usize = 2_000_000;

/// The boards that are open.
#[derive(Debug)]
pub(crate) struct Index {
    store: Store,
    clock: Clock,
    bus: Bus,
    posts_at_most: usize,
    open: Mutex<HashMap<NeighbourhoodId, Arc<Holding>>>,
    pub(crate) bodies: Bodies,
}

/// One board, and whether it is still good.
#[derive(Debug)]
pub(crate) struct Holding {
    /// None while it is not read in, or where it is too large.
    pub(crate) board: RwLock<Option<Board>>,
    /// Held while the tables are looked at.
    turn: AsyncMutex<()>,
    freshness: Freshness,
    read_at_ms: AtomicI64,
}

impl Holding {
    fn is_read_in(&self) -> bool {
        self.with(Option::is_some)
    }

    fn with<T>(&self, look: impl FnOnce(&Option<Board>) -> T) -> T {
        look(&self.board.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Which moment the board is of; none where there is none.
    pub(crate) fn moment(&self) -> Option<Moment> {
        self.with(|board| board.as_ref().map(Board::moment))
    }

    fn posts(&self) -> usize {
        self.with(|board| board.as_ref().map_or(0, |board| board.runs.len()))
    }
}

impl Index {
    pub(crate) fn new(store: Store, clock: Clock, bus: Bus, posts_at_most: usize) -> Self {
        Self {
            store,
            clock,
            bus,
            posts_at_most,
            open: Mutex::default(),
            bodies: Bodies::new(),
        }
    }

    /// The board of a neighbourhood, as it was less than a second ago or later; none while it is being read in for
    /// somebody else, or where it is too large to be held.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn holding(
        &self,
        neighbourhood: NeighbourhoodId,
    ) -> Result<Option<Arc<Holding>>, StoreFault> {
        if self.posts_at_most == 0 {
            return Ok(None);
        }
        let holding = self.open(neighbourhood);
        if !holding.freshness.is_good(self.clock.now_ms()) {
            let _turn = match holding.turn.try_lock() {
                Ok(turn) => turn,
                // To bring it up takes no longer than to ask the tables.
                Err(_) if holding.is_read_in() => holding.turn.lock().await,
                Err(_) => return Ok(None),
            };
            // Another may have looked meanwhile.
            if !holding.freshness.is_good(self.clock.now_ms()) {
                self.look(neighbourhood, &holding).await?;
            }
        }
        Ok(holding.is_read_in().then_some(holding))
    }

    fn open(&self, neighbourhood: NeighbourhoodId) -> Arc<Holding> {
        let now_ms = self.clock.now_ms();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let holding = open.entry(neighbourhood).or_insert_with(|| {
            Arc::new(Holding {
                board: RwLock::default(),
                turn: AsyncMutex::default(),
                freshness: Freshness::on(&self.bus, Topic::Feed(neighbourhood), GOOD_FOR_MS),
                read_at_ms: AtomicI64::default(),
            })
        });
        holding.read_at_ms.store(now_ms, Ordering::Relaxed);
        holding.clone()
    }

    /// Brings a board up to what the tables say. Whoever calls holds the turn.
    async fn look(
        &self,
        neighbourhood: NeighbourhoodId,
        holding: &Holding,
    ) -> Result<(), StoreFault> {
        let look = holding.freshness.begin(self.clock.now_ms());
        let snapshot = Snapshot::of(&self.store).await?;
        let newest = snapshot.moment(neighbourhood).await?;
        let known = holding.moment();
        match known {
            Some(known) if known == newest => {}
            Some(known) if known.leads_to(newest) => {
                let is_remapped = known.map_version != newest.map_version;
                let map = if is_remapped {
                    snapshot.map(neighbourhood).await?
                } else {
                    None
                };
                let mut steps = Vec::new();
                let mut after = known.head.seq;
                loop {
                    let span = snapshot.steps(neighbourhood, after).await?;
                    steps.extend(span.steps);
                    match span.ends_at {
                        Some(end) => after = end,
                        None => break,
                    }
                }
                let mut board = holding
                    .board
                    .write()
                    .unwrap_or_else(PoisonError::into_inner);
                if let Some(board) = &mut *board {
                    if is_remapped {
                        board.remap(map);
                    }
                    for seq in board.bring_up(newest, steps) {
                        self.bodies.forget(neighbourhood, seq);
                    }
                }
            }
            _ => {
                let count = snapshot.count(neighbourhood).await?;
                let board = if self.has_room_for(neighbourhood, count) {
                    let map = snapshot.map(neighbourhood).await?;
                    Some(Board::new(
                        newest,
                        map,
                        snapshot.everything(neighbourhood).await?,
                    ))
                } else {
                    None
                };
                self.replace(neighbourhood, holding, board);
            }
        }
        snapshot.end().await?;
        holding.freshness.done(look);
        Ok(())
    }

    fn replace(&self, neighbourhood: NeighbourhoodId, holding: &Holding, board: Option<Board>) {
        let mut held = holding
            .board
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = std::mem::replace(&mut *held, board) {
            for entry in before.runs.entries() {
                self.bodies.forget(neighbourhood, entry.seq);
            }
        }
    }

    /// Makes room for so many posts: the boards that were read longest ago are closed.
    fn has_room_for(&self, neighbourhood: NeighbourhoodId, count: usize) -> bool {
        if count > self.posts_at_most {
            return false;
        }
        let mut others: Vec<(i64, NeighbourhoodId, usize)> = {
            let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            let others = open.iter().filter(|(id, _)| **id != neighbourhood);
            others
                .map(|(id, holding)| {
                    (
                        holding.read_at_ms.load(Ordering::Relaxed),
                        *id,
                        holding.posts(),
                    )
                })
                .collect()
        };
        others.sort_unstable();
        let mut held: usize = others.iter().map(|(_, _, posts)| posts).sum();
        for (_, id, posts) in others {
            if held + count <= self.posts_at_most {
                break;
            }
            self.close(id);
            held -= posts;
        }
        true
    }

    fn close(&self, neighbourhood: NeighbourhoodId) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let closed = open.remove(&neighbourhood);
        drop(open);
        if let Some(holding) = closed {
            self.replace(neighbourhood, &holding, None);
        }
    }

    /// Looks once at every board that is open, so that what is gone leaves this memory too where nobody reads; closes those
    /// that nobody read for a minute.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn look_at_all(&self) -> Result<(), StoreFault> {
        let now_ms = self.clock.now_ms();
        let open: Vec<(NeighbourhoodId, Arc<Holding>)> = {
            let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.iter()
                .map(|(id, holding)| (*id, holding.clone()))
                .collect()
        };
        for (neighbourhood, holding) in open {
            if now_ms.saturating_sub(holding.read_at_ms.load(Ordering::Relaxed)) >= UNREAD_MS {
                self.close(neighbourhood);
            } else if !holding.freshness.is_good(now_ms)
                && let Ok(_turn) = holding.turn.try_lock()
            {
                self.look(neighbourhood, &holding).await?;
            }
        }
        Ok(())
    }
}
