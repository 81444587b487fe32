#!/bin/sh
# redis.sh COMMAND [ARGUMENT...]: runs the command with PALIER_TEST_REDIS naming a Redis, 7 or later. That is the one it
# already names; else a private one, installed if need be, that lives as long as the command: tests flush what they use, so
# one that merely answers on this machine is left alone. Without one it fails.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"
[ $# -gt 0 ] || { echo "usage: redis.sh COMMAND [ARGUMENT...]" >&2; exit 2; }

oldest=7

# The major version of the installed Redis, 0 without one.
installed() {
    have redis-server || { echo 0; return; }
    redis-server --version | sed 's/.*v=\([0-9]*\).*/\1/'
}

home='' server=''
# shellcheck disable=SC2317 # the trap calls it
stop() {
    trap - EXIT
    [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    [ -z "$home" ] || rm -rf "$home"
}

# Starts a private server that keeps nothing on disk, and sets url.
start() {
    [ "$(installed)" -ge "$oldest" ] || install_packages redis-server redis-tools
    [ "$(installed)" -ge "$oldest" ] || fail "Debian's redis-server is older than $oldest; set PALIER_TEST_REDIS to a newer one"
    home=$(mktemp -d "${TMPDIR:-/tmp}/palier-redis.XXXXXX")
    trap stop EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

    attempt=0
    while [ "$attempt" -lt 20 ]; do
        port=$((20000 + ($$ * 17 + attempt * 101 + 50) % 12000))
        printf '%s\n' "port $port" 'bind 127.0.0.1' "requirepass $password" 'save ""' 'appendonly no' "dir $home" |
            redis-server - >"$home/log" 2>&1 &
        server=$!
        until grep -q 'Ready to accept connections' "$home/log"; do
            kill -0 "$server" 2>/dev/null || break
            sleep 0.1
        done
        if kill -0 "$server" 2>/dev/null; then
            url="redis://default:$password@127.0.0.1:$port/0"
            return
        fi
        # Another server on that port: the next one. Anything else will not get better.
        grep -q 'Address already in use' "$home/log" || { cat "$home/log" >&2; fail "the private Redis did not start"; }
        attempt=$((attempt + 1))
    done
    fail "no free port for a private Redis"
}

url=${PALIER_TEST_REDIS:-}
if [ -n "$url" ]; then
    say "using the one that PALIER_TEST_REDIS names"
else
    start
    say "started $(redis-server --version | sed 's/.*v=\([0-9.]*\).*/\1/') at 127.0.0.1:$port, for this run alone"
fi

export PALIER_TEST_REDIS="$url"
status=0
"$@" || status=$?
exit "$status"
