use image::imageops::{FilterType, resize};
use media::picture::{Variant, prepare};

use crate::support::encode::{Rgb, jpeg, open, png, webp};
use crate::support::ssim::ssim;

/// What a viewer would show, scaled down by another library.
fn reference(picture: &Rgb, width: u32, height: u32) -> Rgb {
    let source =
        image::RgbImage::from_raw(picture.width, picture.height, picture.data.clone()).unwrap();
    Rgb {
        width,
        height,
        data: resize(&source, width, height, FilterType::Lanczos3).into_raw(),
    }
}

#[test]
fn every_variant_looks_like_its_source() {
    for (width, height) in [(2600, 700), (700, 1100), (640, 480), (200, 100)] {
        let picture = Rgb::photo(width, height);
        for (name, bytes) in [
            ("jpeg", jpeg(&picture)),
            ("png", png(&picture)),
            ("webp", webp(&picture)),
        ] {
            for variant in &prepare(&bytes).unwrap().variants {
                let seen = open(&variant.jpeg);
                let likeness = ssim(&seen, &reference(&picture, variant.width, variant.height));
                println!(
                    "{name} {width}x{height} {}: {likeness:.4}",
                    variant.variant.name()
                );
                assert!(
                    likeness >= 0.95,
                    "{name} {width}x{height} {}: {likeness}",
                    variant.variant.name()
                );
            }
        }
    }
}

#[test]
fn nothing_is_enlarged_and_every_bound_is_met() {
    for (width, height) in [
        (1, 1),
        (1, 5000),
        (3000, 2),
        (320, 320),
        (961, 17),
        (2048, 2049),
    ] {
        let picture = Rgb::draw(width, height, |x, y| [x as u8, y as u8, 90]);
        let prepared = prepare(&png(&picture)).unwrap();
        for variant in &prepared.variants {
            let longest = variant.variant.longest_side();
            assert!(
                variant.width.max(variant.height) == width.max(height).min(longest),
                "{variant:?}"
            );
            assert!(variant.width <= width && variant.height <= height);
            let seen = open(&variant.jpeg);
            assert_eq!((seen.width, seen.height), (variant.width, variant.height));
        }
        assert_eq!(
            (prepared.width, prepared.height),
            (prepared.variants[0].width, prepared.variants[0].height)
        );
        assert_eq!(prepared.blurhash.len(), 28);
    }
}

#[test]
fn the_same_bytes_give_the_same_bytes() {
    let bytes = jpeg(&Rgb::photo(1500, 1100));
    assert_eq!(prepare(&bytes), prepare(&bytes));
    assert_eq!(Variant::ALL.map(Variant::name), ["large", "small", "thumb"]);
}
