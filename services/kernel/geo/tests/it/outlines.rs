//! What is no outline is refused, with a reason that helps and tells nothing of the place.

use geo::{Area, AreaError};

use crate::drawing::{corners, polygon, ring, square, star};

/// A Polygon with whatever for coordinates.
fn coordinates(text: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":{text}}}"#)
}

/// Each text is refused for its reason.
fn check(cases: &[(String, AreaError)]) {
    for (text, error) in cases {
        let shown: String = text.chars().take(200).collect();
        let refused = Area::from_geojson(text).expect_err(&shown);
        assert_eq!(&refused, error, "{shown}");
        let said = format!("{refused} {refused:?}");
        assert!(!said.contains("60.1") && !said.contains("24.9"), "{said}");
    }
}

#[test]
fn text_of_another_form() {
    let deep = format!(r#"{{"type":"Polygon","deep":{}"#, "[".repeat(10_000));
    check(&[
        (String::new(), AreaError::NotJson { line: 1, column: 0 }),
        (
            "{\n\"type\":".to_owned(),
            AreaError::NotJson { line: 2, column: 7 },
        ),
        (
            deep,
            AreaError::NotJson {
                line: 1,
                column: 152,
            },
        ),
        ("[".repeat(10_000), AreaError::NotGeoJson),
        ("{}".to_owned(), AreaError::NotGeoJson),
        ("[1,2]".to_owned(), AreaError::NotGeoJson),
        (coordinates("\"here\""), AreaError::NotGeoJson),
        (coordinates("[[[null,60.1]]]"), AreaError::NotGeoJson),
        (
            coordinates("[[[1e999,60.1]]]"),
            AreaError::NotJson {
                line: 1,
                column: 40,
            },
        ),
        (
            r#"{"type":"Point","coordinates":[24.9,60.1]}"#.to_owned(),
            AreaError::NotAPolygon,
        ),
        (
            r#"{"type":"Feature","properties":null,"geometry":null}"#.to_owned(),
            AreaError::NotAPolygon,
        ),
        (
            r#"{"type":"GeometryCollection","geometries":[]}"#.to_owned(),
            AreaError::NotAPolygon,
        ),
    ]);
}

#[test]
fn rings_that_enclose_nothing() {
    let open = AreaError::OpenRing {
        polygon: 1,
        ring: 1,
    };
    check(&[
        (
            r#"{"type":"FeatureCollection","features":[]}"#.to_owned(),
            AreaError::Empty,
        ),
        (coordinates("[]"), AreaError::Empty),
        (coordinates("[[]]"), open.clone()),
        (coordinates("[[[24,60],[25,60],[24,60]]]"), open.clone()),
        (coordinates("[[[24,60],[25,60],[25,61],[24,61]]]"), open),
        (
            coordinates("[[[24,60],[25,60],[24.5,60],[24,60]]]"),
            AreaError::Empty,
        ),
        (
            coordinates("[[[24,60],[24,60],[24,60],[24,60]]]"),
            AreaError::Empty,
        ),
    ]);
}

#[test]
fn positions_off_the_globe_or_across_its_seam() {
    let beyond = |polygon, ring| AreaError::OutOfRange { polygon, ring };
    let second = format!(
        r#"{{"type":"MultiPolygon","coordinates":[[{}],[{},{}]]}}"#,
        ring(&corners(60.18, 24.94, 0.01)),
        ring(&corners(60.28, 24.94, 0.02)),
        ring(&corners(60.28, 224.94, 0.01))
    );
    let wide = ring(&[(170.0, 10.0), (-170.0, 10.0), (-170.0, 10.1), (170.0, 10.1)]);
    let parted = format!(
        r#"{{"type":"MultiPolygon","coordinates":[[{}],[{}]]}}"#,
        ring(&corners(-17.0, 179.9, 0.05)),
        ring(&corners(-17.0, -179.9, 0.05))
    );
    check(&[
        (
            coordinates("[[[60,91],[61,91],[61,92],[60,91]]]"),
            beyond(1, 1),
        ),
        (
            coordinates("[[[181,1],[182,1],[182,2],[181,1]]]"),
            beyond(1, 1),
        ),
        (coordinates("[[[24],[25],[26],[24]]]"), beyond(1, 1)),
        (second, beyond(2, 2)),
        (polygon(&[wide]), AreaError::Antimeridian),
        (parted, AreaError::Antimeridian),
    ]);
}

#[test]
fn rings_that_contradict_each_other() {
    let crossing = AreaError::Crossing { polygon: 1 };
    let outer = ring(&corners(60.18, 24.94, 0.02));
    let hole = ring(&corners(60.18, 24.94, 0.01));
    let shifted = |by: f64| ring(&corners(60.18 + by, 24.94 + by, 0.02));
    check(&[
        (
            polygon(&[ring(&[
                (24.9, 60.1),
                (25.0, 60.2),
                (25.0, 60.1),
                (24.9, 60.2),
            ])]),
            AreaError::Empty,
        ),
        (
            polygon(&[ring(&[
                (24.9, 60.1),
                (25.0, 60.2),
                (25.0, 60.1),
                (24.9, 60.25),
            ])]),
            crossing.clone(),
        ),
        (
            polygon(&[outer.clone(), ring(&corners(60.3, 24.94, 0.01))]),
            crossing.clone(),
        ),
        (polygon(&[outer.clone(), shifted(0.01)]), crossing.clone()),
        (polygon(&[outer.clone(), hole.clone(), hole]), crossing),
        (polygon(&[outer.clone(), outer]), AreaError::Empty),
    ]);
}

#[test]
fn sides_that_are_short_of_crossing() {
    // A vertex in the middle of a straight side, one that is said twice, a hole that touches the outline in a point.
    let outer = ring(&[
        (24.9, 60.1),
        (24.95, 60.1),
        (24.95, 60.1),
        (25.0, 60.1),
        (25.0, 60.2),
        (24.9, 60.2),
    ]);
    let hole = ring(&[(24.95, 60.1), (24.96, 60.15), (24.94, 60.15)]);
    assert!(Area::from_geojson(&polygon(&[outer, hole])).is_ok());
    // Ten metres wide and ninety kilometres long, where a lattice is coarse.
    let road = ring(&[(2.0, 48.0), (2.0001, 48.0), (2.0001, 48.8), (2.0, 48.8)]);
    assert!(Area::from_geojson(&polygon(&[road])).is_ok());
}

#[test]
fn outlines_made_to_take_for_ever() {
    // Every side crosses every other.
    let spikes: Vec<(f64, f64)> = (0..19_999_u32)
        .map(|corner| std::f64::consts::PI * f64::from(corner) * 19_998.0 / 19_999.0)
        .map(|turn| (2.0 + 1e-3 * turn.cos(), 48.0 + 1e-3 * turn.sin()))
        .collect();
    // A side that goes back along itself.
    let spur = [
        (2.0, 48.0),
        (2.1, 48.0),
        (2.1, 48.1),
        (2.1, 48.0),
        (2.1, 47.9),
    ];
    // Four thousand polygons on top of each other.
    let pile: Vec<String> = (0..3999_u32)
        .map(|index| {
            format!(
                "[{}]",
                ring(&corners(48.0, 2.0, 1e-3 + f64::from(index) * 1e-8))
            )
        })
        .collect();
    let pile = format!(
        r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#,
        pile.join(",")
    );
    let bars: Vec<String> = (0..2000_u32)
        .map(|index| (f64::from(index) * 1e-6, index % 2 == 0))
        .map(|(at, upright)| {
            if upright {
                (2.0 + at, 48.0, 1e-7, 1e-2)
            } else {
                (2.0, 48.0 + at, 1e-2, 1e-7)
            }
        })
        .map(|(x, y, w, h)| {
            format!(
                "[{}]",
                ring(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
            )
        })
        .collect();
    let bars = format!(
        r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#,
        bars.join(",")
    );
    check(&[
        (
            polygon(&[ring(&spikes)]),
            AreaError::Crossing { polygon: 1 },
        ),
        (polygon(&[ring(&spur)]), AreaError::Crossing { polygon: 1 }),
        (pile, AreaError::TooFrayed),
        (bars, AreaError::TooFrayed),
    ]);
}

#[test]
fn more_than_a_neighbourhood() {
    let long_saw: Vec<(f64, f64)> = (0..4000_u32)
        .map(|step| {
            (
                24.9 + f64::from(step) * 5e-6,
                if step % 2 == 0 { 60.0 } else { 60.1 },
            )
        })
        .chain([(24.92, 60.2), (24.9, 60.2)])
        .collect();
    check(&[
        (square(48.0, 2.0, 0.15), AreaError::TooLarge),
        (
            polygon(&[ring(&[
                (2.0, 48.0),
                (2.001, 48.0),
                (2.001, 49.0),
                (2.0, 49.0),
            ])]),
            AreaError::TooLarge,
        ),
        (
            polygon(&[ring(&[
                (2.0, 48.0),
                (4.0, 48.0),
                (4.0, 48.001),
                (2.0, 48.001),
            ])]),
            AreaError::TooLarge,
        ),
        (polygon(&[ring(&long_saw)]), AreaError::TooFrayed),
        (
            polygon(&[ring(&star(48.0, 2.0, 0.05, 20_001, 1))]),
            AreaError::TooManyVertices,
        ),
        (" ".repeat((1 << 20) + 1), AreaError::TooLong),
    ]);
}

#[test]
fn reasons_have_codes_of_their_own() {
    let errors = [
        AreaError::TooLong,
        AreaError::NotJson { line: 1, column: 1 },
        AreaError::NotGeoJson,
        AreaError::NotAPolygon,
        AreaError::Empty,
        AreaError::TooManyVertices,
        AreaError::OpenRing {
            polygon: 1,
            ring: 1,
        },
        AreaError::OutOfRange {
            polygon: 1,
            ring: 1,
        },
        AreaError::Crossing { polygon: 1 },
        AreaError::Antimeridian,
        AreaError::TooLarge,
        AreaError::TooFrayed,
    ];
    let mut codes: Vec<&str> = errors.iter().map(AreaError::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), errors.len());
}
