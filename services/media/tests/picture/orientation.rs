use std::path::PathBuf;

use media::picture::{Variant, prepare};

use crate::support::encode::{Rgb, jpeg, open, png, webp};
use crate::support::exiftool;

const RED: [u8; 3] = [220, 30, 30];
const GREEN: [u8; 3] = [30, 200, 30];
const BLUE: [u8; 3] = [30, 30, 220];
const YELLOW: [u8; 3] = [230, 220, 30];

/// As it is to be seen: four coloured quarters, wider than high.
fn shown(x: u32, y: u32) -> [u8; 3] {
    match (x < 48, y < 24) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => YELLOW,
    }
}

const WIDTH: u32 = 96;
const HEIGHT: u32 = 48;

/// As a camera stores it, by the standard's own words: which side of what is seen the first row and column are.
fn stored(orientation: u32) -> Rgb {
    let (right, bottom) = (WIDTH - 1, HEIGHT - 1);
    match orientation {
        1 => Rgb::draw(WIDTH, HEIGHT, shown),
        // row 0 top, column 0 right
        2 => Rgb::draw(WIDTH, HEIGHT, |column, row| shown(right - column, row)),
        // bottom, right
        3 => Rgb::draw(WIDTH, HEIGHT, |column, row| {
            shown(right - column, bottom - row)
        }),
        // bottom, left
        4 => Rgb::draw(WIDTH, HEIGHT, |column, row| shown(column, bottom - row)),
        // left, top
        5 => Rgb::draw(HEIGHT, WIDTH, |column, row| shown(row, column)),
        // right, top
        6 => Rgb::draw(HEIGHT, WIDTH, |column, row| shown(right - row, column)),
        // right, bottom
        7 => Rgb::draw(HEIGHT, WIDTH, |column, row| {
            shown(right - row, bottom - column)
        }),
        // left, bottom
        _ => Rgb::draw(HEIGHT, WIDTH, |column, row| shown(row, bottom - column)),
    }
}

#[test]
fn all_eight_orientations_are_baked_in_for_every_format_that_has_them() {
    let folder = tempfile::tempdir().unwrap();
    for orientation in 1..=8 {
        let picture = stored(orientation);
        let files: Vec<PathBuf> = [
            ("jpg", jpeg(&picture)),
            ("png", png(&picture)),
            ("webp", webp(&picture)),
        ]
        .into_iter()
        .map(|(extension, bytes)| {
            let path = folder.path().join(format!("{orientation}.{extension}"));
            std::fs::write(&path, bytes).unwrap();
            path
        })
        .collect();
        let paths: Vec<_> = files.iter().map(PathBuf::as_path).collect();
        exiftool::write(&[format!("-EXIF:Orientation#={orientation}")], &paths);
        for path in paths {
            let prepared = prepare(&std::fs::read(path).unwrap()).unwrap();
            assert_eq!(
                (prepared.width, prepared.height),
                (WIDTH, HEIGHT),
                "{}",
                path.display()
            );
            for variant in &prepared.variants {
                let seen = open(&variant.jpeg);
                assert_eq!((seen.width, seen.height), (WIDTH, HEIGHT));
                for (x, y) in [(8, 8), (88, 8), (8, 40), (88, 40)] {
                    let (is, should) = (seen.pixel(x, y), shown(x, y));
                    let off = is
                        .iter()
                        .zip(should)
                        .map(|(a, b)| a.abs_diff(b))
                        .max()
                        .unwrap();
                    assert!(
                        off <= 12,
                        "{} at {x},{y}: {is:?} is not {should:?}",
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn a_sideways_photo_is_scaled_and_turned() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("phone.jpg");
    let picture = Rgb::draw(3000, 1000, |x, _| if x < 1500 { RED } else { BLUE });
    std::fs::write(&path, jpeg(&picture)).unwrap();
    exiftool::write(&["-EXIF:Orientation#=6"], &[&path]);
    let prepared = prepare(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!((prepared.width, prepared.height), (683, 2048));
    let sizes = prepared
        .variants
        .each_ref()
        .map(|v| (v.variant, v.width, v.height));
    assert_eq!(
        sizes,
        [
            (Variant::Large, 683, 2048),
            (Variant::Small, 320, 960),
            (Variant::Thumb, 107, 320)
        ]
    );
    let seen = open(&prepared.variants[0].jpeg);
    assert!(seen.pixel(340, 100)[0] > 200 && seen.pixel(340, 1900)[2] > 200);
}
