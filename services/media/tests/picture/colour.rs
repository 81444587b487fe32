use jpeg_encoder::ColorType;
use media::picture::prepare;
use moxcms::{ColorProfile, Layout, TransformOptions};

use crate::support::encode::{Rgb, jpeg, jpeg_raw, open, png, webp};
use crate::support::plant;

const PATCH: [u8; 3] = [200, 90, 60];

fn patch() -> Rgb {
    Rgb::draw(40, 40, |_, _| PATCH)
}

/// A JPEG with a profile, in as many chunks as asked for.
fn with_profile(jpeg: &[u8], icc: &[u8], chunks: usize) -> Vec<u8> {
    let pieces: Vec<&[u8]> = icc.chunks(icc.len().div_ceil(chunks)).collect();
    let segments: Vec<Vec<u8>> = pieces
        .iter()
        .enumerate()
        .map(|(i, piece)| {
            let numbers = [
                u8::try_from(i + 1).unwrap(),
                u8::try_from(pieces.len()).unwrap(),
            ];
            plant::segment(0xE2, &[b"ICC_PROFILE\0", &numbers[..], piece].concat())
        })
        .collect();
    plant::into_jpeg(jpeg, &segments)
}

fn middle(bytes: &[u8]) -> [u8; 3] {
    open(&prepare(bytes).unwrap().variants[0].jpeg).pixel(20, 20)
}

fn assert_close(is: [u8; 3], should: [u8; 3], what: &str) {
    let off = is
        .iter()
        .zip(should)
        .map(|(a, b)| a.abs_diff(b))
        .max()
        .unwrap();
    assert!(off <= 3, "{what}: {is:?} is not {should:?}");
}

/// Pixels of one colour in sRGB as a profile's own numbers.
fn in_profile(profile: &ColorProfile, srgb: [u8; 3]) -> [u8; 3] {
    let transform = ColorProfile::new_srgb()
        .create_transform_8bit(
            Layout::Rgb,
            profile,
            Layout::Rgb,
            TransformOptions::default(),
        )
        .unwrap();
    let mut out = [0; 3];
    transform.transform(&srgb, &mut out).unwrap();
    out
}

#[test]
fn wide_colours_are_brought_home_in_every_format() {
    for (name, profile) in [
        ("P3", ColorProfile::new_display_p3()),
        ("Adobe RGB", ColorProfile::new_adobe_rgb()),
    ] {
        let stored = in_profile(&profile, PATCH);
        assert!(
            stored.iter().zip(PATCH).any(|(a, b)| a.abs_diff(b) > 5),
            "{name} must differ from sRGB to prove this"
        );
        let picture = Rgb::draw(40, 40, |_, _| stored);
        let icc = profile.encode().unwrap();
        let still = webp(&picture);
        let iccp = plant::chunk(
            b"iCCP",
            &[b"name\0\0", &plant::stored_zlib(&icc)[..]].concat(),
        );
        for (kind, bytes) in [
            ("JPEG", with_profile(&jpeg(&picture), &icc, 1)),
            (
                "JPEG in three chunks",
                with_profile(&jpeg(&picture), &icc, 3),
            ),
            ("PNG", plant::into_png(&png(&picture), &[iccp], &[])),
            (
                "WebP",
                plant::riff(&[
                    plant::vp8x(0x20, 40, 40),
                    plant::riff_chunk(b"ICCP", &icc),
                    still[12..].to_vec(),
                ]),
            ),
        ] {
            assert_close(middle(&bytes), PATCH, &format!("{name} in {kind}"));
        }
    }
}

#[test]
fn grey_profiles_are_applied_to_grey_only() {
    let gamma = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let greys = vec![128u8; 40 * 40];
    let grey = jpeg_raw(40, 40, &greys, ColorType::Luma);
    // Half the light, as sRGB encodes it.
    assert_close(
        middle(&with_profile(&grey, &gamma, 1)),
        [188; 3],
        "linear grey",
    );
    assert_close(
        middle(&with_profile(&jpeg(&patch()), &gamma, 1)),
        PATCH,
        "grey profile on colour",
    );
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    assert_close(
        middle(&with_profile(&grey, &p3, 1)),
        [128; 3],
        "colour profile on grey",
    );
}

#[test]
fn a_broken_profile_is_ignored() {
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let picture = jpeg(&patch());
    for (name, broken) in [
        ("empty", Vec::new()),
        ("short", icc[..100].to_vec()),
        ("noise", icc.iter().map(|v| v.wrapping_mul(77)).collect()),
        (
            "tags out of bounds",
            [&icc[..128], &[0xFF; 400][..]].concat(),
        ),
    ] {
        let numbered = [b"ICC_PROFILE\0\x01\x01", &broken[..]].concat();
        let bytes = plant::into_jpeg(&picture, &[plant::segment(0xE2, &numbered)]);
        assert_close(middle(&bytes), PATCH, name);
    }
    // One of three chunks is missing.
    let half = [b"ICC_PROFILE\0\x01\x03", &icc[..]].concat();
    assert_close(
        middle(&plant::into_jpeg(&picture, &[plant::segment(0xE2, &half)])),
        PATCH,
        "missing chunks",
    );
    for (name, data) in [
        ("not zlib", b"name\0\0rubbish".to_vec()),
        ("no name", vec![1; 30]),
    ] {
        let bytes = plant::into_png(&png(&patch()), &[plant::chunk(b"iCCP", &data)], &[]);
        assert_close(middle(&bytes), PATCH, name);
    }
}
