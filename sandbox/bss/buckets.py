"""Buckets as TMF654 has them. Pure."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.bss.catalogue import Offering
from sandbox.bss.wire import CURRENCY, Document, moment

MOST_MONEY = Decimal(10**9)


def main_bucket(number: str) -> str:
    """The id of a number's account."""
    return f"main-{number}"


def owner_of(bucket_id: str) -> str:
    """The number whose account it is."""
    return bucket_id.removeprefix("main-") if bucket_id.startswith("main-") else ""


def bonus_bucket(number: str) -> str:
    """The id of a number's points."""
    return f"bonus-{number}"


def bucket_name(kind: str, offering: Offering) -> str:
    """What the bucket of an offering's allowance is called."""
    if offering.category != "tariff":
        return offering.id
    return "any network" if kind == "voice" else "tariff"


def account_of(customer: str) -> str:
    """The id of a customer's ``partyAccount``."""
    return f"A-{customer}"


def quantity(amount: Decimal, units: str) -> Document:
    """An amount of something."""
    return {"amount": float(amount), "units": units}


def money(amount: Decimal) -> Document:
    """An amount of money."""
    return {"unit": CURRENCY, "value": float(amount)}


def is_money(amount: Decimal) -> bool:
    """Whether it is an amount that can be paid: more than nothing, and in whole kopiykas."""
    return 0 < amount < MOST_MONEY and amount == round(amount, 2)


def bucket_document(row: Mapping[str, Any], now: datetime) -> Document:
    """The bucket of a row, as it stands now."""
    ends = row["ends"]
    document: Document = {
        "id": row["id"],
        "name": row["name"],
        "isShared": bool(row["shared"]),
        "usageType": row["usage_type"],
        "status": "expired" if ends and ends <= now else row["status"],
        "logicalResource": [_resource(each) for each in (row["number"], *row["shared"])],
        "partyAccount": {"id": account_of(row["customer"]), "@referredType": "PartyAccount"},
        "relatedParty": [{"id": row["customer"], "role": "customer", "@referredType": "Customer"}],
        "validFor": {"startDateTime": moment(row["starts"])},
        "@type": "Bucket",
    }
    if ends:
        document["validFor"]["endDateTime"] = moment(ends)
    if row["source"]:
        document["product"] = [{"id": row["source"], "@referredType": "Product"}]
    if row["remaining"] is not None:
        document["remainingValue"] = quantity(row["remaining"], row["units"])
    if row["started"] is not None:
        document["remainingValueName"] = f"{row['started'].normalize():f} {row['units']}"
    return document


def _resource(number: str) -> Document:
    return {"id": number, "@referredType": "LogicalResource"}
