"""What there is to have: the offerings of the operator's data file, and as TMF620 shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from sandbox.bss.wire import CURRENCY, Document

MONTH_DAYS = 28
UNITS = {"data": "MB", "voice": "min", "sms": "sms"}

_LAST_UPDATE = "2026-01-01T00:00:00Z"
_NAMES = {
    "promised-payment": {
        "uk": "Обіцяний платіж",
        "ru": "Обещанный платёж",
        "en": "Promised payment",
    },
    "sim-block": {"uk": "Блокування SIM", "ru": "Блокировка SIM", "en": "SIM block"},
    "sim-unblock": {"uk": "Розблокування SIM", "ru": "Разблокировка SIM", "en": "SIM unblock"},
}
# Of the operator's data file, what a tariff's allowances are called there.
_ALLOWANCES = {"data": "megabytes", "voice": "minutes", "sms": "sms"}

Allowances = Mapping[str, int | None]
"""Units by usage type; None has no end."""


class OperatorFileUnfit(Exception):
    """The operator's data file lacks what the catalogue is made of."""


@dataclass(frozen=True)
class Offering:
    """Something one can have."""

    id: str
    name: str
    category: str
    price: Decimal = Decimal(0)
    period: str | None = None
    description: str = ""
    allowances: Allowances = field(default_factory=dict)
    days: int | None = None
    amount: Decimal | None = None
    fee: Decimal | None = None

    @property
    def charge_days(self) -> int:
        """Days from one charge to the next."""
        return 1 if self.period == "day" else MONTH_DAYS


@dataclass(frozen=True)
class TransferRules:
    """Between which amounts money is passed on (the largest is a day's), and for what fee."""

    least: Decimal
    most: Decimal
    fee: Decimal


@dataclass(frozen=True)
class Catalogue:
    """All offerings by id, and the rules that are no offering."""

    language: str
    offerings: Mapping[str, Offering]
    transfer: TransferRules
    zones: tuple[str, ...]

    def get(self, offering_id: str) -> Offering | None:
        """The offering of this id, if there is one."""
        return self.offerings.get(offering_id)


def read_catalogue(path: Path, allowances: Mapping[str, Allowances]) -> Catalogue:
    """Read the operator's data file.

    Args:
        path: Its place.
        allowances: By tariff, for tariffs whose allowances the file tells in words only.

    Raises:
        OperatorFileUnfit: It is not there or not as it should be.
    """
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        rules = {name: Decimal(str(value)) for name, value in said["balance_transfer"].items()}
        return Catalogue(
            language=said["default_language"],
            offerings={each.id: each for each in _offerings(said, allowances)},
            transfer=TransferRules(**rules),
            zones=tuple(zone["id"] for zone in said.get("roaming_zones", ())),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ArithmeticError) as unfit:
        raise OperatorFileUnfit(f"{path}: {type(unfit).__name__}: {unfit}") from unfit


def _offerings(said: Document, allowances: Mapping[str, Allowances]) -> Iterator[Offering]:
    language = said["default_language"]
    for entry in said["tariffs"]:
        yield _tariff(entry, language, allowances.get(entry["id"], {}))
    for entry in said["data_packages"]:
        yield _package(entry, language)
    for entry in said["services"]:
        yield _service(entry, language)
    yield _promised_payment(said["promised_payment"], language)
    roaming = said["roaming"]
    name = _in(language, roaming["name"])
    yield Offering(roaming["id"], name, "roaming", Decimal(str(roaming["price"])), "month", name)
    for block in ("sim-block", "sim-unblock"):
        name = _in(language, _NAMES[block])
        yield Offering(block, name, "sim-block", description=name)


def _tariff(entry: Document, language: str, known: Allowances) -> Offering:
    told = {kind: entry[word] for kind, word in _ALLOWANCES.items() if word in entry}
    return Offering(
        id=entry["id"],
        name=_in(language, entry["name"]),
        category="tariff",
        price=Decimal(str(entry["price"])),
        period="month",
        description=_in(language, entry["terms"]),
        allowances=told or known,
    )


def _package(entry: Document, language: str) -> Offering:
    name = _in(language, entry["name"])
    return Offering(
        id=entry["id"],
        name=name,
        category="package",
        price=Decimal(str(entry["price"])),
        description=name,
        allowances={"data": entry.get("megabytes")},
        days=entry["days"],
    )


def _service(entry: Document, language: str) -> Offering:
    name = _in(language, entry["name"])
    category = "subscription" if entry.get("subscription") else "service"
    price = Decimal(str(entry["price"]))
    return Offering(entry["id"], name, category, price, entry["period"], name)


def _promised_payment(entry: Document, language: str) -> Offering:
    name = _in(language, _NAMES["promised-payment"])
    fee = Decimal(str(entry["fee"]))
    return Offering(
        id=entry["id"],
        name=name,
        category="promised-payment",
        price=fee,
        description=name,
        days=entry["days"],
        amount=Decimal(str(entry["amount"])),
        fee=fee,
    )


def _in(language: str, said: Any) -> str:
    return str(said[language]) if isinstance(said, dict) else str(said)


def offering_document(offering: Offering) -> Document:
    """An offering as TMF620 has it."""
    return {
        "id": offering.id,
        "name": offering.name,
        "description": offering.description,
        "isBundle": False,
        "isSellable": True,
        "lastUpdate": _LAST_UPDATE,
        "lifecycleStatus": "Active",
        "version": "1.0",
        "category": [{"id": offering.category, "@referredType": "Category"}],
        "productOfferingPrice": [_price(offering)],
        "prodSpecCharValueUse": list(_characteristics(offering)),
        "@type": "ProductOffering",
    }


def _price(offering: Offering) -> Document:
    money = {"unit": CURRENCY, "value": float(offering.price)}
    price: Document = {
        "id": f"{offering.id}-price",
        "name": offering.name,
        "priceType": "recurring" if offering.period else "oneTime",
        # TMF620 has money below `taxIncludedAmount`; simpler readers find it beside that.
        "price": {**money, "taxIncludedAmount": money},
    }
    if offering.period:
        price |= {"recurringChargePeriod": offering.period, "recurringChargePeriodLength": 1}
    return price


def _characteristics(offering: Offering) -> Iterator[Document]:
    for kind, units in offering.allowances.items():
        yield _characteristic(kind, "unlimited" if units is None else units, UNITS[kind])
    if offering.days is not None:
        yield _characteristic("days", offering.days, "day")
    if offering.amount is not None:
        yield _characteristic("amount", float(offering.amount), CURRENCY)
    if offering.fee is not None:
        yield _characteristic("fee", float(offering.fee), CURRENCY)


def _characteristic(name: str, value: float | str, unit: str) -> Document:
    kind = "string" if isinstance(value, str) else "number"
    specified = {"isDefault": True, "value": value, "valueType": kind, "unitOfMeasure": unit}
    return {"name": name, "valueType": kind, "productSpecCharacteristicValue": [specified]}
