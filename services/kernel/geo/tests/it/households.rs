//! Households are shared and added up without losing or inventing any.

use geo::{Area, CoarseCell, GridRow, HouseholdCounts, HouseholdsError};
use proptest::prelude::*;

use crate::drawing::square;
use crate::given::cell;

fn area() -> Area {
    Area::from_geojson(&square(60.18, 24.94, 0.02)).expect("a square")
}

fn row(latitude_deg: f64, longitude_deg: f64, households: f64) -> GridRow {
    GridRow {
        latitude_deg,
        longitude_deg,
        households,
    }
}

proptest! {
    #[test]
    fn an_estimate_is_shared_without_a_rest(households in 0..=20_000_000_u32) {
        let area = area();
        let counts = HouseholdCounts::from_estimate(&area, households).expect("in range");
        prop_assert_eq!(counts.total(), households);
        for (cell, count) in counts.cells() {
            let exact = area.part(cell).expect("a cell of the area").share * f64::from(households);
            prop_assert!((f64::from(count) - exact).abs() < 1.001, "{count} for {exact}");
        }
        prop_assert_eq!(counts.cells().count(), area.parts().count());
    }

    #[test]
    fn a_cell_holds_what_its_quarters_hold(households in 0..100_000_u32) {
        let counts = HouseholdCounts::from_estimate(&area(), households).expect("in range");
        let mut roots: Vec<CoarseCell> = counts.cells().map(|(cell, _)| cell.coarsened(11)).collect();
        roots.dedup();
        prop_assert_eq!(roots.iter().map(|root| counts.within(*root)).sum::<u32>(), households);
        for root in roots {
            for (cell, _) in counts.cells().filter(|(cell, _)| root.contains(*cell)) {
                for level in 11..14 {
                    let outer = cell.coarsened(level);
                    let quarters = outer.children().into_iter().flatten();
                    prop_assert_eq!(counts.within(outer), quarters.map(|quarter| counts.within(quarter)).sum::<u32>());
                }
            }
        }
    }
}

#[test]
fn an_estimate_beyond_reason_is_refused() {
    assert_eq!(
        HouseholdCounts::from_estimate(&area(), 20_000_001),
        Err(HouseholdsError::TooMany)
    );
}

#[test]
fn rows_add_up_in_the_cells_of_the_area() {
    let inside = CoarseCell::at(60.18, 24.94, 14).expect("a position");
    let rows = [
        row(60.18, 24.94, 12.5),
        row(60.18, 24.94, 7.5),
        row(48.8566, 2.3522, 1000.0),
    ];
    let counts = HouseholdCounts::from_grid(&area(), rows).expect("a grid");
    assert_eq!(counts.within(inside), 20);
    assert_eq!(counts.total(), 20, "what lies outside is not kept");
    assert_eq!(
        counts.cells().count(),
        area().parts().count(),
        "cells where nobody lives are known too"
    );
}

#[test]
fn of_a_cell_at_the_edge_the_part_inside_counts() {
    let area = area();
    let (edge, part) = area
        .parts()
        .find(|(_, part)| (0.3..0.7).contains(&part.inside))
        .expect("a cell at the edge");
    // A position in the cell: grids are fine, so one of a lattice over the square lies in it.
    let positions = (0..400).map(|step| {
        (
            60.16 + 0.04 * f64::from(step % 20) / 20.0,
            24.92 + 0.04 * f64::from(step / 20) / 20.0,
        )
    });
    let (latitude, longitude) = positions
        .into_iter()
        .find(|(latitude, longitude)| CoarseCell::at(*latitude, *longitude, 14) == Ok(edge))
        .expect("a position in the cell");
    let counts =
        HouseholdCounts::from_grid(&area, [row(latitude, longitude, 1000.0)]).expect("a grid");
    assert!((f64::from(counts.within(edge)) - 1000.0 * part.inside).abs() < 1.0);
}

#[test]
fn a_sum_of_fractions_is_not_a_household_short() {
    let rows = std::iter::repeat_n(row(60.18, 24.94, 0.1), 1000);
    assert_eq!(
        HouseholdCounts::from_grid(&area(), rows).map(|counts| counts.total()),
        Ok(100)
    );
}

#[test]
fn a_wrong_row_is_named_by_its_number() {
    let good = row(60.18, 24.94, 3.0);
    let read = |wrong| HouseholdCounts::from_grid(&area(), [good, good, wrong]);
    for (latitude, longitude) in [
        (f64::NAN, 24.9),
        (91.0, 24.9),
        (60.0, 181.0),
        (60.0, f64::INFINITY),
    ] {
        assert_eq!(
            read(row(latitude, longitude, 1.0)),
            Err(HouseholdsError::BadPosition { row: 3 })
        );
    }
    for households in [-1.0, f64::NAN, f64::INFINITY, 20_000_001.0] {
        assert_eq!(
            read(row(60.18, 24.94, households)),
            Err(HouseholdsError::BadCount { row: 3 })
        );
    }
    let error = read(row(60.18, 24.94, -7.25))
        .expect_err("a negative count")
        .to_string();
    assert!(
        error.starts_with("row 3:") && !error.contains("60.18") && !error.contains("7.25"),
        "{error}"
    );
}

#[test]
fn a_grid_of_somewhere_else_or_of_swapped_columns_is_refused() {
    assert_eq!(
        HouseholdCounts::from_grid(&area(), []),
        Err(HouseholdsError::NoneInside)
    );
    assert_eq!(
        HouseholdCounts::from_grid(&area(), [row(24.94, 60.18, 5.0)]),
        Err(HouseholdsError::NoneInside)
    );
}

#[test]
fn a_grid_without_end_is_left() {
    let rows = std::iter::repeat(row(0.0, 0.0, 0.0));
    assert_eq!(
        HouseholdCounts::from_grid(&area(), rows),
        Err(HouseholdsError::TooManyRows)
    );
    let crowd = std::iter::repeat_n(row(60.18, 24.94, 15_000_000.0), 2);
    assert_eq!(
        HouseholdCounts::from_grid(&area(), crowd),
        Err(HouseholdsError::TooMany)
    );
}

#[test]
fn counts_per_cell_are_of_level_14() {
    let (fine, coarse) = (cell("47e66e1d"), cell("47e66e1c"));
    assert_eq!(
        HouseholdCounts::from_cells([(coarse, 1)]),
        Err(HouseholdsError::NotFinest)
    );
    let counts = HouseholdCounts::from_cells([(fine, 1), (fine, 2)]).expect("counts");
    assert_eq!(
        (counts.total(), counts.within(coarse), counts.within(fine)),
        (3, 3, 3)
    );
    assert_eq!(
        HouseholdCounts::from_cells([(fine, u32::MAX), (fine, 2)]),
        Err(HouseholdsError::TooMany)
    );
}

#[test]
fn errors_have_codes_of_their_own() {
    let errors = [
        HouseholdsError::TooMany,
        HouseholdsError::TooManyRows,
        HouseholdsError::BadPosition { row: 1 },
        HouseholdsError::BadCount { row: 1 },
        HouseholdsError::NoneInside,
        HouseholdsError::NotFinest,
    ];
    let mut codes: Vec<&str> = errors.iter().map(HouseholdsError::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), errors.len());
}
