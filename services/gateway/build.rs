//! The web app is carried by the program: a new build of it is a new program.

fn main() {
    println!("cargo::rerun-if-changed=../../frontend/build");
}
