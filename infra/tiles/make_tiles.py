"""Makes the basemap of a neighbourhood: one PMTiles archive for each S2 cell of level 11 that it meets."""

import argparse
from pathlib import Path

import archive
import extract
from cells import cells_of, read_area
from kinds import Drawn
from sea import sea_in

# Archives meet without a gap: each reaches this far over its cell, in degrees (some ten metres).
SEAM = 1e-4


def main() -> None:
    parser = argparse.ArgumentParser(prog="make-tiles", description=__doc__)
    parser.add_argument("extract", type=Path, help="an OpenStreetMap extract, .osm.pbf")
    parser.add_argument("area", type=Path, help="the outline of the neighbourhood, GeoJSON")
    parser.add_argument("out", type=Path, help="the folder where the archives are put")
    given = parser.parse_args()

    area = read_area(given.area)
    town = extract.read(given.extract)
    if not town.covers.covers(area):
        print("warning: the extract ends within the neighbourhood; its map will have a blank edge")
    given.out.mkdir(parents=True, exist_ok=True)
    for token, cell in cells_of(area).items():
        region = cell.buffer(SEAM).intersection(town.covers)
        sea = (sea_in(region, town.coastline), Drawn("water", archive.FIRST_ZOOM, {"kind": "ocean"}))
        path = given.out / f"{token}.pmtiles"
        archive.write(path, region, {**town.shapes, "water": [sea, *town.shapes["water"]]})
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
