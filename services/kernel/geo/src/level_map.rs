//! Which cells a neighbourhood uses, so that everyone in one is hidden among enough households.

use std::collections::BTreeSet;

use crate::cell::{COARSEST, CoarseCell, FINEST};
use crate::direction::Compass;
use crate::households::HouseholdCounts;
use crate::place::Place;

/// How many households must live in a cell before it may be named.
pub const K: u32 = 100;

/// The most leaves of a map: what 400 km2 of level-14 cells need at most, and their fringe.
pub const MAX_LEAVES: usize = 4096;

/// The cells that a neighbourhood uses: a division of it, finer where more people live.
///
/// Made once, from static counts, never from who is a member: a live threshold would show one household joining. A
/// later map has another version and applies to new posts only; an old post is never shown finer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelMap {
    version: u32,
    grain: u8,
    /// In the order of the curve, disjoint.
    leaves: Vec<Leaf>,
}

/// A cell of a map that is not divided further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The cell.
    pub cell: CoarseCell,
    /// Whether it may be named. Who lives in one that may not says "the whole neighbourhood".
    pub selectable: bool,
}

/// Why there is no such map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// The neighbourhood as a whole could not hide anybody.
    #[error(
        "the neighbourhood has {households} households and needs {needed}: below that a post would point at a home"
    )]
    TooFewHouseholds {
        /// How many it has.
        households: u32,
        /// How many it must have.
        needed: u32,
    },
    /// Fewer than [`K`] households were asked to be enough.
    #[error("a cell must hold at least 100 households; more may be asked for, fewer may not")]
    KTooSmall,
    /// A grain outside 11 to 14.
    #[error("the grain of a neighbourhood is a level from 11 to 14")]
    GrainOutOfRange,
    /// More than [`MAX_LEAVES`] leaves.
    #[error("the map has more than 4096 cells: choose a coarser grain or a smaller area")]
    TooManyLeaves,
    /// A stored map without leaves.
    #[error("a map has at least one cell")]
    NoLeaves,
    /// A stored leaf finer than the grain.
    #[error("a cell of the map is finer than its grain")]
    FinerThanGrain,
    /// Stored leaves of which one is or holds another.
    #[error("two cells of the map overlap")]
    Overlap,
}

impl MapError {
    /// The stable code of this error, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooFewHouseholds { .. } => "MAP_TOO_FEW_HOUSEHOLDS",
            Self::KTooSmall => "MAP_K_TOO_SMALL",
            Self::GrainOutOfRange => "MAP_GRAIN_OUT_OF_RANGE",
            Self::TooManyLeaves => "MAP_TOO_MANY_LEAVES",
            Self::NoLeaves => "MAP_NO_LEAVES",
            Self::FinerThanGrain => "MAP_FINER_THAN_GRAIN",
            Self::Overlap => "MAP_OVERLAP",
        }
    }
}

impl LevelMap {
    /// Makes the map of a neighbourhood whose cells of level 11 are divided into quarters again and again, down to
    /// `grain`: a cell into all the quarters that the neighbourhood touches or not at all, and only where each of them has
    /// `k` households in it, or none (docs/adr/0006). A leaf with fewer than `k` is not selectable.
    ///
    /// Those who live in such leaves say "the whole neighbourhood", and somebody who knows the map knows who would say so.
    /// Where all of them together are fewer than `k`, the selectable leaf with the fewest households joins them.
    ///
    /// # Errors
    /// [`MapError::KTooSmall`] below [`K`], [`MapError::GrainOutOfRange`], [`MapError::TooFewHouseholds`] when the whole
    /// neighbourhood has fewer than `k`, [`MapError::TooManyLeaves`].
    pub fn build(
        counts: &HouseholdCounts,
        grain: u8,
        k: u32,
        version: u32,
    ) -> Result<Self, MapError> {
        if k < K {
            return Err(MapError::KTooSmall);
        }
        check_grain(grain)?;
        let households = counts.total();
        if households < k {
            return Err(MapError::TooFewHouseholds {
                households,
                needed: k,
            });
        }
        let roots: BTreeSet<CoarseCell> = counts
            .cells()
            .map(|(cell, _)| cell.coarsened(COARSEST))
            .collect();
        let mut cells = Vec::new();
        for root in roots {
            divide(root, counts, grain, k, &mut cells);
        }
        if cells.len() > MAX_LEAVES {
            return Err(MapError::TooManyLeaves);
        }
        let mut leaves: Vec<Leaf> = cells
            .iter()
            .map(|cell| Leaf {
                cell: *cell,
                selectable: counts.within(*cell) >= k,
            })
            .collect();
        hide_the_rest(&mut leaves, counts, k);
        Ok(Self {
            version,
            grain,
            leaves,
        })
    }

    /// Puts a stored map together again, whatever the order of its leaves.
    ///
    /// # Errors
    /// [`MapError::GrainOutOfRange`], [`MapError::NoLeaves`], [`MapError::TooManyLeaves`], [`MapError::FinerThanGrain`] or
    /// [`MapError::Overlap`]: what `build` made has none of these.
    pub fn from_parts(
        version: u32,
        grain: u8,
        leaves: impl IntoIterator<Item = Leaf>,
    ) -> Result<Self, MapError> {
        check_grain(grain)?;
        let mut leaves: Vec<Leaf> = leaves.into_iter().take(MAX_LEAVES + 1).collect();
        if leaves.len() > MAX_LEAVES {
            return Err(MapError::TooManyLeaves);
        }
        if leaves.is_empty() {
            return Err(MapError::NoLeaves);
        }
        if leaves.iter().any(|leaf| leaf.cell.level() > grain) {
            return Err(MapError::FinerThanGrain);
        }
        leaves.sort_by_key(|leaf| leaf.cell);
        // What lies in a cell stands next to it in this order, so comparing neighbours is enough.
        let overlaps = |pair: &[Leaf]| {
            pair[0].cell.contains(pair[1].cell) || pair[1].cell.contains(pair[0].cell)
        };
        if leaves.windows(2).any(overlaps) {
            return Err(MapError::Overlap);
        }
        Ok(Self {
            version,
            grain,
            leaves,
        })
    }

    /// Which map of the neighbourhood this is.
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// The finest level the neighbourhood wants, 11 to 14.
    pub const fn grain(&self) -> u8 {
        self.grain
    }

    /// Every leaf, in order, as it is stored.
    pub fn leaves(&self) -> impl Iterator<Item = Leaf> {
        self.leaves.iter().copied()
    }

    /// The cells that may be named, in order.
    pub fn tiles(&self) -> impl Iterator<Item = CoarseCell> {
        self.leaves()
            .filter(|leaf| leaf.selectable)
            .map(|leaf| leaf.cell)
    }

    /// The place of this map that `place` becomes, never finer than the map; none outside of the neighbourhood.
    ///
    /// A cell becomes the leaf that holds it. A cell coarser than the leaves in it stays, because it hides more. Where
    /// nothing may be named the whole neighbourhood stands for it.
    pub fn place_of(&self, place: Place) -> Option<Place> {
        let Place::Cell(cell) = place else {
            return Some(Place::Whole);
        };
        let mut met = self.met(cell).peekable();
        let coarser = if met.peek()?.cell.contains(cell) {
            met.peek()?.cell
        } else {
            cell
        };
        let named = met.any(|leaf| leaf.selectable);
        Some(if named {
            Place::Cell(coarser)
        } else {
            Place::Whole
        })
    }

    /// The tiles that a cell lies in or holds, in order. Where there are none, no notice hangs that every feed would not
    /// show.
    pub fn tiles_at(&self, cell: CoarseCell) -> impl Iterator<Item = CoarseCell> {
        self.met(cell)
            .filter(|leaf| leaf.selectable)
            .map(|leaf| leaf.cell)
    }

    /// The leaves that a cell lies in or holds, in order.
    fn met(&self, cell: CoarseCell) -> impl Iterator<Item = Leaf> {
        let (first, last) = cell.finest_range();
        let from = self
            .leaves
            .partition_point(|leaf| leaf.cell.finest_range().1 < first);
        let met = self.leaves[from..].iter().copied();
        met.take_while(move |leaf| leaf.cell.finest_range().0 <= last)
    }

    /// The place of this map that `place` becomes, never finer than `finest_level` either: the finest level of a
    /// category. Outside of the neighbourhood nothing may be named: ask [`LevelMap::place_of`] first to refuse it.
    #[must_use]
    pub fn coarsened(&self, place: Place, finest_level: u8) -> Place {
        self.place_of(place)
            .map_or(Place::Whole, |place| place.coarsened(finest_level))
    }

    /// Whether a cell may be named.
    pub fn is_tile(&self, cell: CoarseCell) -> bool {
        let found = self.leaves.binary_search_by_key(&cell, |leaf| leaf.cell);
        found.is_ok_and(|at| self.leaves[at].selectable)
    }

    /// Tells where cells lie from the middle of the tiles.
    pub fn compass(&self) -> Compass {
        let any_tile = self.tiles().next().is_some();
        let named = self
            .leaves()
            .filter(|leaf| leaf.selectable || !any_tile)
            .map(|leaf| leaf.cell);
        Compass::amid(named)
    }
}

/// Refuses a grain that no cell can have.
fn check_grain(grain: u8) -> Result<(), MapError> {
    if (COARSEST..=FINEST).contains(&grain) {
        Ok(())
    } else {
        Err(MapError::GrainOutOfRange)
    }
}

/// The leaves of one cell: those of its quarters if each quarter that the neighbourhood touches hides `k` households or
/// nobody at all, else itself. A quarter outside of the neighbourhood is no leaf and keeps nothing together.
fn divide(
    cell: CoarseCell,
    counts: &HouseholdCounts,
    grain: u8,
    k: u32,
    leaves: &mut Vec<CoarseCell>,
) {
    let finer = cell.children().filter(|_| cell.level() < grain);
    let touched: Vec<CoarseCell> = finer
        .into_iter()
        .flatten()
        .filter(|quarter| counts.touch(*quarter))
        .collect();
    let hides = |quarter: &CoarseCell| !(1..k).contains(&counts.within(*quarter));
    if counts.within(cell) > 0 && !touched.is_empty() && touched.iter().all(hides) {
        for quarter in touched {
            divide(quarter, counts, grain, k, leaves);
        }
    } else {
        leaves.push(cell);
    }
}

/// Makes one leaf more unselectable where the households that cannot name theirs are some, but fewer than `k`. One is
/// enough: it has `k` itself.
fn hide_the_rest(leaves: &mut [Leaf], counts: &HouseholdCounts, k: u32) {
    let rest: u32 = leaves
        .iter()
        .filter(|leaf| !leaf.selectable)
        .map(|leaf| counts.within(leaf.cell))
        .sum();
    if !(1..k).contains(&rest) {
        return;
    }
    let smallest = leaves
        .iter_mut()
        .filter(|leaf| leaf.selectable)
        .min_by_key(|leaf| counts.within(leaf.cell));
    if let Some(leaf) = smallest {
        leaf.selectable = false;
    }
}
