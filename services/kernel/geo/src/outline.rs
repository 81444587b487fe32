//! The outline of an area as someone drew it: read, checked, and given on as plain polygons in degrees.

use std::str::FromStr;

use geojson::{Feature, GeoJson, GeometryValue, Position};
use planar::orient::Direction;
use planar::{
    Area as _, BooleanOps, BoundingRect, Coord, LineString, MultiPolygon, Orient, Polygon,
    unary_union,
};

use crate::area::AreaError;

/// The longest text that is read, in bytes: 1 MiB.
const MAX_BYTES: usize = 1 << 20;

/// The most corners an outline may have.
const MAX_VERTICES: usize = 20_000;

/// A ring says its first position again at its end, so a triangle has four (RFC 7946, section 3.1.6).
const SMALLEST_RING: usize = 4;

/// By how much of a polygon's area its rings may contradict each other: less than a square metre in a square kilometre.
const TOLERANCE: f64 = 1e-6;

/// Reads `GeoJSON` (RFC 7946): a Polygon, a `MultiPolygon`, or features of these. What overlaps is one area.
///
/// In degrees, x the longitude and y the latitude, all finite and in range, not across the 180th meridian.
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
    let polygons = drawn
        .iter()
        .enumerate()
        .map(|(index, rings)| polygon(index + 1, rings))
        .collect::<Result<Vec<_>, _>>()?;
    let outline = unary_union(&polygons);
    let bounds = outline.bounding_rect().ok_or(AreaError::Empty)?;
    if bounds.width() > 180.0 {
        return Err(AreaError::Antimeridian);
    }
    Ok(outline)
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

/// One polygon, whose rings must be closed, must not cross, and whose holes must lie within it and apart.
///
/// Both are seen in one comparison: the area between the rings taken one by one is the area that the even-odd rule
/// fills only where nothing crosses or overlaps.
fn polygon(number: usize, rings: &[Vec<Position>]) -> Result<MultiPolygon<f64>, AreaError> {
    let mut rings = rings
        .iter()
        .enumerate()
        .map(|(index, positions)| ring(number, index + 1, positions))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter();
    let outer = rings.next().ok_or(AreaError::Empty)?;
    let polygon = Polygon::new(outer, rings.collect()).orient(Direction::Default);
    let enclosed = polygon.signed_area();
    let filled = polygon.union(&MultiPolygon::empty());
    if enclosed <= 0.0 {
        return Err(AreaError::Empty);
    }
    if (filled.unsigned_area() - enclosed).abs() > TOLERANCE * enclosed {
        return Err(AreaError::Crossing { polygon: number });
    }
    Ok(filled)
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
