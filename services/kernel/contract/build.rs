//! Compiles `schema/proto` without protoc.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = "../../../schema/proto";
    println!("cargo::rerun-if-changed={root}");
    let files = [
        "palier/common.proto",
        "palier/identity.proto",
        "palier/posts.proto",
        "palier/media.proto",
        "palier/feeds.proto",
        "palier/events.proto",
    ];
    let compiled = protox::compile(files, [root])?;
    tonic_prost_build::configure()
        .bytes(".")
        .include_file("wire.rs")
        .compile_fds(compiled)?;
    Ok(())
}
