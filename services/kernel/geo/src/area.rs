//! An area of the world, kept as cells only.

use std::collections::BTreeMap;

use crate::cell::CoarseCell;
use crate::cover::{cover, km2_of};
use crate::outline;

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
    /// An outline of more than 5000 km, or so ragged that checking it would take too long.
    #[error("the outline is longer than 5000 km or too ragged: simplify it")]
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
        let inside = cover(&outline::read(geojson)?);
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
