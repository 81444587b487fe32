//! Whether the sides of an outline cross, found before work is done that grows with every crossing.

use planar::line_intersection::{LineIntersection, line_intersection};
use planar::{Line, LinesIter, MultiPolygon};

use crate::area::AreaError;

/// The most pairs of sides that are compared. An outline of 20,000 vertices as surveyors draw them needs a tenth.
const MAX_PAIRS: usize = 20_000_000;

/// The most crossings between polygons that overlap each other.
const MAX_CROSSINGS: usize = 100_000;

/// A side and the polygon it belongs to, counted from 1.
struct Side {
    polygon: usize,
    line: Line<f64>,
}

/// Refuses a polygon whose sides cross or lie on each other, and overlapping polygons that cross endlessly.
///
/// From west to east, each side is compared with those that begin before it ends.
pub(crate) fn check(polygons: &MultiPolygon<f64>) -> Result<(), AreaError> {
    let numbered = (1..).zip(polygons);
    let sides = numbered
        .flat_map(|(polygon, rings)| rings.lines_iter().map(move |line| Side { polygon, line }));
    let mut sides: Vec<Side> = sides
        .filter(|side| side.line.start != side.line.end)
        .collect();
    sides.sort_by(|side, other| west(&side.line).total_cmp(&west(&other.line)));
    let (mut pairs, mut crossings) = (0, 0);
    for (index, side) in sides.iter().enumerate() {
        let end = east(&side.line);
        for other in sides
            .iter()
            .skip(index + 1)
            .take_while(|other| west(&other.line) <= end)
        {
            pairs += 1;
            if crosses(&side.line, &other.line) {
                if side.polygon == other.polygon {
                    return Err(AreaError::Crossing {
                        polygon: side.polygon,
                    });
                }
                crossings += 1;
            }
            if pairs > MAX_PAIRS || crossings > MAX_CROSSINGS {
                return Err(AreaError::TooFrayed);
            }
        }
    }
    Ok(())
}

/// Whether two sides share more than an end.
fn crosses(side: &Line<f64>, other: &Line<f64>) -> bool {
    let apart = north(side) < south(other) || north(other) < south(side);
    let common = if apart {
        None
    } else {
        line_intersection(*side, *other)
    };
    match common {
        None
        | Some(LineIntersection::SinglePoint {
            is_proper: false, ..
        }) => false,
        Some(
            LineIntersection::SinglePoint {
                is_proper: true, ..
            }
            | LineIntersection::Collinear { .. },
        ) => true,
    }
}

fn west(side: &Line<f64>) -> f64 {
    side.start.x.min(side.end.x)
}

fn east(side: &Line<f64>) -> f64 {
    side.start.x.max(side.end.x)
}

fn south(side: &Line<f64>) -> f64 {
    side.start.y.min(side.end.y)
}

fn north(side: &Line<f64>) -> f64 {
    side.start.y.max(side.end.y)
}
