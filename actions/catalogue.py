"""What actions know of the operator and of places, read from the operator's data files."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field
from datetime import timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

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
class Sold:
    """Something the operator sells, by the id it has in the billing system too."""

    id: str
    names: dict[str, str]
    price: Decimal
    period: str
    """``month``, ``day`` or ``once``."""
    terms: dict[str, str] = field(default_factory=dict)
    is_subscription: bool = False


@dataclass(frozen=True)
class Catalogue:
    """What the operator's data file says: what is sold, what it is called, where the shops are."""

    default_language: str
    shops: tuple[Shop, ...]
    cities: dict[str, City]
    tariffs: dict[str, Sold] = field(default_factory=dict)
    packages: dict[str, Sold] = field(default_factory=dict)
    services: dict[str, Sold] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    """Figures of the operator's rules, such as ``balance_transfer`` and ``promised_payment``."""
    messages: dict[str, dict[str, str]] = field(default_factory=dict)
    zone: tzinfo = timezone.utc

    def sold(self, offering: str) -> Sold | None:
        """Return anything that is sold, by its id."""
        return next(
            (
                kind[offering]
                for kind in (self.tariffs, self.packages, self.services)
                if offering in kind
            ),
            None,
        )

    def name_of(self, offering: str | None, language: str, otherwise: str = "") -> str:
        """Return what an offering is called, or what the billing system calls it."""
        sold = self.sold(offering) if offering else None
        return otherwise if sold is None else sold.names[language]

    def message(self, name: str, language: str) -> str:
        """Return a text that leaves the chat, such as an SMS."""
        return self.messages[name][language]

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
        tariffs=_sold(operator["tariffs"], "month"),
        packages=_sold(operator["data_packages"], "once"),
        services=_sold(operator["services"], "month"),
        facts={name: operator[name] for name in RULES},
        messages=operator["messages"],
        zone=ZoneInfo(operator["timezone"]),
    )


RULES = ("promised_payment", "balance_transfer", "roaming")


def _sold(entries: list[dict[str, Any]], period: str) -> dict[str, Sold]:
    return {
        entry["id"]: Sold(
            id=entry["id"],
            names=_in_each(entry["name"]),
            price=Decimal(str(entry["price"])),
            period=entry.get("period", period),
            terms=_in_each(entry.get("terms", "")),
            is_subscription=bool(entry.get("subscription")),
        )
        for entry in entries
    }


def _in_each(value: Any) -> dict[str, str]:
    return {at: str(value[at] if isinstance(value, dict) else value) for at in LANGUAGES}


def _city(name: str, place: dict[str, Any]) -> City:
    latitude, longitude = place["at"]
    return City(name, {at: place[at] for at in LANGUAGES}, (latitude, longitude))


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return loaded
