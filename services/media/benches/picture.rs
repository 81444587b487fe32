//! How long a 12-megapixel photo takes, beside `ImageMagick` doing the same in the same run.
//!
//! `cargo bench -p palier-media` prints one line and fails if ours takes more than half as long as theirs; the ratio is
//! what counts, not the milliseconds.

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

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use media::picture::prepare;

const RUNS: usize = 9;
/// The most of `ImageMagick`'s time that ours may take.
const BOUND: f64 = 0.5;
/// Where Debian has it: under its own name, or under one that another program may have taken.
const IMAGEMAGICK: [&str; 2] = ["/usr/bin/convert-im6.q16", "/usr/bin/convert"];

fn main() -> ExitCode {
    let imagemagick = imagemagick();
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
        let status = Command::new(imagemagick)
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
            .expect("it ran before");
        theirs.push(start.elapsed());
        assert!(status.success(), "{imagemagick} failed");
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "12 MP JPEG of {:.1} MB, three variants and a blur-hash: {:.0} ms; ImageMagick, one variant: {:.0} ms; ratio {ratio:.2}, bound {BOUND}",
        photo.len() as f64 / 1e6,
        ours.as_secs_f64() * 1e3,
        theirs.as_secs_f64() * 1e3,
    );
    if ratio > BOUND {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// The one that says of itself that it is `ImageMagick`.
fn imagemagick() -> &'static str {
    let is_real = |program: &&str| {
        let version = Command::new(program).arg("-version").output();
        version.is_ok_and(|said| said.stdout.starts_with(b"Version: ImageMagick"))
    };
    IMAGEMAGICK
        .into_iter()
        .find(is_real)
        .expect("ImageMagick is needed to compare with: install imagemagick")
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
