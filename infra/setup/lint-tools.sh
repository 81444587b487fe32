#!/bin/sh
# What linting takes: shellcheck, cargo fmt and cargo clippy for the Rust that rust.sh found. Where only rustc-web is to be had there
# is no clippy: this says so and succeeds, and linting on that machine goes without it; where CI is set, it fails.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH

has() {
    cargo "$1" --version >/dev/null 2>&1
}

# Adds a component the way this Rust came: rustup's by its name, else the Debian package of the same build.
add() {
    has "$1" && return 0
    if have rustup && rustup show active-toolchain >/dev/null 2>&1; then
        rustup component add "$2" >&2 && has "$1"
    else
        offered "$3" >/dev/null && install_packages "$3" && has "$1"
    fi
}

have shellcheck || install_packages shellcheck
if dpkg-query -W cargo-web >/dev/null 2>&1; then from=-web; else from=''; fi

add fmt rustfmt "rustfmt$from" || fail "cargo fmt is missing, and neither rustup nor Debian's packages have it for this Rust"
add clippy clippy "rust-clippy$from" && exit 0
[ -z "${CI:-}" ] || fail "cargo clippy is missing, and neither rustup nor Debian's packages have it for this Rust"
say "cargo clippy is not to be had for this Rust (Debian's rustc-web comes without it): linting does without it"
