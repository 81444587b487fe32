#!/bin/sh
# Finds a Rust that can build Palier, or installs one: what is on the PATH or in ~/.cargo/bin, else rustup's stable, else
# Debian's. Says nothing where one is there. Whoever calls it afterwards has ~/.cargo/bin first on the PATH, as the Makefile has.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
wanted=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$root/Cargo.toml")
PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH

# Whether version $1 is $wanted or later.
enough() {
    [ "$(printf '%s\n%s\n' "$wanted" "$1" | sort -V | head -n 1)" = "$wanted" ]
}

# The version a Rust tool of this directory's toolchain tells, or nothing.
version_of() {
    (cd "$root" && "$1" --version 2>/dev/null) | sed -n 's/^[a-z]* \([0-9.]*\).*/\1/p'
}

usable() {
    cargo=$(version_of cargo) rustc=$(version_of rustc)
    [ -n "$cargo" ] && [ -n "$rustc" ] && enough "$cargo" && enough "$rustc"
}

# Debian's own Rust is older than its browsers need, so it carries a second one for them: rustc-web.
from_debian() {
    have apt-get || return 1
    if version=$(offered cargo-web) && enough "${version%%+*}"; then
        install_packages cargo-web rustc-web rustfmt-web
    elif version=$(offered cargo) && enough "${version%%+*}"; then
        install_packages cargo rustc rustfmt rust-clippy
    else
        return 1
    fi
}

from_rustup() {
    have rustup || return 1
    say "asking rustup for the stable toolchain"
    rustup toolchain install stable --profile minimal --component clippy --component rustfmt >&2 || return 1
    # For this folder alone: the default of the machine is its owner's.
    (cd "$root" && rustup override set stable >&2)
}

usable && exit 0
found=$(version_of cargo)
from_rustup || from_debian || true
hash -r
usable && exit 0
fail "Palier needs Rust $wanted or later and found ${found:-none}. Neither rustup nor Debian's packages gave one: \
install it from https://rustup.rs, or on Debian 12 add bookworm-security to the package sources (it carries rustc-web)"
