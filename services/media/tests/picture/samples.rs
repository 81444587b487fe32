//! Pictures as people have them: from other programs and real cameras, with all they carry.

use std::path::{Path, PathBuf};

use media::picture::{Kind, inspect, prepare};

use crate::stripped::assert_clean;
use crate::support::encode::open;

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension != "md"));
    files.sort();
    files
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn at_least_ninety_five_in_a_hundred_are_accepted_and_stripped() {
    let outputs = tempfile::tempdir().unwrap();
    let files = samples();
    let mut refused = Vec::new();
    let mut kinds = Vec::new();
    for path in &files {
        let bytes = std::fs::read(path).unwrap();
        match prepare(&bytes) {
            Ok(picture) => {
                kinds.push(inspect(&bytes).unwrap().kind);
                for variant in &picture.variants {
                    let output = outputs.path().join(format!(
                        "{}-{}.jpg",
                        name(path),
                        variant.variant.name()
                    ));
                    std::fs::write(output, &variant.jpeg).unwrap();
                }
            }
            Err(refusal) => refused.push(format!("{}: {refusal}", name(path))),
        }
    }
    assert!(files.len() >= 40);
    assert!(
        refused.len() * 20 <= files.len(),
        "{} of {} refused: {refused:#?}",
        refused.len(),
        files.len()
    );
    for kind in [Kind::Jpeg, Kind::Png, Kind::Webp, Kind::Gif] {
        assert!(
            kinds.iter().filter(|k| **k == kind).count() >= 4,
            "too few samples of {kind:?}"
        );
    }
    assert_clean(outputs.path());
}

#[test]
fn every_sample_is_credited() {
    let credits = include_str!("../samples/CREDITS.md");
    for path in samples() {
        assert!(
            credits.contains(&format!("`{}`", name(&path))),
            "{} is not in CREDITS.md",
            name(&path)
        );
    }
}

/// The same computed pattern, written by other programs in ways no encoder in Rust can.
#[test]
fn other_programs_pictures_look_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let seen = |file: &str| {
        open(
            &prepare(&std::fs::read(folder.join(file)).unwrap())
                .unwrap()
                .variants[0]
                .jpeg,
        )
    };
    let reference = seen("interlaced-16.png");
    for file in [
        "lossy.webp",
        "lossless.webp",
        "film.webp",
        "film.gif",
        "progressive-422.jpg",
    ] {
        let likeness = crate::support::ssim::ssim(&seen(file), &reference);
        println!("{file}: {likeness:.3}");
        assert!(likeness > 0.75, "{file}: {likeness}");
    }
    // Transparent on the left, opaque on the right.
    let veiled = seen("lossy-alpha.webp");
    assert!(veiled.pixel(1, 75).iter().all(|v| *v > 240));
    let (is, should) = (veiled.pixel(197, 75), reference.pixel(197, 75));
    assert!(
        is.iter().zip(should).all(|(a, b)| a.abs_diff(b) < 40),
        "{is:?} is not {should:?}"
    );
}

#[test]
fn a_sideways_sample_is_upright() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let bytes = std::fs::read(folder.join("pillow-hopper-orientation-6.jpg")).unwrap();
    let header = inspect(&bytes).unwrap();
    let picture = prepare(&bytes).unwrap();
    assert_eq!(
        (picture.width, picture.height),
        (header.height, header.width)
    );
}
