#!/bin/sh
# redis.sh [--measured] COMMAND [ARGUMENT...]: runs the command with PALIER_TEST_REDIS naming a Redis, 7 or later. That is the one it already
# names; else one that answers at 127.0.0.1:6379; else a private one, installed if need be, that lives as long as the command
# and keeps nothing on disk. Of a server that is only borrowed the tests use keys of their own, which expire by themselves.
# Without one it fails: a bus that was only tried within one process has not been tried between many.
# With --measured it is always a private one: what is measured fills it.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"
measured=no
if [ "${1:-}" = --measured ]; then
    measured=yes
    unset PALIER_TEST_REDIS
    shift
fi
[ $# -gt 0 ] || { echo "usage: redis.sh [--measured] COMMAND [ARGUMENT...]" >&2; exit 2; }

oldest=7

# Whether the Redis at a URL answers and is young enough.
serves() {
    version=$(timeout 3 redis-cli --no-auth-warning -u "$1" info server 2>/dev/null |
        sed -n 's/^redis_version:\([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge "$oldest" ]
}

home=''
# shellcheck disable=SC2317 # the trap calls it
stop() {
    trap - EXIT
    [ -n "$home" ] || return 0
    [ ! -s "$home/pid" ] || kill "$(cat "$home/pid")" 2>/dev/null || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Starts a private server and sets url.
start() {
    home=$(mktemp -d "${TMPDIR:-/tmp}/palier-redis.XXXXXX")
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    attempt=0
    while [ "$attempt" -lt 20 ]; do
        port=$((20000 + ($$ * 19 + attempt * 103) % 12000))
        # From standard input: the password is not for the list of processes.
        printf '%s\n' "bind 127.0.0.1" "port $port" "requirepass $password" "dir $home" "pidfile $home/pid" \
            "logfile $home/log" "daemonize yes" 'save ""' "appendonly no" | redis-server - >"$home/said" 2>&1 || true
        url="redis://default:$password@127.0.0.1:$port"
        waited=0
        while [ "$waited" -lt 100 ]; do
            ! serves "$url" || return 0
            # Another server on that port: the next one. Anything else will not get better.
            ! grep -q 'Address already in use' "$home/log" "$home/said" 2>/dev/null || break
            sleep 0.1
            waited=$((waited + 1))
        done
        [ "$waited" -lt 100 ] || { cat "$home/said" "$home/log" >&2; fail "the private Redis did not start"; }
        rm -f "$home/log"
        attempt=$((attempt + 1))
    done
    fail "no free port for a private Redis"
}

# The tests of what happens when Redis stops start one of their own, too.
if ! have redis-server || ! have redis-cli; then
    install_packages redis-server
fi

url=''
if [ -n "${PALIER_TEST_REDIS:-}" ]; then
    url=$PALIER_TEST_REDIS
    serves "$url" || fail "PALIER_TEST_REDIS does not answer, or is older than $oldest"
    say "using the one that PALIER_TEST_REDIS names"
elif [ "$measured" = no ] && serves redis://127.0.0.1:6379; then
    url=redis://127.0.0.1:6379
    say "using the one that answers at 127.0.0.1:6379"
else
    start
    say "started $(redis-server --version | sed 's/.* v=\([0-9.]*\).*/\1/') at 127.0.0.1:$port, for this run alone"
fi

export PALIER_TEST_REDIS="$url"
status=0
"$@" || status=$?
exit "$status"
