//! Every carrier of metadata is planted with a canary; no output may hold one, and an outside checker finds nothing.

use std::path::Path;
use std::process::{Command, Output};

use media::picture::{Picture, prepare};

use crate::carriers::{CANARY, base, bytes};
use crate::planted::{Planted, by_exiftool, by_hand};
use crate::support::encode::jpeg;
use crate::support::plant::{into_jpeg, segment};

fn check(folder: &Path) -> Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/check_stripped.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(folder)
        .args(["--canary", CANARY])
        .output();
    output.expect("python3 is needed to run the acceptance check")
}

/// Fails with the checker's own words if anything is found in any file of a folder.
pub fn assert_clean(folder: &Path) {
    let output = check(folder);
    assert_eq!(output.status.code(), Some(0), "{}", findings(&output));
}

fn findings(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn holds_canary(data: &[u8]) -> bool {
    let narrow = CANARY.as_bytes().to_vec();
    let wide: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide_be: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_be_bytes).collect();
    [narrow, wide, wide_be]
        .iter()
        .any(|needle| data.windows(needle.len()).any(|w| w == needle))
}

fn write(folder: &Path, name: &str, picture: &Picture) {
    for variant in &picture.variants {
        assert!(!holds_canary(&variant.jpeg), "{name}");
        std::fs::write(
            folder.join(format!("{name}-{}.jpg", variant.variant.name())),
            &variant.jpeg,
        )
        .unwrap();
    }
}

#[test]
fn nothing_planted_survives_and_the_checker_can_tell() {
    let planted = tempfile::tempdir().unwrap();
    let prepared = tempfile::tempdir().unwrap();
    by_exiftool(planted.path());
    for Planted { name, file } in by_hand() {
        assert!(holds_canary(&file), "{name} carries no canary");
        std::fs::write(planted.path().join(name), file).unwrap();
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(planted.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let picture =
            prepare(&std::fs::read(&path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        write(prepared.path(), &name, &picture);
        names.push(name);
    }
    assert_eq!(names.len(), 15);

    // The checker finds something in every source: it can fail.
    let before = check(planted.path());
    let found = findings(&before);
    assert_eq!(before.status.code(), Some(1), "{found}");
    for name in &names {
        for layer in ["tags", "bytes"] {
            let line = format!("{name}\t{layer}\t");
            assert!(
                found.contains(&line),
                "the checker finds no {layer} in {name}:\n{found}"
            );
        }
    }
    let canaries = found
        .lines()
        .filter(|line| line.contains("\tcanary\t"))
        .count();
    assert!(canaries >= names.len(), "{found}");

    // And nothing in any output.
    let after = check(prepared.path());
    assert_eq!(after.status.code(), Some(0), "{}", findings(&after));
    assert!(
        findings(&after).contains("checked 45 files, 45 clean, 0 not"),
        "{}",
        findings(&after)
    );
}

#[test]
fn what_surrounds_the_pixels_changes_nothing() {
    let bare = jpeg(&base());
    let comment = into_jpeg(
        &bare,
        &[
            segment(0xFE, &bytes("comment")),
            segment(0xE5, &bytes("five")),
        ],
    );
    let trailed = [&bare[..], b"trailing ", &bytes("end")].concat();
    let expected = prepare(&bare).unwrap();
    assert_eq!(prepare(&comment).unwrap(), expected);
    assert_eq!(prepare(&trailed).unwrap(), expected);
}
