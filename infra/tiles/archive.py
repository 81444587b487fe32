"""One PMTiles archive: tiles made by tippecanoe, written again with nothing beside them but what is needed."""

import gzip
import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from extract import Shape
from kinds import FIELDS

FIRST_ZOOM, LAST_ZOOM = 10, 15
CREDIT = "© OpenStreetMap contributors"
LICENCE = "ODbL-1.0, https://www.openstreetmap.org/copyright"


def write(path: Path, region: BaseGeometry, shapes: dict[str, list[Shape]]) -> None:
    with TemporaryDirectory() as folder:
        layers = [_layer(Path(folder), name, region, shapes.get(name, [])) for name in FIELDS]
        made = Path(folder) / "made.pmtiles"
        command = ["tippecanoe", "--quiet", f"--minimum-zoom={FIRST_ZOOM}", f"--maximum-zoom={LAST_ZOOM}"]
        command += ["--no-tile-size-limit", "--no-feature-limit", "--simplification=4", "--no-tile-stats"]
        command += [f"--output={made}", *(f"--named-layer={layer}" for layer in layers if layer)]
        subprocess.run(command, check=True)
        _clean_copy(made, path)


def _layer(folder: Path, name: str, region: BaseGeometry, shapes: list[Shape]) -> str | None:
    """The shapes of a layer within a region, as a file for tippecanoe."""
    features = []
    for shape, drawn in shapes:
        clipped = shape.intersection(region) if shape.intersects(region) else None
        if clipped is None or clipped.is_empty:
            continue
        unknown = set(drawn.fields) - FIELDS[name]
        if unknown:
            raise ValueError(f"{name} must not carry {sorted(unknown)}")
        features.append(
            {
                "type": "Feature",
                "tippecanoe": {"minzoom": drawn.first_zoom},
                "properties": drawn.fields,
                "geometry": mapping(clipped),
            }
        )
    if not features:
        return None
    file = folder / f"{name}.geojsons"
    file.write_text("\n".join(json.dumps(feature, ensure_ascii=False) for feature in features), encoding="utf-8")
    return f"{name}:{file}"


def _clean_copy(made: Path, path: Path) -> None:
    """The same tiles; tippecanoe's metadata would tell the command line and the machine's paths."""
    with made.open("rb") as source, path.open("wb") as target:
        reader = Reader(MmapSource(source))
        header = reader.header()
        writer = Writer(target)
        for (zoom, x, y), tile in all_tiles(reader.get_bytes):
            # Without a time in its header, so that the same extract gives the same bytes.
            writer.write_tile(zxy_to_tileid(zoom, x, y), gzip.compress(gzip.decompress(tile), 9, mtime=0))
        layers = [
            {"id": layer["id"], "fields": layer["fields"]} for layer in reader.metadata()["vector_layers"]
        ]
        bounds = {key: header[key] for key in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")}
        writer.finalize(
            {
                **bounds,
                "tile_type": TileType.MVT,
                "tile_compression": Compression.GZIP,
                "center_zoom": FIRST_ZOOM,
                "center_lon_e7": (bounds["min_lon_e7"] + bounds["max_lon_e7"]) // 2,
                "center_lat_e7": (bounds["min_lat_e7"] + bounds["max_lat_e7"]) // 2,
            },
            {"attribution": CREDIT, "license": LICENCE, "vector_layers": layers},
        )
