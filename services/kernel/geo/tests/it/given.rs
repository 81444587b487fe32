//! What the tests start from: arbitrary cells, outlines, and households as they might live.

use geo::{COARSEST, CoarseCell, FINEST, HouseholdCounts};
use proptest::prelude::*;
use s2::cellid::CellID;

/// Ids of S2 cells of any level, on any face.
pub fn any_id() -> impl Strategy<Value = u64> {
    (0..6_u64, any::<u64>(), 0..=30_u64).prop_map(|(face, position, level)| {
        CellID::from_face_pos_level(face, position >> 3, level).0
    })
}

/// Coarse cells of any level, on any face.
pub fn any_cell() -> impl Strategy<Value = CoarseCell> {
    (0..6_u64, any::<u64>(), COARSEST..=FINEST).prop_map(|(face, position, level)| {
        let id = CellID::from_face_pos_level(face, position >> 3, level.into());
        CoarseCell::from_token(&id.to_token()).expect("a cell of this level is a coarse cell")
    })
}

/// The cell with this token.
pub fn cell(token: &str) -> CoarseCell {
    CoarseCell::from_token(token).expect("tests name cells that exist")
}

/// The descendants of a cell at level 14, itself included if it is one.
pub fn finest_in(cell: CoarseCell) -> Vec<CoarseCell> {
    match cell.children() {
        None => vec![cell],
        Some(quarters) => quarters.into_iter().flat_map(finest_in).collect(),
    }
}

/// A square of level-14 cells around a cell, `rings` of neighbours wide.
pub fn block(middle: CoarseCell, rings: usize) -> Vec<CoarseCell> {
    let mut cells = vec![middle];
    for _ in 0..rings {
        let further: Vec<CoarseCell> = cells.iter().flat_map(|cell| cell.neighbours()).collect();
        cells.extend(further);
        cells.sort();
        cells.dedup();
    }
    cells
}

/// A generator of numbers that is the same everywhere: `SplitMix64`, by Steele, Lea and Flood (2014).
pub struct Numbers(pub u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to 1.
    pub fn part(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).expect("32 bits are left")) / f64::from(u32::MAX)
    }

    /// How many of many independent things happen of which `mean` are expected: Poisson's law by Knuth's method, in
    /// portions that keep the exponential away from zero.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let (mut left, mut count) = (mean, 0);
        while left > 0.0 {
            let portion = left.min(50.0);
            let least = (-portion).exp();
            let mut product = self.part();
            while product > least {
                count += 1;
                product *= self.part();
            }
            left -= portion;
        }
        count
    }
}

/// Households of a neighbourhood with `per_km2` on average: evenly spread in a town, in hamlets in the country.
pub fn households(cells: &[CoarseCell], per_km2: f64, seed: u64) -> HouseholdCounts {
    const CELL_KM2: f64 = 0.28;
    let mut numbers = Numbers(seed);
    let counts: Vec<(CoarseCell, u32)> = cells
        .iter()
        .map(|cell| {
            let inhabited = per_km2 >= 500.0 || numbers.part() < 0.25;
            let mean = match (inhabited, per_km2 >= 500.0) {
                (true, true) => per_km2,
                (true, false) => 4.0 * per_km2,
                (false, _) => 0.0,
            };
            (*cell, numbers.poisson(mean * CELL_KM2))
        })
        .collect();
    HouseholdCounts::from_cells(counts).expect("cells of level 14 with few enough households")
}

#[test]
fn synthetic_households_are_as_many_as_they_should() {
    let mut numbers = Numbers(7);
    let drawn: u32 = (0..2000).map(|_| numbers.poisson(120.0)).sum();
    assert!((235_000..245_000).contains(&drawn), "{drawn}");
}
