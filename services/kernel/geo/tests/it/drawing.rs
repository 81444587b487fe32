//! Outlines as people draw them, and their size by another's reckoning.

use std::fmt::Write;

use planar::{LineString, Polygon};

use crate::given::Numbers;

/// The mean radius of the earth, in kilometres.
const EARTH_KM: f64 = 6371.0088;

/// The text of a closed ring through these corners, longitude first.
pub fn ring(corners: &[(f64, f64)]) -> String {
    let mut text = String::from("[");
    for (x, y) in corners.iter().chain(corners.first()) {
        write!(text, "{}[{x},{y}]", if text.len() > 1 { "," } else { "" })
            .expect("text takes text");
    }
    text + "]"
}

/// The text of a Polygon of these rings.
pub fn polygon(rings: &[String]) -> String {
    format!(
        r#"{{"type":"Polygon","coordinates":[{}]}}"#,
        rings.join(",")
    )
}

/// The corners of a rectangle around a middle, in degrees.
pub fn corners(latitude: f64, longitude: f64, half: f64) -> Vec<(f64, f64)> {
    [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
        .map(|(x, y)| (longitude + x * half, latitude + y * half))
        .to_vec()
}

/// A rectangle around a middle as `GeoJSON`; `half` of its side in degrees.
pub fn square(latitude: f64, longitude: f64, half: f64) -> String {
    polygon(&[ring(&corners(latitude, longitude, half))])
}

/// A star with a corner in each direction, at a distance that a generator chooses.
pub fn star(latitude: f64, longitude: f64, reach: f64, count: u32, seed: u64) -> Vec<(f64, f64)> {
    let mut numbers = Numbers(seed);
    (0..count)
        .map(|corner| {
            let turn = std::f64::consts::TAU * f64::from(corner) / f64::from(count);
            let far = reach * (0.3 + 0.7 * numbers.part());
            (longitude + far * turn.cos(), latitude + far * turn.sin())
        })
        .collect()
}

/// The same corners as the library that measures has them.
pub fn drawn(corners: &[(f64, f64)]) -> Polygon<f64> {
    Polygon::new(LineString::from(corners.to_vec()), vec![])
}

/// The size of an outline in square kilometres: the integral of the sine of the latitude along its sides, which are
/// straight in degrees, so that it is known in closed form.
pub fn km2(corners: &[(f64, f64)]) -> f64 {
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let around: f64 = sides
        .map(|((x, y), (next_x, next_y))| {
            (
                x.to_radians(),
                y.to_radians(),
                next_x.to_radians(),
                next_y.to_radians(),
            )
        })
        .map(|(x, y, next_x, next_y)| {
            // (cos y - cos y') / (y' - y), written so that it is exact for sides along a parallel too.
            let half = (next_y - y) / 2.0;
            let slant = if half == 0.0 { 1.0 } else { half.sin() / half };
            (next_x - x) * f64::midpoint(y, next_y).sin() * slant
        })
        .sum();
    around.abs() * EARTH_KM * EARTH_KM
}
