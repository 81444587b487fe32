#!/bin/sh
# postgres.sh [--measured] COMMAND [ARGUMENT...]: runs the command with PALIER_TEST_POSTGRES naming a PostgreSQL, 15 or later, in
# which databases may be created. That is the one it already names; else one that answers on this machine's socket or at
# 127.0.0.1:5432; else a private one, installed if need be, that lives as long as the command. Without one it fails: a test
# of two databases that saw only one has not passed.
# With --measured it is always a private one, as it would be run in earnest: it waits for the disk and has memory to work in.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"
# What a crash would lose does not matter to a test, so it does not wait for the disk.
settings='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'
measured=no
if [ "${1:-}" = --measured ]; then
    measured=yes
    settings='-c shared_buffers=1GB -c random_page_cost=1.1 -c jit=off'
    unset PALIER_TEST_POSTGRES
    shift
fi
[ $# -gt 0 ] || { echo "usage: postgres.sh [--measured] COMMAND [ARGUMENT...]" >&2; exit 2; }

oldest=15
needs="server_version_num >= ${oldest}0000, createdb"
asks="select current_setting('server_version_num')::int >= ${oldest}0000 and (rolcreatedb or rolsuper)
      from pg_roles where rolname = current_user"

# Whether the PostgreSQL at a URL answers, is young enough and lets us create databases.
serves() {
    [ "$(PGCONNECT_TIMEOUT=3 psql -X -w -A -t -d "$1" -c "$asks" 2>/dev/null)" = t ]
}

# The folder of PostgreSQL's own programs; Debian keeps them off the PATH, one folder a version.
programs() {
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t / -k 5 -n -r) $(dirname "$(command -v initdb || echo /)"); do
        [ -x "$folder/initdb" ] || continue
        version=$("$folder/initdb" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
        [ "${version:-0}" -lt "$oldest" ] || { echo "$folder"; return; }
    done
    return 1
}

# PostgreSQL refuses to run as root: then it runs as the user that its package made.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- env HOME="$home" "$@"
    else
        "$@"
    fi
}

home=''
lender=''
# shellcheck disable=SC2317 # the trap calls it
stop() {
    trap - EXIT
    if [ -n "$lender" ]; then
        psql -X -w -q -d "$lender" -c "drop database if exists $database with (force)" || true
    fi
    [ -n "$home" ] || return 0
    as_server "$bin/pg_ctl" -s -D "$home/data" -m immediate stop 2>/dev/null || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Starts a private server and sets url.
start() {
    bin=$(programs) || {
        install_packages postgresql
        bin=$(programs) || fail "Debian's postgresql is older than $oldest; set PALIER_TEST_POSTGRES to a newer one"
    }
    home=$(mktemp -d "${TMPDIR:-/tmp}/palier-postgres.XXXXXX")
    [ "$(id -u)" -ne 0 ] || chown postgres "$home"
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s\n' "$password" >"$home/password"
    chmod 644 "$home/password"
    as_server "$bin/initdb" -D "$home/data" -U palier -A scram-sha-256 --pwfile "$home/password" \
        -E UTF8 --locale C.UTF-8 --no-sync >"$home/initdb.log" 2>&1 ||
        { cat "$home/initdb.log" >&2; fail "initdb failed"; }
    rm -f "$home/password"

    attempt=0
    while [ "$attempt" -lt 20 ]; do
        port=$((20000 + ($$ * 17 + attempt * 101) % 12000))
        if as_server "$bin/pg_ctl" -s -w -t 60 -D "$home/data" -l "$home/data/log" start -o "-p $port -k '$home' \
            -c listen_addresses=127.0.0.1 -c max_connections=300 $settings" >/dev/null 2>"$home/pg_ctl.log"; then
            url="postgres://palier:$password@127.0.0.1:$port/postgres"
            return
        fi
        # Another server on that port: the next one. Anything else will not get better.
        grep -q 'could not bind' "$home/data/log" ||
            { cat "$home/pg_ctl.log" "$home/data/log" >&2; fail "the private PostgreSQL did not start"; }
        rm -f "$home/data/log"
        attempt=$((attempt + 1))
    done
    fail "no free port for a private PostgreSQL"
}

url=''
if [ -n "${PALIER_TEST_POSTGRES:-}" ]; then
    url=$PALIER_TEST_POSTGRES
    ! have psql || serves "$url" || fail "PALIER_TEST_POSTGRES does not answer, or is not what the tests need ($needs)"
    say "using the one that PALIER_TEST_POSTGRES names"
elif [ "$measured" = no ] && have psql; then
    user=$(id -un)
    for local in "postgres://$user@127.0.0.1:5432/postgres" "postgres://postgres@127.0.0.1:5432/postgres" \
        "postgres:///postgres?host=/var/run/postgresql&user=$user"; do
        ! serves "$local" || { url=$local && say "using the one that answers at $local" && break; }
    done
fi
if [ -z "$url" ]; then
    start
    say "started $("$bin/postgres" --version | sed 's/^postgres (PostgreSQL) //') at 127.0.0.1:$port, for this run alone"
fi

# Of a server that is only borrowed one database is used, and given back.
if [ -z "$home" ] && have psql; then
    database=palier_test_$$
    psql -X -w -q -d "$url" -c "create database $database"
    lender=$url
    url=$(printf '%s\n' "$url" | sed "s#^\([a-z]*://[^/]*\)/[^?]*#\1/$database#")
fi

export PALIER_TEST_POSTGRES="$url"
status=0
"$@" || status=$?
exit "$status"
