use jpeg_encoder::{ColorType, SamplingFactor};
use media::picture::{Kind, inspect, prepare};
use png::BitDepth;

use crate::support::encode::{
    Rgb, gif, gif_frames, jpeg, jpeg_raw, jpeg_with, open, png, png_raw, webp, webp_raw,
};
use crate::support::{plant, vp8l};

/// Four flat quarters, so that compression hardly matters.
fn quarters(x: u32, y: u32) -> [u8; 3] {
    match (x < 32, y < 32) {
        (true, true) => [204, 51, 51],
        (false, true) => [51, 204, 51],
        (true, false) => [51, 51, 204],
        (false, false) => [102, 102, 102],
    }
}

fn flag() -> Rgb {
    Rgb::draw(64, 64, quarters)
}

/// The centres of the four quarters, as prepared.
fn seen(bytes: &[u8]) -> [[u8; 3]; 4] {
    let picture = open(&prepare(bytes).unwrap().variants[0].jpeg);
    assert_eq!((picture.width, picture.height), (64, 64));
    [(16, 16), (48, 16), (16, 48), (48, 48)].map(|(x, y)| picture.pixel(x, y))
}

fn assert_close(is: [[u8; 3]; 4], should: [[u8; 3]; 4], within: u8, what: &str) {
    for (a, b) in is.iter().flatten().zip(should.iter().flatten()) {
        assert!(a.abs_diff(*b) <= within, "{what}: {is:?} is not {should:?}");
    }
}

const COLOURS: [[u8; 3]; 4] = [[204, 51, 51], [51, 204, 51], [51, 51, 204], [102, 102, 102]];
const GREYS: [[u8; 3]; 4] = [[204; 3], [51; 3], [102; 3], [255; 3]];

fn grey(x: u32, y: u32) -> u8 {
    GREYS[usize::from(x >= 32) + 2 * usize::from(y >= 32)][0]
}

fn places() -> impl Iterator<Item = (u32, u32)> {
    (0..64).flat_map(|y| (0..64).map(move |x| (x, y)))
}

#[test]
fn colour_comes_through_every_format() {
    let picture = flag();
    for (kind, bytes) in [
        (Kind::Jpeg, jpeg(&picture)),
        (Kind::Png, png(&picture)),
        (Kind::Webp, webp(&picture)),
        (Kind::Gif, gif(&picture)),
    ] {
        let header = inspect(&bytes).unwrap();
        assert_eq!((header.kind, header.width, header.height), (kind, 64, 64));
        assert_close(seen(&bytes), COLOURS, 4, &format!("{kind:?}"));
    }
}

#[test]
fn jpeg_subsampled_progressive_with_restarts_and_own_tables() {
    let picture = flag();
    for factor in [
        SamplingFactor::F_1_1,
        SamplingFactor::F_2_1,
        SamplingFactor::F_1_2,
        SamplingFactor::F_2_2,
        SamplingFactor::F_4_1,
        SamplingFactor::F_4_2,
        SamplingFactor::F_1_4,
    ] {
        for progressive in [false, true] {
            for restarts in [0, 3] {
                let bytes = jpeg_with(&picture, |encoder| {
                    encoder.set_sampling_factor(factor);
                    encoder.set_progressive(progressive);
                    encoder.set_restart_interval(restarts);
                    encoder.set_optimized_huffman_tables(restarts == 0);
                });
                assert_close(
                    seen(&bytes),
                    COLOURS,
                    6,
                    &format!("{factor:?} {progressive} {restarts}"),
                );
            }
        }
    }
}

#[test]
fn jpeg_of_grey_and_of_inks() {
    let greys: Vec<u8> = places().map(|(x, y)| grey(x, y)).collect();
    assert_close(
        seen(&jpeg_raw(64, 64, &greys, ColorType::Luma)),
        GREYS,
        3,
        "grey",
    );
    // The encoder stores inks upside down, as Adobe does. Without black, each ink is what its colour lacks.
    let inks_with = |black: u8| -> Vec<u8> {
        places()
            .flat_map(|(x, y)| [&quarters(x, y).map(|v| 255 - v)[..], &[black]].concat())
            .collect()
    };
    let inks = inks_with(0);
    for kind in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        assert_close(
            seen(&jpeg_raw(64, 64, &inks, kind)),
            COLOURS,
            5,
            &format!("{kind:?}"),
        );
    }
    // Half black dims everything to half.
    let dim = inks_with(127);
    let half = COLOURS.map(|c| c.map(|v| v / 2));
    assert_close(
        seen(&jpeg_raw(64, 64, &dim, ColorType::CmykAsYcck)),
        half,
        5,
        "half black",
    );
    // Without Adobe's marker inks are stored as the standard has them.
    let adobe = jpeg_raw(64, 64, &inks, ColorType::Cmyk);
    let at = adobe.windows(2).position(|w| w == b"\xff\xee").unwrap();
    let mut plain = adobe.clone();
    plain.drain(at..at + 2 + usize::from(adobe[at + 3]));
    assert_close(seen(&plain), [[0; 3]; 4], 2, "full black ink");
}

#[test]
fn png_of_every_colour_type_and_depth() {
    use png::ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb as Truecolour, Rgba};
    let greys: Vec<u8> = places().map(|(x, y)| grey(x, y)).collect();
    assert_close(
        seen(&png_raw(64, 64, &greys, Grayscale, BitDepth::Eight, |_| {})),
        GREYS,
        3,
        "grey",
    );
    let deep: Vec<u8> = greys.iter().flat_map(|&v| [v, 0x7F]).collect();
    assert_close(
        seen(&png_raw(
            64,
            64,
            &deep,
            Grayscale,
            BitDepth::Sixteen,
            |_| {},
        )),
        GREYS,
        3,
        "grey 16",
    );
    let bits: Vec<u8> = (0..64)
        .flat_map(|_| [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
        .collect();
    let halves = [[255; 3], [0; 3], [255; 3], [0; 3]];
    assert_close(
        seen(&png_raw(64, 64, &bits, Grayscale, BitDepth::One, |_| {})),
        halves,
        3,
        "1 bit",
    );
    // The transparent quarter is white, whatever its colour.
    let veiled: Vec<u8> = places()
        .flat_map(|(x, y)| [grey(x, y), if x < 32 { 0 } else { 255 }])
        .collect();
    let white_left = [[255; 3], GREYS[1], [255; 3], GREYS[3]];
    assert_close(
        seen(&png_raw(
            64,
            64,
            &veiled,
            GrayscaleAlpha,
            BitDepth::Eight,
            |_| {},
        )),
        white_left,
        3,
        "grey alpha",
    );
    let rgba: Vec<u8> = places()
        .flat_map(|(x, y)| [&quarters(x, y)[..], &[if x < 32 { 0 } else { 255 }]].concat())
        .collect();
    let half_white = [[255; 3], COLOURS[1], [255; 3], COLOURS[3]];
    assert_close(
        seen(&png_raw(64, 64, &rgba, Rgba, BitDepth::Eight, |_| {})),
        half_white,
        3,
        "RGBA",
    );
    let deep: Vec<u8> = rgba.iter().flat_map(|&v| [v, v]).collect();
    assert_close(
        seen(&png_raw(64, 64, &deep, Rgba, BitDepth::Sixteen, |_| {})),
        half_white,
        3,
        "RGBA 16",
    );
    let indices: Vec<u8> = places()
        .map(|(x, y)| u8::from(x >= 32) + 2 * u8::from(y >= 32))
        .collect();
    let palette = COLOURS.concat();
    let indexed = png_raw(64, 64, &indices, Indexed, BitDepth::Eight, |e| {
        e.set_palette(palette.clone());
    });
    assert_close(seen(&indexed), COLOURS, 3, "palette");
    let veiled = png_raw(64, 64, &indices, Indexed, BitDepth::Eight, |e| {
        e.set_palette(palette.clone());
        e.set_trns(vec![0, 255, 0]);
    });
    assert_close(seen(&veiled), half_white, 3, "palette with transparency");
    let keyed = png_raw(64, 64, &flag().data, Truecolour, BitDepth::Eight, |e| {
        e.set_trns(vec![0, 204, 0, 51, 0, 51]);
    });
    let first_white = [[255; 3], COLOURS[1], COLOURS[2], COLOURS[3]];
    assert_close(seen(&keyed), first_white, 3, "one transparent colour");
}

#[test]
fn webp_with_alpha_lies_on_white() {
    let rgba: Vec<u8> = places()
        .flat_map(|(x, y)| [&quarters(x, y)[..], &[if x < 32 { 0 } else { 255 }]].concat())
        .collect();
    let half_white = [[255; 3], COLOURS[1], [255; 3], COLOURS[3]];
    assert_close(
        seen(&webp_raw(64, 64, &rgba, image_webp::ColorType::Rgba8)),
        half_white,
        3,
        "lossless",
    );
}

#[test]
fn the_first_frame_of_a_film_is_shown() {
    // GIF: a frame smaller than its canvas, a transparent index, a second frame.
    let palette = COLOURS.concat();
    let corner = gif::Frame {
        left: 32,
        top: 0,
        width: 32,
        height: 64,
        transparent: Some(3),
        buffer: (0..64 * 32u32)
            .map(|i| if i < 32 * 32 { 1u8 } else { 3 })
            .collect::<Vec<_>>()
            .into(),
        ..gif::Frame::default()
    };
    let second = gif::Frame {
        width: 64,
        height: 64,
        buffer: vec![0; 64 * 64].into(),
        ..gif::Frame::default()
    };
    let film = gif_frames(64, 64, &palette, &[corner, second]);
    assert_close(
        seen(&film),
        [[255; 3], COLOURS[1], [255; 3], [255; 3]],
        4,
        "GIF",
    );

    // WebP: the same, in RIFF.
    let half = Rgb::draw(32, 64, |_, y| quarters(48, y));
    let still = webp(&half);
    let frame_header = [16u32, 0, 31, 63, 100]
        .map(u32::to_le_bytes)
        .map(|b| [b[0], b[1], b[2]])
        .concat();
    let frame = plant::riff_chunk(b"ANMF", &[&frame_header, &[0u8][..], &still[12..]].concat());
    let film = plant::riff(&[
        plant::vp8x(0x02, 64, 64),
        plant::riff_chunk(b"ANIM", &[0; 6]),
        frame.clone(),
        frame,
    ]);
    assert_close(
        seen(&film),
        [[255; 3], COLOURS[1], [255; 3], COLOURS[3]],
        4,
        "WebP",
    );

    // APNG: the default image.
    let mut film = Vec::new();
    let mut encoder = png::Encoder::new(&mut film, 64, 64);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&flag().data).unwrap();
    writer.write_image_data(&vec![0; 64 * 64 * 3]).unwrap();
    writer.finish().unwrap();
    assert_close(seen(&film), COLOURS, 4, "APNG");
}

#[test]
fn a_webp_may_name_its_groups_of_codes_far_apart() {
    let seen = open(&prepare(&vp8l::groups_far_apart()).unwrap().variants[0].jpeg);
    for (x, brightness) in [(1, 200_u8), (6, 50)] {
        let off = seen.pixel(x, 1).map(|v| v.abs_diff(brightness));
        assert!(off.iter().all(|v| *v <= 12), "{:?}", seen.pixel(x, 1));
    }
}
