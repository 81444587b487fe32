#!/bin/sh
# What building Palier needs beside Rust: a C compiler (SQLite and ring are C), make, certificates to reach the registries,
# and Python for the checks that are scripts. Does nothing where all of it is there.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"

missing=''
need() {
    have "$1" || missing="$missing $2"
}

need cc gcc
need pkg-config pkg-config
need make make
need python3 python3
[ -e /usr/include/stdio.h ] || missing="$missing libc6-dev"
[ -e /etc/ssl/certs/ca-certificates.crt ] || missing="$missing ca-certificates"

if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of words
    install_packages $missing
fi
