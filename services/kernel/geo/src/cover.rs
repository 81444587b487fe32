//! The cells that an outline covers, and how much of each.

use std::collections::BTreeMap;

use planar::{
    Area as _, BooleanOps, BoundingRect, Coord, LineString, MapCoords, MultiPolygon, Polygon, Rect,
};
use s2::cell::Cell;
use s2::cellid::{CellID, NUM_FACES};
use s2::latlng::LatLng;
use s2::point::Point;

use crate::cell::{CoarseCell, FINEST};
use crate::outline::{EARTH_KM, length_km};

/// A side of an outline is straight in degrees and bent on the sphere. Taken in steps of this length the difference is
/// under ten centimetres at 80 degrees of latitude.
const STEP_KM: f64 = 1.0;

/// The most steps of a side, which is no longer than the diagonal of the largest reach: 142 km.
const MAX_STEPS: u32 = 256;

/// An overlap of less than this part of a cell, some half a square metre, is a rounding error of the clipping.
const LEAST_OVERLAP: f64 = 1e-6;

/// The level-14 cells that overlap an outline in degrees, and how much of each lies in it, above 0 to 1.
pub(crate) fn cover(outline: &MultiPolygon<f64>) -> BTreeMap<CoarseCell, f64> {
    let mut inside = BTreeMap::new();
    for face in 0..NUM_FACES {
        if let Some(shape) = project(outline, face) {
            clip(CellID::from_face(face.into()), &shape, &mut inside);
        }
    }
    inside
}

/// The size of a level-14 cell.
pub(crate) fn km2_of(cell: CoarseCell) -> f64 {
    cell.geometry().exact_area() * EARTH_KM * EARTH_KM
}

/// The outline as seen on one face of S2's cube, where cells are upright rectangles and great circles are straight
/// (the gnomonic projection); nothing if the face sees none of it.
fn project(outline: &MultiPolygon<f64>, face: u8) -> Option<MultiPolygon<f64>> {
    let fine = MultiPolygon::new(outline.iter().map(in_steps).collect());
    // A face ends 55 degrees from its middle at the farthest; what is 70 away cannot lie in it, nor reach into it.
    let seen = fine
        .try_map_coords(|degrees| on_face(face, degrees).ok_or(()))
        .ok()?;
    let unit = Rect::new((-1.0, -1.0), (1.0, 1.0));
    overlap(seen.bounding_rect()?, unit).map(|_| seen)
}

/// The same polygon with further vertices on its long sides.
fn in_steps(polygon: &Polygon<f64>) -> Polygon<f64> {
    let steps = |ring: &LineString<f64>| -> LineString<f64> {
        let sides = ring.lines().flat_map(|side| {
            let count = (length_km(side.start, side.end) / STEP_KM).ceil().max(1.0);
            let step = side.delta() / count;
            (0..MAX_STEPS)
                .map(f64::from)
                .take_while(move |done| *done < count)
                .map(move |done| side.start + step * done)
        });
        LineString::new(sides.chain(ring.0.first().copied()).collect())
    };
    Polygon::new(
        steps(polygon.exterior()),
        polygon.interiors().iter().map(steps).collect(),
    )
}

/// Where a face of S2's cube sees a position in degrees, -1 to 1 on the face; nothing far behind its edge.
fn on_face(face: u8, degrees: Coord<f64>) -> Option<Coord<f64>> {
    let Point(p) = Point::from(LatLng::from_degrees(degrees.y, degrees.x));
    let (ahead, x, y) = match face {
        0 => (p.x, p.y, p.z),
        1 => (p.y, -p.x, p.z),
        2 => (p.z, -p.x, -p.y),
        3 => (-p.x, -p.z, -p.y),
        4 => (-p.y, -p.z, p.x),
        _ => (-p.z, p.y, p.x),
    };
    (ahead > 0.34).then(|| Coord {
        x: x / ahead,
        y: y / ahead,
    })
}

/// What two rectangles have in common, if they overlap.
fn overlap(a: Rect<f64>, b: Rect<f64>) -> Option<Rect<f64>> {
    let (min_x, min_y) = (a.min().x.max(b.min().x), a.min().y.max(b.min().y));
    let (max_x, max_y) = (a.max().x.min(b.max().x), a.max().y.min(b.max().y));
    (min_x < max_x && min_y < max_y).then(|| Rect::new((min_x, min_y), (max_x, max_y)))
}

/// Cuts what of `shape` lies in `cell` into its level-14 cells, quarter by quarter, so that each cut has the little that
/// its parent left. Notes for each how much of it is inside.
fn clip(cell: CellID, shape: &MultiPolygon<f64>, inside: &mut BTreeMap<CoarseCell, f64>) {
    let geometry = Cell::from(cell);
    let uv = geometry.bound_uv();
    let whole = Rect::new((uv.x.lo, uv.y.lo), (uv.x.hi, uv.y.hi));
    let Some(bounds) = shape.bounding_rect() else {
        return;
    };
    let Some(window) = overlap(whole, bounds) else {
        return;
    };
    let clipped;
    let left = if window == bounds {
        shape
    } else {
        clipped = shape.intersection(&window.to_polygon());
        &clipped
    };
    if let Some(cell) = CoarseCell::from_s2(cell).filter(|cell| cell.level() == FINEST) {
        let part = left.unsigned_area() / whole.unsigned_area();
        if part > LEAST_OVERLAP {
            inside.insert(cell, part.min(1.0));
        }
        return;
    }
    for quarter in cell.children() {
        clip(quarter, left, inside);
    }
}
