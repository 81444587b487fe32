//! The outline of an area as someone drew it: read, checked, and given on as plain polygons in degrees.

use std::str::FromStr;

use geojson::{Feature, GeoJson, GeometryValue, Position};
use planar::orient::Direction;
use planar::{
    Area as _, BooleanOps, BoundingRect, ChamberlainDuquetteArea, Coord, LineString, LinesIter,
    MultiPolygon, Orient, Polygon, unary_union,
};

use crate::area::AreaError;
use crate::crossing;

/// The longest text that is read, in bytes: 1 MiB.
const MAX_BYTES: usize = 1 << 20;

/// The most corners an outline may have.
const MAX_VERTICES: usize = 20_000;

/// A ring says its first position again at its end, so a triangle has four (RFC 7946, section 3.1.6).
const SMALLEST_RING: usize = 4;

/// The mean radius of the earth, in kilometres (IUGG 1980, R1).
pub(crate) const EARTH_KM: f64 = 6371.0088;

/// The largest area, in square kilometres.
const MAX_KM2: f64 = 400.0;

/// How far an area may reach from one end to the other, in kilometres north to south or east to west.
const MAX_REACH_KM: f64 = 100.0;

/// The longest outline, in kilometres; a frayed one would touch more cells than its size allows for.
const MAX_OUTLINE_KM: f64 = 5_000.0;

/// By how much of a polygon's area its rings may contradict each other.
const TOLERANCE: f64 = 1e-6;

/// The fill of a polygon is reckoned on a lattice of at least this many lines, so that each side may err by one of them.
const LATTICE: f64 = 268_435_456.0;

/// Reads `GeoJSON` (RFC 7946): a Polygon, a `MultiPolygon`, or features of these. What overlaps is one area.
///
/// In degrees, x the longitude and y the latitude, all finite and in range, not across the 180th meridian, and no
/// larger than a neighbourhood.
pub(crate) fn read(geojson: &str) -> Result<MultiPolygon<f64>, AreaError> {
    if geojson.len() > MAX_BYTES {
        return Err(AreaError::TooLong);
    }
    let geojson = GeoJson::from_str(geojson).map_err(|error| match error {
        geojson::Error::MalformedGeoJson(error) if !error.is_data() => AreaError::NotJson {
            line: error.line(),
            column: error.column(),
        },
        _ => AreaError::NotGeoJson,
    })?;
    let drawn = polygons(geojson)?;
    let vertices: usize = drawn.iter().flatten().map(Vec::len).sum();
    if vertices > MAX_VERTICES {
        return Err(AreaError::TooManyVertices);
    }
    let numbered = (1..).zip(&drawn);
    let drawn = numbered
        .map(|(number, rings)| polygon(number, rings))
        .collect::<Result<Vec<_>, _>>()?;
    let drawn = MultiPolygon::new(drawn);
    check_reach(&drawn)?;
    crossing::check(&drawn)?;
    let numbered = (1..).zip(&drawn);
    let filled = numbered
        .map(|(number, polygon)| fill(number, polygon))
        .collect::<Result<Vec<_>, _>>()?;
    let outline = unary_union(&filled);
    if outline.chamberlain_duquette_unsigned_area() > MAX_KM2 * 1e6 {
        return Err(AreaError::TooLarge);
    }
    Ok(outline)
}

/// Refuses an outline that reaches too far, before any work is done that grows with it.
fn check_reach(drawn: &MultiPolygon<f64>) -> Result<(), AreaError> {
    let bounds = drawn.bounding_rect().ok_or(AreaError::Empty)?;
    if bounds.width() > 180.0 {
        return Err(AreaError::Antimeridian);
    }
    let nearest_equator = bounds.min().y.max(0.0).max(-bounds.max().y);
    let width_km = length_km(
        Coord {
            x: 0.0,
            y: nearest_equator,
        },
        Coord {
            x: bounds.width(),
            y: nearest_equator,
        },
    );
    let height_km = bounds.height() * EARTH_KM.to_radians();
    if width_km.max(height_km) > MAX_REACH_KM {
        return Err(AreaError::TooLarge);
    }
    let outline_km: f64 = drawn
        .lines_iter()
        .map(|side| length_km(side.start, side.end))
        .sum();
    if outline_km > MAX_OUTLINE_KM {
        Err(AreaError::TooFrayed)
    } else {
        Ok(())
    }
}

/// How long a side is, or a little more.
pub(crate) fn length_km(start: Coord<f64>, end: Coord<f64>) -> f64 {
    let nearest_equator = if start.y * end.y <= 0.0 {
        0.0
    } else {
        start.y.abs().min(end.y.abs())
    };
    let east = (end.x - start.x) * nearest_equator.to_radians().cos();
    east.hypot(end.y - start.y) * EARTH_KM.to_radians()
}

/// The rings of every polygon, wherever `GeoJSON` allows one to stand.
fn polygons(geojson: GeoJson) -> Result<Vec<Vec<Vec<Position>>>, AreaError> {
    match geojson {
        GeoJson::Geometry(geometry) => rings(geometry.value),
        GeoJson::Feature(feature) => of_feature(feature),
        GeoJson::FeatureCollection(collection) => Ok(collection
            .features
            .into_iter()
            .map(of_feature)
            .collect::<Result<Vec<_>, _>>()?
            .concat()),
    }
}

/// The rings of the polygons of one feature.
fn of_feature(feature: Feature) -> Result<Vec<Vec<Vec<Position>>>, AreaError> {
    feature
        .geometry
        .map_or(Err(AreaError::NotAPolygon), |geometry| {
            rings(geometry.value)
        })
}

/// The rings of the polygons of one geometry.
fn rings(geometry: GeometryValue) -> Result<Vec<Vec<Vec<Position>>>, AreaError> {
    match geometry {
        GeometryValue::Polygon { coordinates } => Ok(vec![coordinates]),
        GeometryValue::MultiPolygon { coordinates } => Ok(coordinates),
        _ => Err(AreaError::NotAPolygon),
    }
}

/// One polygon of closed rings, the outer one against the clock and its holes with it.
fn polygon(number: usize, rings: &[Vec<Position>]) -> Result<Polygon<f64>, AreaError> {
    let numbered = (1..).zip(rings);
    let rings = numbered
        .map(|(index, positions)| ring(number, index, positions))
        .collect::<Result<Vec<_>, _>>()?;
    let mut rings = rings.into_iter();
    let outer = rings.next().ok_or(AreaError::Empty)?;
    let polygon = Polygon::new(outer, rings.collect()).orient(Direction::Default);
    if polygon.signed_area() > 0.0 {
        Ok(polygon)
    } else {
        Err(AreaError::Empty)
    }
}

/// What a polygon encloses, whose holes must lie within it and apart.
///
/// The area between its rings taken one by one is the area that the even-odd rule fills only where nothing overlaps.
fn fill(number: usize, polygon: &Polygon<f64>) -> Result<MultiPolygon<f64>, AreaError> {
    let filled = polygon.union(&MultiPolygon::empty());
    let enclosed = polygon.signed_area();
    let bounds = polygon.bounding_rect().ok_or(AreaError::Empty)?;
    let around: f64 = polygon
        .lines_iter()
        .map(|side| side.dx().hypot(side.dy()))
        .sum();
    let lattice = around * bounds.width().max(bounds.height()) / LATTICE;
    let differs = (filled.unsigned_area() - enclosed).abs() > TOLERANCE * enclosed + lattice;
    if differs {
        Err(AreaError::Crossing { polygon: number })
    } else {
        Ok(filled)
    }
}

/// One closed ring of positions in range. A third number, the height, is dropped.
fn ring(polygon: usize, ring: usize, positions: &[Position]) -> Result<LineString<f64>, AreaError> {
    let corners = positions
        .iter()
        .map(|position| match position.as_slice() {
            [longitude, latitude, ..] if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 => {
                Ok(Coord {
                    x: *longitude,
                    y: *latitude,
                })
            }
            _ => Err(AreaError::OutOfRange { polygon, ring }),
        })
        .collect::<Result<Vec<_>, _>>()?;
    if corners.len() < SMALLEST_RING || corners.first() != corners.last() {
        return Err(AreaError::OpenRing { polygon, ring });
    }
    if corners
        .windows(2)
        .any(|side| (side[1].x - side[0].x).abs() > 180.0)
    {
        return Err(AreaError::Antimeridian);
    }
    Ok(LineString::new(corners))
}
