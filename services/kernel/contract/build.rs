//! Compiles `schema/proto` without protoc.

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use prost_types::method_options::IdempotencyLevel;
use prost_types::{FileDescriptorSet, MethodDescriptorProto, MethodOptions};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by its environment where to write"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let root = "../../../schema/proto";
    println!("cargo::rerun-if-changed={root}");
    let files = [
        "palier/common.proto",
        "palier/identity.proto",
        "palier/posts.proto",
        "palier/media.proto",
        "palier/feeds.proto",
        "palier/moderation.proto",
        "palier/events.proto",
    ];
    let compiled = protox::compile(files, [root])?;
    let written = env::var("OUT_DIR")?;
    for (name, paths) in [
        ("calls.rs", paths(&compiled, |_| true)),
        ("repeatable.rs", paths(&compiled, is_repeatable)),
    ] {
        fs::write(Path::new(&written).join(name), format!("&{paths:?}"))?;
    }
    tonic_prost_build::configure()
        .bytes(".")
        .include_file("wire.rs")
        .compile_fds(compiled)?;
    Ok(())
}

/// Whether a call may be made again when it is not known whether it arrived.
fn is_repeatable(method: &MethodDescriptorProto) -> bool {
    let level = method
        .options
        .as_ref()
        .map(MethodOptions::idempotency_level);
    level.is_some_and(|level| level != IdempotencyLevel::IdempotencyUnknown)
}

/// The paths of some calls, in order.
fn paths(
    compiled: &FileDescriptorSet,
    is_one: impl Fn(&MethodDescriptorProto) -> bool,
) -> Vec<String> {
    let mut paths = BTreeSet::new();
    for file in &compiled.file {
        for service in &file.service {
            for method in &service.method {
                if is_one(method) {
                    let (package, service) = (file.package(), service.name());
                    paths.insert(format!("/{package}.{service}/{}", method.name()));
                }
            }
        }
    }
    paths.into_iter().collect()
}
