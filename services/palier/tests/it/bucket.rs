//! Pictures in a bucket that cannot be used: the board does not start and says in one line what to do.

use std::path::Path;

use media::scratch::Server;

use crate::harness::process::{palier, seed};

/// Starts a board, or has it looked at, with its pictures in `files` and a key of these two lines.
fn said(words: &[&str], data: &Path, server: &Server, files: &str, key: &str) -> (i32, String) {
    let path = data.join("bucket.key");
    std::fs::write(&path, key).unwrap();
    let run = palier()
        .args(words)
        .arg("--data")
        .arg(data)
        .env("PALIER_MEDIA__FILES", files)
        .env("PALIER_MEDIA__S3__ENDPOINT", server.url())
        .env("PALIER_MEDIA__S3__KEY", &path)
        .output()
        .unwrap();
    let said = [run.stdout, run.stderr].concat();
    (run.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn a_bucket_that_cannot_be_used_stops_the_start_with_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    seed(&data, 1);
    let server = Server::start();
    let there = format!("s3://{}/pictures", server.bucket("board").name);
    let key = server.key();
    for (files, key, setting, remedy) in [
        (
            "s3://elsewhere",
            key.as_str(),
            "media.files",
            "make the bucket",
        ),
        (
            &there,
            "nobody\nknows\n",
            "media.s3.key",
            "one of the server's keys",
        ),
        (&there, "one line", "media.s3.key", "a file of two lines"),
        ("s4://board", &key, "media.files", "s3://BUCKET"),
        ("s3://Board", &key, "media.files", "s3://BUCKET"),
    ] {
        let start = ["all", "--listen", "127.0.0.1:0"];
        let (code, told) = said(&start, &data, &server, files, key);
        assert_eq!(code, 2, "{files}: {told}");
        let lines: Vec<_> = told.lines().filter(|line| line.contains(setting)).collect();
        assert_eq!(lines.len(), 1, "{files}: {told}");
        assert!(lines[0].contains(remedy), "{files}: {told}");
        let (code, told) = said(&["doctor"], &data, &server, files, key);
        assert_eq!(code, 1, "{files}: {told}");
        assert!(
            told.contains(&format!("WRONG {setting}")),
            "{files}: {told}"
        );
    }
    let (code, told) = said(&["doctor"], &data, &server, &there, &key);
    assert!(code == 0 && told.contains("the bucket opens"), "{told}");
}
