use jpeg_encoder::SamplingFactor;
use media::picture::{Refusal, inspect, prepare};
use proptest::prelude::*;

use crate::support::encode::{Rgb, gif, jpeg, jpeg_with, png, png_raw, webp};
use crate::support::plant;
use crate::support::scene::Dice;

/// One of each kind, with something of everything around the pixels.
fn specimens() -> Vec<(&'static str, Vec<u8>)> {
    let picture = Rgb::photo(120, 90);
    let exif = plant::tiff(&[
        (0x0112, plant::Field::Short(6)),
        (0x010F, plant::Field::Text("a camera")),
    ]);
    let segments = [
        plant::segment(0xE1, &[b"Exif\0\0", &exif[..]].concat()),
        plant::segment(
            0xE2,
            &[
                b"ICC_PROFILE\0\x01\x01",
                &moxcms::ColorProfile::new_display_p3().encode().unwrap()[..],
            ]
            .concat(),
        ),
    ];
    let progressive = jpeg_with(&picture, |encoder| {
        encoder.set_progressive(true);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
    });
    let restarts = jpeg_with(&picture, |encoder| encoder.set_restart_interval(4));
    let scan_by_scan = jpeg_with(&picture, |encoder| {
        encoder.set_optimized_huffman_tables(true);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
    });
    vec![
        ("jpeg", plant::into_jpeg(&jpeg(&picture), &segments)),
        (
            "progressive jpeg",
            plant::into_jpeg(&progressive, &segments),
        ),
        ("jpeg with restarts", restarts),
        ("jpeg scan by scan", scan_by_scan),
        (
            "png",
            plant::into_png(&png(&picture), &[plant::chunk(b"eXIf", &exif)], &[]),
        ),
        (
            "deep png",
            png_raw(
                60,
                90,
                &picture.data[..60 * 90 * 4],
                png::ColorType::GrayscaleAlpha,
                png::BitDepth::Sixteen,
                |_| {},
            ),
        ),
        (
            "webp",
            plant::riff(&[
                plant::vp8x(8, 120, 90),
                webp(&picture)[12..].to_vec(),
                plant::riff_chunk(b"EXIF", &exif),
            ]),
        ),
        ("gif", gif(&picture)),
        ("lossless webp", sample("lossless.webp")),
        (
            "lossless webp with a palette",
            sample("lossless-palette.webp"),
        ),
        ("lossy webp", sample("lossy.webp")),
        ("lossy webp with alpha", sample("lossy-alpha.webp")),
        ("webp film", sample("film.webp")),
    ]
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!(
        "{}/tests/samples/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap()
}

#[test]
fn what_is_cut_short_is_refused() {
    for (name, whole) in specimens() {
        assert!(prepare(&whole).is_ok(), "{name}");
        for sixteenth in 1..16 {
            let cut = &whole[..whole.len() * sixteenth / 16];
            let answer = prepare(cut);
            // A WebP film is whole once its first frame is.
            if name == "webp film" && answer.is_ok() {
                continue;
            }
            assert!(
                matches!(answer, Err(Refusal::Undecodable)),
                "{name} at {sixteenth}/16: {answer:?}"
            );
        }
    }
}

#[test]
fn what_only_misses_its_end_mark_is_accepted() {
    let picture = Rgb::photo(120, 90);
    let jpeg = jpeg(&picture);
    assert_eq!(
        prepare(&jpeg[..jpeg.len() - 2]),
        prepare(&jpeg),
        "a JPEG without EOI"
    );
    let png = png(&picture);
    assert_eq!(
        prepare(&png[..png.len() - 12]),
        prepare(&png),
        "a PNG without IEND"
    );
    let gif = gif(&picture);
    assert_eq!(
        prepare(&gif[..gif.len() - 1]),
        prepare(&gif),
        "a GIF without its trailer"
    );
}

#[test]
fn odd_bytes_between_segments_are_skipped() {
    let plain = jpeg(&Rgb::photo(64, 48));
    // Behind the first segment, whose length is in its own head.
    let at = 4 + usize::from(plain[5]);
    for (name, stray) in [
        ("fill bytes", vec![0xFF; 7]),
        ("stray bytes", b"odd".to_vec()),
    ] {
        let odd = [&plain[..at], &stray, &plain[at..]].concat();
        assert_eq!(prepare(&odd), prepare(&plain), "{name}");
    }
}

#[test]
fn nothing_behind_a_magic_number_is_undecodable() {
    let mut dice = Dice::new(3);
    let noise: Vec<u8> = (0..5000).map(|_| dice.roll() as u8).collect();
    for magic in [
        &b"\xff\xd8\xff\xe0"[..],
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\x10\x10\0\0WEBP",
    ] {
        for length in [0, 1, 9, 100, 5000] {
            let bytes = [magic, &noise[..length]].concat();
            assert!(matches!(
                prepare(&bytes),
                Err(Refusal::Undecodable | Refusal::TooManyPixels { .. })
            ));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever happens to a file, it is prepared or refused: never a panic, never a picture out of bounds.
    #[test]
    fn mutated_files_are_prepared_or_refused(
        which in 0usize..13,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
        doubled in prop::option::of((any::<prop::sample::Index>(), 1usize..64)),
    ) {
        let mut bytes = specimens().swap_remove(which).1;
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some((at, length)) = doubled {
            let at = at.index(bytes.len());
            let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
            bytes.splice(at..at, piece);
        }
        if let Some(at) = cut {
            bytes.truncate(at.index(bytes.len()) + 1);
        }
        // A mutation may promise a huge picture within the bounds: it is inspected, but not worth the minutes here.
        let modest = inspect(&bytes).is_ok_and(|h| h.width * h.height < 500_000);
        if modest && let Ok(picture) = prepare(&bytes) {
            for variant in &picture.variants {
                prop_assert!(variant.width.max(variant.height) <= variant.variant.longest_side());
                prop_assert!(variant.jpeg.starts_with(b"\xff\xd8\xff\xe0"));
            }
        }
    }
}
