//! An area of the world, kept as cells only.

use std::collections::BTreeMap;

use planar::{
    Area as _, BooleanOps, BoundingRect, ChamberlainDuquetteArea, Coord, LineString, LinesIter,
    MapCoords, MultiPolygon, Polygon, Rect,
};
use s2::cell::Cell;
use s2::cellid::{CellID, NUM_FACES};
use s2::latlng::LatLng;
use s2::point::Point;

use crate::cell::{CoarseCell, FINEST};
use crate::outline;

/// The largest area, in square kilometres.
const MAX_KM2: f64 = 400.0;

/// How far an area may reach from one end to the other, in kilometres north to south or east to west.
const MAX_REACH_KM: f64 = 100.0;

/// The longest outline, in kilometres; a frayed one would touch more cells than its size allows for.
const MAX_OUTLINE_KM: f64 = 5_000.0;

/// The mean radius of the earth, in kilometres (IUGG 1980, R1).
const EARTH_KM: f64 = 6371.0088;

/// A side of an outline is straight in degrees and bent on the sphere. Taken in steps of this length the difference is
/// under two metres at 70 degrees of latitude.
const STEP_KM: f64 = 5.0;

/// An overlap of less than this part of a cell is a rounding error of the clipping: some 30 cm2 to 30 m2.
const LEAST_OVERLAP: f64 = 1e-6;

/// The area of a neighbourhood as level-14 cells, each with its part in it. The outline it was read from is gone.
///
/// `Debug` shows no more than levels and shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    parts: BTreeMap<CoarseCell, Part>,
    km2: f64,
}

/// What a level-14 cell and an area have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// How much of the area lies in the cell, 0 to 1. The shares of all cells of an area make 1.
    pub share: f64,
    /// How much of the cell lies in the area, 0 to 1.
    pub inside: f64,
}

/// Why something is not the area of a neighbourhood. Says where it is wrong and nothing of where it is.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AreaError {
    /// More than 1 MiB of text.
    #[error("the GeoJSON is longer than 1 MiB: simplify the outline")]
    TooLong,
    /// Not JSON at all.
    #[error("this is not JSON: line {line}, column {column}")]
    NotJson {
        /// Where reading stopped, from 1.
        line: usize,
        /// Where reading stopped, from 1.
        column: usize,
    },
    /// JSON, but not of the form that RFC 7946 describes.
    #[error("this is JSON but not GeoJSON")]
    NotGeoJson,
    /// A geometry without an inside, a collection of mixed geometries, or a feature without a geometry.
    #[error(
        "an area is a Polygon or a MultiPolygon, or a Feature or FeatureCollection of these and nothing else"
    )]
    NotAPolygon,
    /// No polygon, or one that encloses nothing.
    #[error("the outline encloses nothing")]
    Empty,
    /// More than 20,000 vertices.
    #[error("the outline has more than 20000 vertices: simplify it")]
    TooManyVertices,
    /// A ring of less than four positions or whose last one is not the first.
    #[error(
        "ring {ring} of polygon {polygon} is not closed: its last position must be its first, with two others at least"
    )]
    OpenRing {
        /// Which polygon, from 1.
        polygon: usize,
        /// Which of its rings, from 1; the first is the outer one.
        ring: usize,
    },
    /// A position that is not on the globe.
    #[error(
        "ring {ring} of polygon {polygon} has a position that is not [longitude -180 to 180, latitude -90 to 90]"
    )]
    OutOfRange {
        /// Which polygon, from 1.
        polygon: usize,
        /// Which of its rings, from 1; the first is the outer one.
        ring: usize,
    },
    /// Rings that cross themselves or each other, or a hole that is not inside.
    #[error(
        "the rings of polygon {polygon} cross, or a hole lies outside of it or on another hole"
    )]
    Crossing {
        /// Which polygon, from 1.
        polygon: usize,
    },
    /// An outline across the 180th meridian, which straight lines in degrees cannot describe.
    #[error(
        "the outline crosses the 180th meridian: draw the parts on either side as neighbourhoods of their own"
    )]
    Antimeridian,
    /// More than 400 square kilometres, or more than 100 km from end to end.
    #[error("the area is larger than a neighbourhood: at most 400 km2, and 100 km from end to end")]
    TooLarge,
    /// An outline of more than 5000 km.
    #[error("the outline is longer than 5000 km: simplify it")]
    TooFrayed,
}

impl AreaError {
    /// The stable code of this error, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "AREA_TOO_LONG",
            Self::NotJson { .. } => "AREA_NOT_JSON",
            Self::NotGeoJson => "AREA_NOT_GEOJSON",
            Self::NotAPolygon => "AREA_NOT_A_POLYGON",
            Self::Empty => "AREA_EMPTY",
            Self::TooManyVertices => "AREA_TOO_MANY_VERTICES",
            Self::OpenRing { .. } => "AREA_RING_OPEN",
            Self::OutOfRange { .. } => "AREA_OUT_OF_RANGE",
            Self::Crossing { .. } => "AREA_RINGS_CROSS",
            Self::Antimeridian => "AREA_ANTIMERIDIAN",
            Self::TooLarge => "AREA_TOO_LARGE",
            Self::TooFrayed => "AREA_TOO_FRAYED",
        }
    }
}

impl Area {
    /// Reads an outline from `GeoJSON` (RFC 7946), turns it into cells and drops it.
    ///
    /// A Polygon, a `MultiPolygon`, or a Feature or a `FeatureCollection` of these; parts that overlap count once.
    ///
    /// # Errors
    /// An [`AreaError`] that says what to correct.
    pub fn from_geojson(geojson: &str) -> Result<Self, AreaError> {
        let outline = outline::read(geojson)?;
        check_size(&outline)?;
        let mut inside = BTreeMap::new();
        for face in 0..NUM_FACES {
            if let Some(shape) = project(&outline, face) {
                clip(CellID::from_face(face.into()), &shape, &mut inside);
            }
        }
        let sizes: Vec<(CoarseCell, f64, f64)> = inside
            .into_iter()
            .map(|(cell, inside)| (cell, inside, inside * km2_of(cell)))
            .collect();
        let km2: f64 = sizes.iter().map(|(_, _, size)| size).sum();
        if sizes.is_empty() {
            return Err(AreaError::Empty);
        }
        let parts = sizes.into_iter().map(|(cell, inside, size)| {
            (
                cell,
                Part {
                    share: size / km2,
                    inside,
                },
            )
        });
        Ok(Self {
            parts: parts.collect(),
            km2,
        })
    }

    /// The level-14 cells of the area with their parts in it, in order.
    pub fn parts(&self) -> impl Iterator<Item = (CoarseCell, Part)> {
        self.parts.iter().map(|(cell, part)| (*cell, *part))
    }

    /// What a level-14 cell has in common with the area, if anything.
    pub fn part(&self, cell: CoarseCell) -> Option<Part> {
        self.parts.get(&cell).copied()
    }

    /// The size of the area in square kilometres.
    pub const fn km2(&self) -> f64 {
        self.km2
    }
}

/// Refuses what would be too much work, or is no neighbourhood.
fn check_size(outline: &MultiPolygon<f64>) -> Result<(), AreaError> {
    let bounds = outline.bounding_rect().ok_or(AreaError::Empty)?;
    let nearest_equator = bounds.min().y.max(0.0).max(-bounds.max().y);
    let km_per_deg = EARTH_KM.to_radians();
    let width_km = bounds.width() * km_per_deg * nearest_equator.to_radians().cos();
    if width_km.max(bounds.height() * km_per_deg) > MAX_REACH_KM
        || outline.chamberlain_duquette_unsigned_area() > MAX_KM2 * 1e6
    {
        return Err(AreaError::TooLarge);
    }
    let outline_km: f64 = outline
        .lines_iter()
        .map(|side| length_km(side.start, side.end))
        .sum();
    if outline_km > MAX_OUTLINE_KM {
        Err(AreaError::TooFrayed)
    } else {
        Ok(())
    }
}

/// The size of a level-14 cell.
fn km2_of(cell: CoarseCell) -> f64 {
    cell.geometry().exact_area() * EARTH_KM * EARTH_KM
}

/// How long a side is, or a little more.
fn length_km(start: Coord<f64>, end: Coord<f64>) -> f64 {
    let nearest_equator = if start.y * end.y <= 0.0 {
        0.0
    } else {
        start.y.abs().min(end.y.abs())
    };
    let east = (end.x - start.x) * nearest_equator.to_radians().cos();
    east.hypot(end.y - start.y) * EARTH_KM.to_radians()
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

/// Sides are at most as long as the diagonal of the largest reach, and a little.
const MAX_STEPS: u32 = 64;

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
