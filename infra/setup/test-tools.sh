#!/bin/sh
# test-tools.sh: what the tests use beside Rust and Node: exiftool and ImageMagick, which judge our pictures from outside, a
# browser, and a PostgreSQL and a Redis of which they start some of their own. Does nothing where all of it is there.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"

missing=''
need() {
    have "$1" || missing="$missing $2"
}

need exiftool libimage-exiftool-perl
# Debian's own name for it: plain "convert" may be anything, and "magick" came with version 7.
have magick || need convert-im6.q16 imagemagick
need python3 python3
need redis-server redis-server
# Debian keeps PostgreSQL's own programs off the PATH.
have initdb || [ -n "$(find /usr/lib/postgresql -name initdb 2>/dev/null)" ] || missing="$missing postgresql"
need chromium chromium
need chromium-headless-shell chromium-headless-shell

if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of words
    install_packages $missing
fi
