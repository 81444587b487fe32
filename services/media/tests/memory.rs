//! What a picture may cost is told before it is decoded, and holds: counted by an allocator of its own, so this is a
//! test binary with a single test.

#![allow(clippy::print_stdout)]

#[path = "support/mod.rs"]
mod support;

use jpeg_encoder::{ColorType, SamplingFactor};
use media::picture::{MEMORY_BUDGET, Refusal, inspect, prepare};
use peak_alloc::PeakAlloc;
use png::BitDepth;
use support::encode::{Rgb, gif_frames, jpeg_raw, jpeg_with, png_raw, webp_raw};
use support::{plant, vp8l};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Runs `work` and tells the most bytes it held at once beyond what was held before.
fn peak<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let done = work();
    (done, (ALLOCATOR.peak_usage() - before) as u64)
}

fn assert_within_cost(name: &str, bytes: &[u8]) {
    let (header, inspecting) = peak(|| inspect(bytes));
    let header = header.unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    assert!(
        inspecting < 2 << 20,
        "{name}: reading the header took {inspecting} bytes"
    );
    let (picture, held) = peak(|| prepare(bytes));
    let cost = header.cost_bytes();
    println!("{name}: {held} of {cost} bytes");
    assert!(picture.is_ok(), "{name}: {picture:?}");
    assert!(held <= cost, "{name}: held {held}, declared {cost}");
    assert!(cost <= MEMORY_BUDGET);
}

/// Refused, and cheaply.
fn assert_refused(name: &str, bytes: &[u8], code: &str) {
    let (refused, held) = peak(|| prepare(bytes));
    let refusal = refused.expect_err(name);
    println!("{name}: {} for {held} bytes", refusal.code());
    assert_eq!(refusal.code(), code, "{name}");
    assert!(held < 16 << 20, "{name}: held {held} bytes before refusing");
}

#[test]
fn no_picture_costs_more_than_it_declares() {
    let photo = Rgb::photo(2600, 500);
    for factor in [
        SamplingFactor::F_1_1,
        SamplingFactor::F_2_1,
        SamplingFactor::F_2_2,
        SamplingFactor::F_4_2,
    ] {
        for (progressive, scan_by_scan) in [(false, false), (false, true), (true, false)] {
            let bytes = jpeg_with(&photo, |encoder| {
                encoder.set_sampling_factor(factor);
                encoder.set_progressive(progressive);
                encoder.set_optimized_huffman_tables(scan_by_scan);
            });
            assert_within_cost(
                &format!("JPEG {factor:?}, {progressive}, {scan_by_scan}"),
                &bytes,
            );
        }
    }
    let grey: Vec<u8> = photo.data.chunks_exact(3).map(|p| p[1]).collect();
    assert_within_cost("JPEG grey", &jpeg_raw(2600, 500, &grey, ColorType::Luma));
    let inks: Vec<u8> = photo
        .data
        .chunks_exact(3)
        .flat_map(|p| [p[0], p[1], p[2], 200])
        .collect();
    assert_within_cost(
        "JPEG inks",
        &jpeg_raw(2600, 500, &inks, ColorType::CmykAsYcck),
    );
    for (name, colour, data) in [
        ("grey", png::ColorType::Grayscale, &grey),
        ("RGB", png::ColorType::Rgb, &photo.data),
        ("RGBA", png::ColorType::Rgba, &inks),
    ] {
        assert_within_cost(
            &format!("PNG {name}"),
            &png_raw(2600, 500, data, colour, BitDepth::Eight, |_| {}),
        );
    }
    let deep: Vec<u8> = photo.data.iter().flat_map(|&v| [v, v]).collect();
    assert_within_cost(
        "PNG RGB 16",
        &png_raw(
            2600,
            500,
            &deep,
            png::ColorType::Rgb,
            BitDepth::Sixteen,
            |_| {},
        ),
    );
    assert_within_cost(
        "WebP RGB",
        &webp_raw(2600, 500, &photo.data, image_webp::ColorType::Rgb8),
    );
    assert_within_cost(
        "WebP RGBA",
        &webp_raw(2600, 500, &inks, image_webp::ColorType::Rgba8),
    );
    for name in ["lossy.webp", "lossy-alpha.webp", "film.webp", "film.gif"] {
        let path = format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"));
        assert_within_cost(name, &std::fs::read(path).expect("a sample of this crate"));
    }
    assert_within_cost("a WebP of 257 groups", &vp8l::groups_far_apart());
    assert_within_cost("a tiny picture", &jpeg_with(&Rgb::photo(16, 16), |_| {}));

    forty_megapixels_fit();
    bombs_are_refused_before_they_go_off();
    metadata_costs_nothing();
    neither_do_pieces_beyond_number();
}

/// The largest pictures that are accepted, of each kind that is common at that size.
fn forty_megapixels_fit() {
    let flat = Rgb {
        width: 8000,
        height: 5000,
        data: vec![90; 8000 * 5000 * 3],
    };
    let baseline = jpeg_with(&flat, |encoder| {
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
    });
    assert_within_cost("JPEG of 40 MP", &baseline);
    assert_within_cost(
        "PNG of 40 MP",
        &png_raw(
            8000,
            5000,
            &flat.data,
            png::ColorType::Rgb,
            BitDepth::Eight,
            |_| {},
        ),
    );
    drop(flat);
    let frame = gif::Frame {
        width: 8000,
        height: 5000,
        buffer: vec![1; 8000 * 5000].into(),
        ..gif::Frame::default()
    };
    let film = gif_frames(8000, 5000, &[0, 0, 0, 200, 150, 100], &[frame]);
    assert_within_cost("GIF of 40 MP", &film);
}

fn bombs_are_refused_before_they_go_off() {
    let header = |width: u32, height: u32| {
        let mut body = [width.to_be_bytes(), height.to_be_bytes()].concat();
        body.extend([8, 2, 0, 0, 0]);
        let data = plant::stored_zlib(&[0; 64]);
        [
            b"\x89PNG\r\n\x1a\n",
            &plant::chunk(b"IHDR", &body)[..],
            &plant::chunk(b"IDAT", &data),
            &plant::chunk(b"IEND", &[]),
        ]
        .concat()
    };
    assert_refused(
        "a PNG of 50,000 x 50,000",
        &header(50_000, 50_000),
        "TOO_MANY_PIXELS",
    );
    assert_refused("a PNG of 2^31 x 1", &header(1 << 31, 1), "TOO_MANY_PIXELS");

    let huge = [b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;".as_slice()].concat();
    assert_refused("a GIF of 65,535 x 65,535", &huge, "TOO_MANY_PIXELS");

    let frame = [
        b"\x2f".as_slice(),
        &(0x3FFFu32 | (0x3FFF << 14)).to_le_bytes(),
        &[0; 40],
    ]
    .concat();
    assert_refused(
        "a WebP of 16,384 x 16,384",
        &plant::riff(&[plant::riff_chunk(b"VP8L", &frame)]),
        "TOO_MANY_PIXELS",
    );
    let lying = plant::riff(&[
        plant::vp8x(0, 1 << 24, 1 << 24),
        plant::riff_chunk(b"VP8L", &frame),
    ]);
    assert_refused("a WebP whose canvas lies", &lying, "UNDECODABLE");

    // Half a kilobyte that claims 36 MP.
    let mut claim = jpeg_with(&Rgb::photo(8, 8), |_| {});
    let frame_at = claim
        .windows(2)
        .position(|w| w == b"\xff\xc0")
        .expect("a frame header");
    claim[frame_at + 5..frame_at + 9].copy_from_slice(&[0x17, 0x70, 0x17, 0x70]);
    assert_refused("a JPEG without its pixels", &claim, "UNDECODABLE");

    // Prefix codes that unpack to a gigabyte.
    let tables = vp8l::many_groups(false);
    assert_refused(
        "a WebP of 65,536 groups of prefix codes",
        &tables,
        "TOO_HEAVY",
    );

    // The same, if the bit that says which group a block belongs to were read the other way round.
    let steered = vp8l::many_groups(true);
    assert_refused("a WebP of codes out of order", &steered, "UNDECODABLE");

    // A progressive JPEG keeps all its coefficients: within the bounds on pixels, but not on memory.
    let flat = Rgb {
        width: 7000,
        height: 5700,
        data: vec![90; 7000 * 5700 * 3],
    };
    let progressive = jpeg_with(&flat, |encoder| {
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.set_progressive(true);
    });
    drop(flat);
    assert_refused("a progressive JPEG of 39.9 MP", &progressive, "TOO_HEAVY");
    assert!(matches!(
        inspect(&progressive),
        Err(Refusal::TooHeavy {
            width: 7000,
            height: 5700
        })
    ));

    // Metadata that inflates: a profile of a gigabyte's zeroes would take a megabyte; it is cut off and ignored.
    let zeroes = fdeflate_zeroes(64 << 20);
    let profile = plant::chunk(b"iCCP", &[b"bomb\0\0", &zeroes[..]].concat());
    let text = plant::chunk(b"zTXt", &[b"bomb\0\0", &zeroes[..]].concat());
    let picture = support::encode::png(&Rgb::photo(60, 40));
    assert_within_cost(
        "a PNG with inflating metadata",
        &plant::into_png(&picture, &[profile, text], &[]),
    );
}

/// What is not wanted of a file is not unpacked either.
fn metadata_costs_nothing() {
    let photo = Rgb::photo(60, 40);
    let picture = support::encode::jpeg(&photo);
    let directories = overlapping_directories();
    let exif = plant::segment(0xE1, &[b"Exif\0\0", &directories[..]].concat());
    assert_within_cost(
        "a JPEG with overlapping Exif",
        &plant::into_jpeg(&picture, &[exif]),
    );
    assert_within_cost(
        "a PNG with overlapping Exif",
        &plant::into_png(
            &support::encode::png(&photo),
            &[plant::chunk(b"eXIf", &directories)],
            &[],
        ),
    );
    let still = support::encode::webp(&photo);
    assert_within_cost(
        "a WebP with overlapping Exif",
        &plant::riff(&[
            plant::vp8x(8, photo.width, photo.height),
            still[12..].to_vec(),
            plant::riff_chunk(b"EXIF", &directories),
        ]),
    );
}

/// Twenty megabytes of the smallest pieces that a format has, each of which would be listed.
fn neither_do_pieces_beyond_number() {
    let photo = Rgb::photo(60, 40);
    let fill = |piece: Vec<u8>| piece.repeat(19_900_000 / piece.len());
    let picture = support::encode::jpeg(&photo);
    let restarts = fill(plant::segment(0xDD, &[]));
    assert_refused(
        "a JPEG of five million segments",
        &plant::into_jpeg(&picture, &[restarts]),
        "UNDECODABLE",
    );
    let chunks = fill(plant::segment(0xE2, b"ICC_PROFILE\0\x01\x01"));
    assert_within_cost(
        "a JPEG of a million chunks of a profile",
        &plant::into_jpeg(&picture, &[chunks]),
    );
    let picture = support::encode::png(&photo);
    for name in [b"PLTE", b"tRNS"] {
        assert_refused(
            "a PNG of a million chunks",
            &plant::into_png(&picture, &[fill(plant::chunk(name, &[]))], &[]),
            "UNDECODABLE",
        );
    }
}

/// 64 kB of Exif: a directory of 2,500 pointers, each to a directory of 1,799 entries that begins two bytes further on in
/// the same bytes than the one before.
fn overlapping_directories() -> Vec<u8> {
    const POINTERS: u16 = 2_500;
    let there = 8 + 2 + u32::from(POINTERS) * 12 + 4;
    let mut exif = b"MM\0\x2a\0\0\0\x08".to_vec();
    exif.extend(POINTERS.to_be_bytes());
    for n in 0..u32::from(POINTERS) {
        exif.extend([0x87, 0x69, 0, 4, 0, 0, 0, 1]);
        exif.extend((there + 2 * n).to_be_bytes());
    }
    exif.resize(65_500, 7);
    exif
}

/// Zeroes as zlib data, well compressed.
fn fdeflate_zeroes(length: usize) -> Vec<u8> {
    fdeflate::compress_to_vec(&vec![0; length])
}
