//! M1: how long a photo of 12 megapixels takes, beside vips and ImageMagick doing less of the same in the same run.
//!
//! Palier makes three JPEGs and a placeholder, the others one JPEG. Whether anything of what the photo carried is left is
//! judged by the same check as in the tests of media.

#[path = "../../../services/media/tests/support/scene.rs"]
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
mod scene;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use load_tests::figures::{Spread, millis};
use load_tests::goals::{Bound, Ratio, Table};
use media::picture::prepare;

const RUNS: usize = 9;
const WIDTH: u16 = 4_000;
const HEIGHT: u16 = 3_000;
/// Where Debian has ImageMagick: under its own name, or under one that another program may have taken.
const IMAGEMAGICK: [&str; 2] = ["/usr/bin/convert-im6.q16", "/usr/bin/convert"];
/// What finds what is left of a photo.
const CHECK: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../services/media/tests/check_stripped.py"
);
/// An Exif segment that says who took the photo.
const EXIF: &[u8] = b"\xff\xe1\x00\x31Exif\0\0II*\0\x08\0\0\0\x01\0\x3b\x01\x02\0\x0f\0\0\0\x1a\0\0\0\0\0\0\0Somebody known\0";

/// A photo as a phone would send it.
fn photo() -> Result<Vec<u8>> {
    let mut photo = Vec::new();
    let mut encoder = Encoder::new(&mut photo, 92);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    let pixels = scene::photo(WIDTH.into(), HEIGHT.into(), 12);
    encoder.encode(&pixels, WIDTH, HEIGHT, ColorType::Rgb)?;
    // After the first two bytes, which begin every JPEG.
    photo.splice(2..2, EXIF.iter().copied());
    Ok(photo)
}

fn vips(source: &Path, target: &Path) -> Command {
    let mut command = Command::new("vipsthumbnail");
    let options = format!("{}[Q=82,strip]", target.display());
    command
        .arg(source)
        .args(["--size", "2048x2048", "-o", &options]);
    command
}

fn imagemagick(program: &str, source: &Path, target: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .arg(source)
        .args(["-auto-orient", "-strip", "-resize", "2048x2048"])
        .args(["-quality", "82"])
        .arg(target);
    command
}

/// The one that says of itself that it is `ImageMagick`.
fn found_imagemagick() -> Result<&'static str> {
    let is_real = |program: &&str| {
        let version = Command::new(program).arg("-version").output();
        version.is_ok_and(|said| said.stdout.starts_with(b"Version: ImageMagick"))
    };
    let found = IMAGEMAGICK.into_iter().find(is_real);
    found.context("ImageMagick is needed to compare with: install imagemagick")
}

fn timed(mut command: Command) -> Result<Duration> {
    let begun = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("{command:?}: infra/setup/bench-tools.sh installs it"))?;
    let took = begun.elapsed();
    ensure!(status.success(), "{command:?}");
    Ok(took)
}

pub fn measure(table: &mut Table, small: bool) -> Result<()> {
    let (photo, folder) = (photo()?, tempfile::tempdir()?);
    let (source, target) = (folder.path().join("in.jpg"), folder.path().join("out.jpg"));
    std::fs::write(&source, &photo)?;
    let convert = found_imagemagick()?;
    let (mut ours, mut of_vips, mut of_imagemagick) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..if small { 1 } else { RUNS } {
        let begun = Instant::now();
        let picture = prepare(&photo).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
        ours.push(begun.elapsed());
        ensure!((picture.width, picture.height) == (2048, 1536));
        for (number, variant) in picture.variants.iter().enumerate() {
            let served = folder.path().join("served");
            std::fs::create_dir_all(&served)?;
            std::fs::write(served.join(format!("{number}.jpg")), &variant.jpeg)?;
        }
        of_vips.push(timed(vips(&source, &target))?);
        of_imagemagick.push(timed(imagemagick(convert, &source, &target))?);
    }
    let check = Command::new("python3")
        .args([CHECK, "--canary", "Somebody known"])
        .arg(folder.path().join("served"))
        .status()?;
    ensure!(check.success(), "something is left of the photo");
    let ours = Spread::of(ours)?.median();
    for (other, named, bound) in [(of_vips, "vips", 1.8), (of_imagemagick, "ImageMagick", 4.0)] {
        let other = Spread::of(other)?.median();
        table.add("M1", Ratio {
            what: format!(
                "{named} making one JPEG of a photo of 12 megapixels, of Palier making three and a placeholder, with nothing left of what it carried"
            ),
            seen: format!("{:.0} ms and {:.0} ms", millis(other), millis(ours)),
            ratio: other.as_secs_f64() / ours.as_secs_f64(),
            bound: Bound::AtLeast(bound),
            is_held: false,
        });
    }
    Ok(())
}
