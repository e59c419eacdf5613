"""What actions know of the operator and of places, read from the operator's data files."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

OPERATOR_DATA = Path(__file__).resolve().parents[1] / "bot" / "operator"
LANGUAGES = ("ru", "uk", "en")
EARTH_RADIUS_KM = 6371.0

Coordinates = tuple[float, float]


@dataclass(frozen=True)
class Shop:
    """A shop and when it is open, as told in each language."""

    city: str
    address: dict[str, str]
    hours: dict[str, str]


@dataclass(frozen=True)
class City:
    """A city's name in each language and where it is."""

    id: str
    names: dict[str, str]
    at: Coordinates


@dataclass(frozen=True)
class Catalogue:
    """The operator's shops and the cities subscribers name."""

    default_language: str
    shops: tuple[Shop, ...]
    cities: dict[str, City]

    def shops_in(self, city: str) -> list[Shop]:
        """Return the shops of a city."""
        return [shop for shop in self.shops if shop.city == city]

    def nearest_with_shops(self, city: City) -> tuple[City, int]:
        """Return the nearest city that has a shop, and the kilometres there."""
        distances = {
            name: distance_km(city.at, self.cities[name].at) for name in self._shop_cities()
        }
        nearest = min(distances, key=lambda name: distances[name])
        return self.cities[nearest], round(distances[nearest])

    def _shop_cities(self) -> set[str]:
        return {shop.city for shop in self.shops}


def distance_km(here: Coordinates, there: Coordinates) -> float:
    """Return the distance between two places on the globe."""
    (latitude, longitude), (other_latitude, other_longitude) = here, there
    high = math.radians(other_latitude - latitude) / 2
    wide = math.radians(other_longitude - longitude) / 2
    shrink = math.cos(math.radians(latitude)) * math.cos(math.radians(other_latitude))
    half_chord = math.sin(high) ** 2 + shrink * math.sin(wide) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half_chord))


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue, read once; OPERATOR_FILE names another operator's data."""
    operator = _read(Path(os.environ.get("OPERATOR_FILE") or OPERATOR_DATA / "demo.yml"))
    places = _read(OPERATOR_DATA / "places.yml")
    return Catalogue(
        operator["default_language"],
        tuple(Shop(shop["city"], shop["address"], shop["hours"]) for shop in operator["shops"]),
        {name: _city(name, place) for name, place in places["city"].items()},
    )


def _city(name: str, place: dict[str, Any]) -> City:
    latitude, longitude = place["at"]
    return City(name, {at: place[at] for at in LANGUAGES}, (latitude, longitude))


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return loaded
