"""What of OpenStreetMap is drawn, under the layer names and kinds of the Protomaps basemap.

This is a list of what may be there. Everything else stays out of the archives: house numbers, addresses, shops,
surgeries, doors, cameras, anything that points at one person or one household.
"""

from dataclasses import dataclass
from typing import Mapping

# Fields that a feature may carry, layer by layer. Buildings have a shape and nothing else.
FIELDS = {
    "water": {"kind", "name"},
    "landuse": {"kind", "name"},
    "buildings": {"kind"},
    "roads": {"kind", "kind_detail", "name", "is_bridge", "is_tunnel"},
    "places": {"kind", "kind_detail", "name"},
}

# highway=* -> (kind, first zoom)
ROADS = {
    "motorway": ("highway", 10),
    "trunk": ("major_road", 10),
    "primary": ("major_road", 10),
    "secondary": ("major_road", 11),
    "tertiary": ("major_road", 12),
    "unclassified": ("minor_road", 13),
    "residential": ("minor_road", 13),
    "living_street": ("minor_road", 13),
    "pedestrian": ("path", 13),
    "service": ("minor_road", 14),
    "cycleway": ("path", 14),
    "footway": ("path", 14),
    "path": ("path", 14),
    "track": ("path", 14),
    "steps": ("path", 15),
}

# Ways to somebody's door or parking space say more about a home than about a town.
PRIVATE_WAYS = {"driveway", "parking_aisle"}

RAILS = {"rail", "tram", "light_rail", "narrow_gauge", "funicular"}

# (key, values, kind or None for the value itself, whether its name is shown)
LAND = (
    ("leisure", {"park"}, None, True),
    ("leisure", {"garden", "playground", "pitch"}, None, False),
    ("landuse", {"forest", "cemetery"}, None, True),
    ("landuse", {"grass", "meadow", "recreation_ground", "allotments"}, None, False),
    ("natural", {"wood", "beach"}, None, True),
    ("natural", {"scrub", "heath", "wetland"}, None, False),
    ("highway", {"pedestrian"}, "pedestrian", False),
    ("place", {"square"}, "pedestrian", False),
)

PLACES = {"city": 10, "town": 10, "village": 11, "suburb": 12, "quarter": 13, "neighbourhood": 14}
LOCALITIES = {"city", "town", "village"}


@dataclass(frozen=True)
class Drawn:
    """Where a feature goes, from which zoom, and what it carries."""

    layer: str
    first_zoom: int
    fields: Mapping[str, str | bool]


Tags = Mapping[str, str]


def point(tags: Tags) -> Drawn | None:
    place = tags.get("place")
    if place not in PLACES or "name" not in tags:
        return None
    kind = "locality" if place in LOCALITIES else "neighbourhood"
    return Drawn("places", PLACES[place], {"kind": kind, "kind_detail": place, "name": tags["name"]})


def line(tags: Tags) -> Drawn | None:
    if tags.get("railway") in RAILS and "service" not in tags:
        return Drawn("roads", 13, {"kind": "rail", "kind_detail": tags["railway"], **_structure(tags)})
    highway = tags.get("highway", "")
    of_what = highway.removesuffix("_link")
    if of_what not in ROADS or tags.get("area") == "yes" or _is_private(tags):
        return None
    kind, first_zoom = ROADS[of_what]
    # A pavement beside a street is drawn by the street.
    if tags.get("footway") in {"sidewalk", "crossing"} or tags.get("indoor") == "yes":
        return None
    return Drawn("roads", first_zoom, {"kind": kind, "kind_detail": highway, **_name(tags), **_structure(tags)})


def area(tags: Tags) -> Drawn | None:
    if tags.get("building", "no") != "no":
        return None if tags.get("location") == "underground" else Drawn("buildings", 13, {"kind": "building"})
    if tags.get("natural") == "water" or tags.get("landuse") in {"basin", "reservoir"}:
        return Drawn("water", 10, {"kind": "water", **_name(tags)})
    for key, values, kind, is_named in LAND:
        if tags.get(key) in values:
            return Drawn("landuse", 12, {"kind": kind or tags[key], **(_name(tags) if is_named else {})})
    return None


def waterway(tags: Tags) -> Drawn | None:
    if tags.get("waterway") in {"river", "canal", "stream"} and tags.get("tunnel", "no") == "no":
        return Drawn("water", 13, {"kind": tags["waterway"], **_name(tags)})
    return None


def _is_private(tags: Tags) -> bool:
    return tags.get("service") in PRIVATE_WAYS or tags.get("access") in {"private", "no"}


def _name(tags: Tags) -> dict[str, str | bool]:
    return {"name": tags["name"]} if "name" in tags else {}


def _structure(tags: Tags) -> dict[str, str | bool]:
    return {f"is_{what}": True for what in ("bridge", "tunnel") if tags.get(what, "no") != "no"}
