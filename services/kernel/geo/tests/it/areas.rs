//! An outline becomes the cells it covers, as much of each as it covers, and nothing else is kept.

use geo::{Area, CoarseCell};
use planar::{Contains, Coord, Point};
use proptest::prelude::*;

use crate::drawing::{corners, drawn, km2, polygon, ring, square, star};
use crate::given::Numbers;

/// Equal to one part in 10,000, as much as a cell is larger at one side than at the other, but for a square metre in
/// each cell: what overlaps by less is not counted.
fn same_size(area: &Area, expected: f64) -> bool {
    let cells = area.parts().fold(0.0, |count, _| count + 1.0);
    (area.km2() - expected).abs() < 1e-4 * expected + 1e-6 * cells
}

fn check_shares(area: &Area) {
    let shares: f64 = area.parts().map(|(_, part)| part.share).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    assert!(area.parts().all(|(cell, part)| {
        cell.level() == 14
            && part.share > 0.0
            && part.inside > 0.0
            && part.inside <= 1.0
            && area.part(cell) == Some(part)
    }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_outline_keeps_its_size_and_its_cells(
        latitude in -80.0..80.0_f64, longitude in -179.0..179.0_f64, reach in 0.001..0.07_f64, count in 3..40_u32, seed: u64,
    ) {
        let corners = star(latitude, longitude, reach, count, seed);
        let area = Area::from_geojson(&polygon(&[ring(&corners)])).expect("a star is an outline");
        check_shares(&area);
        let expected = km2(&corners);
        prop_assert!(same_size(&area, expected), "{} and {expected}", area.km2());
        let shape = drawn(&corners);
        let mut numbers = Numbers(seed);
        for _ in 0..200 {
            let at = Coord {
                x: longitude + reach * (2.0 * numbers.part() - 1.0), y: latitude + reach * (2.0 * numbers.part() - 1.0),
            };
            let cell = CoarseCell::at(at.y, at.x, 14).expect("a position");
            match area.part(cell) {
                None => prop_assert!(!shape.contains(&Point::from(at)), "a cell is missing"),
                Some(part) if part.inside > 0.999_999 => prop_assert!(shape.contains(&Point::from(at)), "a cell is cut"),
                Some(_) => {}
            }
        }
    }
}

#[test]
fn faces_of_the_cube_meet_without_a_seam() {
    let places = [
        ("faces 0 and 1", 10.0, 45.0),
        ("faces 0 and 2", 45.0, 0.0),
        ("faces 1 and 4, 2 and 3 in Asia", 40.0, 135.0),
        ("the corner of faces 0, 1 and 2", 35.264_39, 45.0),
        ("the corner of faces 3, 4 and 5", -35.264_39, -135.0),
        ("faces 4 and 5", -45.0, -90.0),
        ("face 5", -80.0, 10.0),
        ("the equator", 0.0, 0.0),
    ];
    for (name, latitude, longitude) in places {
        let area = Area::from_geojson(&square(latitude, longitude, 0.05)).expect(name);
        check_shares(&area);
        let expected = km2(&corners(latitude, longitude, 0.05));
        assert!(
            same_size(&area, expected),
            "{name}: {} and {expected}",
            area.km2()
        );
    }
}

#[test]
fn an_outline_along_a_cell_is_that_cell() {
    // The corners of a cell of level 12: its sixteen quarters' quarters, each wholly inside, and nothing else.
    let id = s2::cellid::CellID::from_token("47e66e1");
    let corners: Vec<(f64, f64)> = s2::cell::Cell::from(id)
        .vertices()
        .iter()
        .map(s2::latlng::LatLng::from)
        .map(|at| (at.lng.deg(), at.lat.deg()))
        .collect();
    let area = Area::from_geojson(&polygon(&[ring(&corners)])).expect("a cell is an outline");
    let cell = CoarseCell::from_token("47e66e1").expect("a token");
    let (whole, slivers): (Vec<_>, Vec<_>) =
        area.parts().partition(|(part, _)| cell.contains(*part));
    assert_eq!(whole.len(), 16);
    assert!(
        whole.iter().all(|(_, part)| part.inside > 0.999),
        "sides are bent by a few centimetres"
    );
    assert!(slivers.iter().all(|(_, part)| part.inside < 0.001));
}

#[test]
fn a_long_side_is_straight_in_degrees() {
    // Along a parallel of 60 degrees, 67 km: a great circle between its ends would pass 150 m north of its middle.
    let corners = [(24.0, 60.0), (25.2, 60.0), (24.6, 60.05)];
    let area = Area::from_geojson(&polygon(&[ring(&corners)])).expect("a triangle");
    assert!(
        same_size(&area, km2(&corners)),
        "{} and {}",
        area.km2(),
        km2(&corners)
    );
}

#[test]
fn a_hole_is_outside() {
    let (latitude, longitude) = (60.18, 24.94);
    let rings = [
        ring(&corners(latitude, longitude, 0.05)),
        ring(&corners(latitude, longitude, 0.02)),
    ];
    let area = Area::from_geojson(&polygon(&rings)).expect("a ring with a hole");
    let expected =
        km2(&corners(latitude, longitude, 0.05)) - km2(&corners(latitude, longitude, 0.02));
    assert!(same_size(&area, expected));
    assert_eq!(
        area.part(CoarseCell::at(latitude, longitude, 14).expect("a position")),
        None
    );
}

#[test]
fn every_form_of_geojson_is_the_same_area() {
    let one = polygon(&[ring(&corners(60.18, 24.94, 0.02))]);
    let expected = Area::from_geojson(&one).expect("a polygon");
    let multi = format!(
        r#"{{"type":"MultiPolygon","coordinates":[[{}]]}}"#,
        ring(&corners(60.18, 24.94, 0.02))
    );
    let feature =
        format!(r#"{{"type":"Feature","properties":{{"name":"Kallio"}},"geometry":{one}}}"#);
    let collection = format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#);
    let twice = format!(r#"{{"type":"FeatureCollection","features":[{feature},{feature}]}}"#);
    let mut backwards = corners(60.18, 24.94, 0.02);
    backwards.reverse();
    let with_heights = one.replace("],[", ",12.5],[").replace("]]]", ",12.5]]]");
    for text in [
        multi,
        feature,
        collection,
        twice,
        polygon(&[ring(&backwards)]),
        with_heights,
    ] {
        let area = Area::from_geojson(&text).expect(&text);
        assert!((area.km2() - expected.km2()).abs() < 1e-6, "{text}");
        assert!(
            area.parts()
                .map(|(cell, _)| cell)
                .eq(expected.parts().map(|(cell, _)| cell)),
            "{text}"
        );
    }
}

#[test]
fn parts_count_once_where_they_overlap() {
    let half = corners(60.18, 24.94, 0.02);
    let shifted: Vec<(f64, f64)> = half.iter().map(|(x, y)| (x + 0.02, *y)).collect();
    let apart: Vec<(f64, f64)> = half.iter().map(|(x, y)| (x + 0.2, *y)).collect();
    let parts = |two: &[(f64, f64)]| {
        let text = format!(
            r#"{{"type":"MultiPolygon","coordinates":[[{}],[{}]]}}"#,
            ring(&half),
            ring(two)
        );
        Area::from_geojson(&text).expect("two polygons")
    };
    assert!((parts(&shifted).km2() / km2(&half) - 1.5).abs() < 1e-3);
    assert!((parts(&apart).km2() / km2(&half) - 2.0).abs() < 1e-3);
    check_shares(&parts(&apart));
}

#[test]
fn the_largest_outline_is_read() {
    // Just under every bound: 19,999 corners, 390 km2, a fringe of teeth.
    let corners: Vec<(f64, f64)> = (0..19_998_u32)
        .map(|corner| {
            let turn = std::f64::consts::TAU * f64::from(corner) / 19_998.0;
            let far = if corner % 2 == 0 { 0.1 } else { 0.0995 };
            (2.0 + far * turn.cos() / 0.669, 48.0 + far * turn.sin())
        })
        .collect();
    let area =
        Area::from_geojson(&polygon(&[ring(&corners)])).expect("an outline within the bounds");
    check_shares(&area);
    assert!(same_size(&area, km2(&corners)));
}

#[test]
fn an_area_in_a_log_line_tells_no_place() {
    let area = Area::from_geojson(&square(60.18, 24.94, 0.01)).expect("a square");
    let line = format!("{area:?}");
    for (cell, _) in area.parts() {
        assert!(!line.contains(&cell.token()) && !line.contains(&cell.to_i64().to_string()));
    }
    assert!(!line.contains("60.1") && !line.contains("24.9"));
}
