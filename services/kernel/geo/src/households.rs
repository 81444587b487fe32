//! How many households live where: the static counts that a level map is made from.

use std::collections::BTreeMap;

use crate::area::Area;
use crate::cell::{CoarseCell, FINEST};

/// The most households a neighbourhood may have: more than live on 400 km2 anywhere.
const MAX_HOUSEHOLDS: u32 = 20_000_000;

/// The most rows of a grid: more than France has inhabited squares of 200 m.
const MAX_ROWS: usize = 5_000_000;

/// Sums of decimal fractions may fall short of a whole number by this much.
const ROUNDING: f64 = 1e-6;

/// Households per level-14 cell of an area. A cell of the area where nobody lives is there, with 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdCounts {
    cells: BTreeMap<CoarseCell, u32>,
}

/// A square of a census grid.
#[derive(Clone, Copy, PartialEq)]
pub struct GridRow {
    /// Latitude of the middle of the square, in degrees on WGS 84.
    pub latitude_deg: f64,
    /// Longitude of the middle of the square, in degrees on WGS 84.
    pub longitude_deg: f64,
    /// Households in the square. Some offices publish fractions.
    pub households: f64,
}

/// Why something is not a count of households. Rows are named by their number, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HouseholdsError {
    /// An estimate, a row or a sum beyond 20 million.
    #[error("these are more households than a neighbourhood can have: at most 20000000")]
    TooMany,
    /// More than five million rows.
    #[error("the grid has more than 5000000 rows: keep those around the neighbourhood")]
    TooManyRows,
    /// A row whose position is not on the globe.
    #[error(
        "row {row}: the position is not a latitude from -90 to 90 and a longitude from -180 to 180 degrees"
    )]
    BadPosition {
        /// The number of the row.
        row: usize,
    },
    /// A row whose number of households is negative, not a number, or beyond 20 million.
    #[error("row {row}: the number of households is not a number from 0 to 20000000")]
    BadCount {
        /// The number of the row.
        row: usize,
    },
    /// Not one row lies in the area.
    #[error(
        "no row of the grid lies in the area: are latitude and longitude in their columns, in degrees?"
    )]
    NoneInside,
    /// A count was given for a cell that is not of level 14.
    #[error("households are counted per cell of level 14")]
    NotFinest,
}

impl HouseholdsError {
    /// The stable code of this error, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooMany => "HOUSEHOLDS_TOO_MANY",
            Self::TooManyRows => "HOUSEHOLDS_TOO_MANY_ROWS",
            Self::BadPosition { .. } => "HOUSEHOLDS_BAD_POSITION",
            Self::BadCount { .. } => "HOUSEHOLDS_BAD_COUNT",
            Self::NoneInside => "HOUSEHOLDS_NONE_INSIDE",
            Self::NotFinest => "HOUSEHOLDS_NOT_FINEST",
        }
    }
}

impl HouseholdCounts {
    /// Shares an operator's estimate over the cells of an area, by how much of the area each holds.
    ///
    /// The counts add up to the estimate: what rounding down leaves goes to the cells that lost most by it.
    ///
    /// # Errors
    /// [`HouseholdsError::TooMany`].
    pub fn from_estimate(area: &Area, households: u32) -> Result<Self, HouseholdsError> {
        if households > MAX_HOUSEHOLDS {
            return Err(HouseholdsError::TooMany);
        }
        let exact = || {
            area.parts()
                .map(|(cell, part)| (cell, part.share * f64::from(households)))
        };
        let mut cells: BTreeMap<CoarseCell, u32> =
            exact().map(|(cell, exact)| (cell, whole(exact))).collect();
        let mut by_loss: Vec<(CoarseCell, f64)> =
            exact().map(|(cell, exact)| (cell, exact.fract())).collect();
        by_loss.sort_by(|(cell, loss), (other, other_loss)| {
            other_loss.total_cmp(loss).then(cell.cmp(other))
        });
        let left = households.saturating_sub(cells.values().sum());
        for ((cell, _), _) in by_loss.iter().zip(0..left) {
            cells.entry(*cell).and_modify(|count| *count += 1);
        }
        Ok(Self { cells })
    }

    /// Adds the rows of a census grid up per cell of an area, once, and forgets them.
    ///
    /// Of a square whose cell lies partly in the area, that part of its households counts; sums are rounded down, since
    /// part of a household hides nobody.
    ///
    /// # Errors
    /// The first wrong row by its number, or [`HouseholdsError::TooManyRows`], [`HouseholdsError::TooMany`] or
    /// [`HouseholdsError::NoneInside`].
    pub fn from_grid(
        area: &Area,
        rows: impl IntoIterator<Item = GridRow>,
    ) -> Result<Self, HouseholdsError> {
        let mut sums: BTreeMap<CoarseCell, f64> =
            area.parts().map(|(cell, _)| (cell, 0.0)).collect();
        let mut any_inside = false;
        for (row, square) in (1..).zip(rows) {
            if row > MAX_ROWS {
                return Err(HouseholdsError::TooManyRows);
            }
            let cell = CoarseCell::at(square.latitude_deg, square.longitude_deg, FINEST)
                .map_err(|_| HouseholdsError::BadPosition { row })?;
            if !(0.0..=f64::from(MAX_HOUSEHOLDS)).contains(&square.households) {
                return Err(HouseholdsError::BadCount { row });
            }
            if let (Some(part), Some(sum)) = (area.part(cell), sums.get_mut(&cell)) {
                any_inside = true;
                *sum += square.households * part.inside;
            }
        }
        if !any_inside {
            return Err(HouseholdsError::NoneInside);
        }
        if sums.values().sum::<f64>() > f64::from(MAX_HOUSEHOLDS) {
            return Err(HouseholdsError::TooMany);
        }
        Ok(Self {
            cells: sums
                .into_iter()
                .map(|(cell, sum)| (cell, whole(sum)))
                .collect(),
        })
    }

    /// Takes counts that are per level-14 cell already; those of the same cell add up.
    ///
    /// # Errors
    /// [`HouseholdsError::NotFinest`] or [`HouseholdsError::TooMany`].
    pub fn from_cells(
        counts: impl IntoIterator<Item = (CoarseCell, u32)>,
    ) -> Result<Self, HouseholdsError> {
        let mut cells = BTreeMap::new();
        let mut total = 0_u32;
        for (cell, count) in counts {
            if cell.level() != FINEST {
                return Err(HouseholdsError::NotFinest);
            }
            total = total
                .checked_add(count)
                .filter(|total| *total <= MAX_HOUSEHOLDS)
                .ok_or(HouseholdsError::TooMany)?;
            *cells.entry(cell).or_insert(0) += count;
        }
        Ok(Self { cells })
    }

    /// All households of the area.
    pub fn total(&self) -> u32 {
        self.cells.values().sum()
    }

    /// The households that live in `cell` and in the area.
    pub fn within(&self, cell: CoarseCell) -> u32 {
        let (first, last) = cell.finest_range();
        self.cells
            .range(first..=last)
            .map(|(_, count)| *count)
            .sum()
    }

    /// Whether any of the area is in `cell`, lived in or not.
    pub(crate) fn touch(&self, cell: CoarseCell) -> bool {
        let (first, last) = cell.finest_range();
        self.cells.range(first..=last).next().is_some()
    }

    /// The level-14 cells of the area and their households, in order.
    pub fn cells(&self) -> impl Iterator<Item = (CoarseCell, u32)> {
        self.cells.iter().map(|(cell, count)| (*cell, *count))
    }
}

/// A sum of households, rounded down.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sums of checked counts are from 0 to 20 million; rounding down is meant"
)]
fn whole(sum: f64) -> u32 {
    (sum + ROUNDING) as u32
}
