"""The S2 cells of level 11 that an area meets: one archive is made for each, and named by its token."""

import json
from pathlib import Path

import s2sphere
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

LEVEL = 11


def read_area(path: Path) -> BaseGeometry:
    """The outline of a neighbourhood as GeoJSON: the file that `palier neighbourhood create` takes."""
    document = json.loads(path.read_text(encoding="utf-8"))
    features = document["features"] if document["type"] == "FeatureCollection" else [document]
    return unary_union([shape(feature.get("geometry", feature)) for feature in features])


def cells_of(area: BaseGeometry) -> dict[str, Polygon]:
    """Token and outline of each cell that `area` meets, in the order of the tokens."""
    west, south, east, north = area.bounds
    coverer = s2sphere.RegionCoverer()
    coverer.min_level = coverer.max_level = LEVEL
    coverer.max_cells = 1000
    corners = (s2sphere.LatLng.from_degrees(south, west), s2sphere.LatLng.from_degrees(north, east))
    outlines = {cell.to_token(): _outline(cell) for cell in coverer.get_covering(s2sphere.LatLngRect(*corners))}
    return {token: outline for token, outline in sorted(outlines.items()) if outline.intersects(area)}


def _outline(cell: s2sphere.CellId) -> Polygon:
    corners = [s2sphere.LatLng.from_point(s2sphere.Cell(cell).get_vertex(corner)) for corner in range(4)]
    return Polygon([(corner.lng().degrees, corner.lat().degrees) for corner in corners])
