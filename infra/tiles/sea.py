"""The sea, from the coastline: OpenStreetMap draws it as lines with the land on their left."""

from shapely import STRtree
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

# How far beside a coast one looks, in degrees: far less than a street is wide.
ASIDE = 1e-7


def sea_in(region: BaseGeometry, coastline: list[LineString]) -> BaseGeometry:
    """The part of `region` that is sea: nothing where no coast is near."""
    coast = [piece for line in coastline for piece in _lines(line.intersection(region))]
    # The whole lines, not what of them is inside: they must cross the boundary to cut the region.
    cut = polygonize(unary_union([region.boundary, *coastline]))
    parts = [part for part in cut if region.covers(part.representative_point())]
    tree = STRtree(parts)
    land: set[int] = set()
    sea: set[int] = set()
    for line in coast:
        left, right = _beside(line)
        land.update(tree.query(left, predicate="within"))
        sea.update(tree.query(right, predicate="within"))
    # An extract may end in the middle of a bay. What is not decided is taken for land: streets are drawn on it.
    return unary_union([parts[index] for index in sea - land])


def _lines(geometry: BaseGeometry) -> list[LineString]:
    return [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, LineString) and part.length > 0]


def _beside(line: LineString) -> tuple[Point, Point]:
    """A point just left and a point just right of the middle of the longest side of a line."""
    corners = list(line.coords)
    (ax, ay), (bx, by) = max(zip(corners, corners[1:]), key=lambda side: Point(side[0]).distance(Point(side[1])))
    length = Point(ax, ay).distance(Point(bx, by))
    east, north = (ay - by) / length * ASIDE, (bx - ax) / length * ASIDE
    middle_x, middle_y = (ax + bx) / 2, (ay + by) / 2
    return Point(middle_x + east, middle_y + north), Point(middle_x - east, middle_y - north)
