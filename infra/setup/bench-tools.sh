#!/bin/sh
# bench-tools.sh: what Palier is compared with, beside what the tests use: vips for pictures, PostgreSQL with PostGIS. Does nothing
# where both are there. Without PostGIS the bench says so and measures the rest.
set -eu
# shellcheck source=infra/setup/apt.sh
. "$(dirname "$0")/apt.sh"

have vipsthumbnail || install_packages libvips-tools

# Debian has PostGIS once for each PostgreSQL; the newest one there is the one that postgres.sh starts.
has_postgres() {
    ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}
has_postgres || install_packages postgresql
version=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | cut -d / -f 5 | sort -n | tail -n 1)
[ ! -e "/usr/share/postgresql/$version/extension/postgis.control" ] || exit 0
if offered "postgresql-$version-postgis-3" >/dev/null; then
    install_packages "postgresql-$version-postgis-3"
else
    say "PostGIS for PostgreSQL $version is not to be had here: Palier is not compared with it"
fi
