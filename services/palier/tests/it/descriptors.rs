//! How many may be connected is what the system allows, not what it begins with.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::harness::free_address;
use crate::harness::process::palier;

/// The soft and the hard limit of a process's descriptors.
fn limits(pid: u32) -> Vec<u64> {
    let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let numbers = line.unwrap().split_whitespace().take(2);
    numbers.map(|number| number.parse().unwrap()).collect()
}

#[test]
fn a_process_takes_as_many_descriptors_as_it_may() {
    const FEW: u64 = 200;
    let folder = tempfile::tempdir().unwrap();
    let program = palier();
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("ulimit -Sn {FEW} && exec \"$0\" \"$@\"")])
        .arg(program.get_program())
        .args(["all", "--listen", &free_address().to_string(), "--data"])
        .arg(folder.path().join("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    for (name, _) in program.get_envs() {
        command.env_remove(name);
    }
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let opened = lines.any(|line| line.unwrap().starts_with("Palier is open"));
    let limits = limits(child.id());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(opened);
    assert!(
        limits[0] == limits[1] && limits[0] > FEW,
        "soft and hard: {limits:?}"
    );
}
