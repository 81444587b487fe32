"""Reads an OpenStreetMap extract once and keeps the shapes that are drawn."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import osmium
from shapely import wkb
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points
from shapely.validation import make_valid

import kinds
from kinds import Drawn

Shape = tuple[BaseGeometry, Drawn]


@dataclass
class Extract:
    """What an extract holds: where it ends, its coast, and the shapes of each layer."""

    covers: Polygon
    coastline: list[LineString] = field(default_factory=list)
    shapes: dict[str, list[Shape]] = field(default_factory=lambda: defaultdict(list))

    def keep(self, drawn: Drawn | None, shapes: Iterable[BaseGeometry]) -> None:
        if drawn:
            self.shapes[drawn.layer].extend((shape, drawn) for shape in shapes)


def read(path: Path) -> Extract:
    extract = Extract(covers=_box_of(path))
    # A closed way comes twice, as a line and as an area; each time it is asked what of it is drawn.
    for item in osmium.FileProcessor(str(path)).with_locations().with_areas():
        tags = dict(item.tags)
        if not tags:
            continue
        if item.is_node():
            extract.keep(kinds.point(tags), [Point(item.lon, item.lat)])
        elif item.is_way():
            extract.keep(kinds.line(tags), _lines(item.nodes))
            extract.keep(kinds.waterway(tags), _lines(item.nodes))
            if tags.get("natural") == "coastline":
                extract.coastline.extend(_to_the_edge(line, extract.covers) for line in _lines(item.nodes))
        elif item.is_area():
            drawn = kinds.area(tags)
            extract.keep(drawn, _polygons(item) if drawn else [])
    return extract


def _box_of(path: Path) -> Polygon:
    bounds = osmium.io.Reader(str(path)).header().box()
    if not bounds.valid():
        raise SystemExit(f"{path}: the extract does not say which box it covers; make it with `osmium extract --set-bounds`")
    return box(bounds.bottom_left.lon, bounds.bottom_left.lat, bounds.top_right.lon, bounds.top_right.lat)


def _lines(nodes) -> list[LineString]:
    """The stretches of a way whose points are there: some extracts are cut through their ways."""
    stretches = (list(stretch) for is_there, stretch in groupby(nodes, _is_there) if is_there)
    return [LineString([(node.lon, node.lat) for node in stretch]) for stretch in stretches if len(stretch) > 1]


def _polygons(area) -> list[BaseGeometry]:
    try:
        whole = wkb.loads(osmium.geom.WKBFactory().create_multipolygon(area), hex=True)
    except osmium.InvalidLocationError:
        return []
    return [whole if whole.is_valid else make_valid(whole)]


def _is_there(node) -> bool:
    return node.location.valid()


def _to_the_edge(line: LineString, covers: Polygon) -> LineString:
    """A coast that ends within the extract was cut off there: it goes on, straight over the nearest edge."""
    if line.is_ring:
        return line
    first, *_, last = (Point(corner) for corner in line.coords)
    return LineString([_over_the_edge(first, covers), *line.coords, _over_the_edge(last, covers)])


def _over_the_edge(end: Point, covers: Polygon) -> Point:
    edge, _ = nearest_points(covers.exterior, end)
    return Point(2 * edge.x - end.x, 2 * edge.y - end.y) if covers.contains(end) else end
