//! How long a 12-megapixel photo takes, beside `ImageMagick` doing the same in the same run.
//!
//! `cargo bench -p palier-media` prints one line; the ratio is what counts, not the milliseconds.

#![allow(
    clippy::disallowed_methods,
    reason = "a bench measures with the machine's own clock"
)]
#![allow(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]

#[path = "../tests/support/scene.rs"]
mod scene;

use std::process::Command;
use std::time::{Duration, Instant};

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use media::picture::prepare;

const RUNS: usize = 9;
const IMAGEMAGICK: &str = "/usr/bin/convert";

fn main() {
    let (width, height) = (4000u16, 3000u16);
    let mut photo = Vec::new();
    let mut encoder = Encoder::new(&mut photo, 92);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    let pixels = scene::photo(width.into(), height.into(), 12);
    encoder
        .encode(&pixels, width, height, ColorType::Rgb)
        .expect("a plain picture encodes");

    let folder = tempfile::tempdir().expect("a scratch folder");
    let (source, target) = (folder.path().join("in.jpg"), folder.path().join("out.jpg"));
    std::fs::write(&source, &photo).expect("the scratch folder is writable");

    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let picture = prepare(&photo).expect("a plain picture is accepted");
        ours.push(start.elapsed());
        assert_eq!((picture.width, picture.height), (2048, 1536));

        let start = Instant::now();
        let status = Command::new(IMAGEMAGICK)
            .arg(&source)
            .args([
                "-auto-orient",
                "-strip",
                "-resize",
                "2048x2048",
                "-quality",
                "82",
            ])
            .arg(&target)
            .status()
            .unwrap_or_else(|error| {
                panic!("{IMAGEMAGICK} is needed to compare with: install imagemagick ({error})")
            });
        theirs.push(start.elapsed());
        assert!(status.success(), "{IMAGEMAGICK} failed");
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "12 MP JPEG of {:.1} MB, three variants and a blur-hash: {:.0} ms; ImageMagick, one variant: {:.0} ms; {:.2} times as fast",
        photo.len() as f64 / 1e6,
        ours.as_secs_f64() * 1e3,
        theirs.as_secs_f64() * 1e3,
        theirs.as_secs_f64() / ours.as_secs_f64(),
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
