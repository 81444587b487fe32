//! Places, never finer than a tile.
//!
//! The only crate that knows where anything is, and it knows it coarsely: an S2 cell of level 11 to 14, some 4 km to
//! 560 m across. A point comes in at two doors ([`CoarseCell::at`] and the reading of an [`Area`]), becomes cells there,
//! and is dropped. Nothing here does I/O or looks at a clock.
//!
//! In the order in which they stand on each other:
//! - [`CoarseCell`]: a cell; a finer one cannot be made.
//! - [`Place`]: a cell, or the whole neighbourhood.
//! - [`Area`]: an outline, read, turned into cells with their shares, and dropped.
//! - [`HouseholdCounts`]: how many households live in each cell of an area.
//! - [`LevelMap`]: which cells a neighbourhood uses, so that each hides at least [`K`] households.
//! - [`Direction`]: where a cell lies from the middle of its neighbourhood, for tiles without a name.
//! - [`reading`]: which stored places answer the question "what is in these cells?".
//! - [`sql`]: the same promise as a database CHECK.

mod area;
mod cell;
mod cover;
mod crossing;
mod direction;
mod households;
mod level_map;
mod outline;
mod place;
mod reading;
pub mod sql;

pub use area::{Area, AreaError, Part};
pub use cell::{COARSEST, CellError, CoarseCell, FINEST};
pub use direction::{Compass, Direction};
pub use households::{GridRow, HouseholdCounts, HouseholdsError};
pub use level_map::{K, Leaf, LevelMap, MAX_LEAVES, MapError};
pub use place::Place;
pub use reading::reading;
