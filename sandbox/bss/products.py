"""Products as TMF637 has them: made, read and changed. Pure."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.bss.catalogue import Offering
from sandbox.bss.wire import CURRENCY, Document, moment

ACTIVE = "active"
SUSPENDED = "suspended"
TERMINATED = "terminated"
_HAD = (ACTIVE, SUSPENDED)


def product(
    number: str, customer: str, offering: Offering, *, product_id: str, starts: datetime
) -> Document:
    """A product somebody has of an offering, without characteristics."""
    return {
        "id": product_id,
        "name": offering.name,
        "description": offering.description,
        "isBundle": False,
        "isCustomerVisible": True,
        "productSerialNumber": number,
        "status": ACTIVE,
        "startDate": moment(starts),
        "productOffering": _offering(offering),
        "productPrice": [_price(offering)] if _is_priced(offering) else [],
        "productCharacteristic": [],
        "relatedParty": [{"id": customer, "role": "customer", "@referredType": "Customer"}],
        "@type": "Product",
    }


def replace_offering(document: Document, offering: Offering, starts: datetime) -> None:
    """Make the product one of another offering."""
    document |= {
        "name": offering.name,
        "description": offering.description,
        "startDate": moment(starts),
        "productOffering": _offering(offering),
        "productPrice": [_price(offering)],
    }


def characteristic(document: Document, name: str) -> Any:
    """The value of a characteristic, or None."""
    found = (each for each in document["productCharacteristic"] if each["name"] == name)
    return next((each["value"] for each in found), None)


def characterise(document: Document, values: Mapping[str, object]) -> None:
    """Set characteristics; None takes one away."""
    kept = [each for each in document["productCharacteristic"] if each["name"] not in values]
    new = [_characteristic(name, value) for name, value in values.items() if value is not None]
    document["productCharacteristic"] = kept + new


def kind(document: Document) -> str:
    """What kind of product it is: ``tariff``, ``sim``..."""
    return str(characteristic(document, "kind"))


def is_had(document: Document) -> bool:
    """Whether somebody has it, be it suspended."""
    return document["status"] in _HAD


def price_of(document: Document) -> Decimal:
    """What it costs at every charge."""
    prices = document["productPrice"]
    return Decimal(str(prices[0]["price"]["taxIncludedAmount"]["value"])) if prices else Decimal(0)


def end(document: Document, at: datetime) -> None:
    """Make it a product that was had."""
    document |= {"status": TERMINATED, "terminationDate": moment(at)}


def as_of(document: Document, now: datetime) -> Document:
    """The product as it stands now: what had a last day is over after it."""
    until = characteristic(document, "validUntil")
    if document["status"] == ACTIVE and until is not None and until < moment(now):
        return {**document, "status": TERMINATED, "terminationDate": until}
    return document


def _offering(offering: Offering) -> Document:
    return {"id": offering.id, "name": offering.name, "@referredType": "ProductOffering"}


def _is_priced(offering: Offering) -> bool:
    return offering.category != "equipment"


def _price(offering: Offering) -> Document:
    money = {"unit": CURRENCY, "value": float(offering.price)}
    price: Document = {
        "name": offering.name,
        "priceType": "recurring" if offering.period else "oneTime",
        "price": {"taxIncludedAmount": money},
    }
    if offering.period:
        price["recurringChargePeriod"] = offering.period
    return price


def _characteristic(name: str, value: object) -> Document:
    if isinstance(value, datetime):
        return {"name": name, "valueType": "dateTime", "value": moment(value)}
    if isinstance(value, Decimal | int | float):
        return {"name": name, "valueType": "number", "value": float(value)}
    return {"name": name, "valueType": "string", "value": value}
