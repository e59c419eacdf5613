"""Resources as a billing system that agrees with the specifications says them."""

from __future__ import annotations

from typing import Any

NUMBER = "380500000001"
OTHER = "380500000002"

Json = dict[str, Any]


def characteristics(**said: object) -> list[Json]:
    return [{"name": name, "value": value} for name, value in said.items()]


def bucket(**changes: Any) -> Json:
    return {
        "id": "data-1",
        "href": "http://bss/bucket/data-1",
        "usageType": "data",
        "name": "tariff",
        "status": "active",
        "remainingValue": {"amount": 10240.5, "units": "MB"},
        "remainingValueName": "15360 MB",
        "validFor": {"endDateTime": "2026-07-01T21:00:00+03:00"},
        "partyAccount": {"id": "A-1"},
        "logicalResource": [{"id": NUMBER}],
        "@type": "Bucket",
        **changes,
    }


def main_bucket(amount: float = 125.4) -> Json:
    said = {"id": f"main-{NUMBER}", "usageType": "monetary", "name": "main"}
    worth = {"remainingValue": {"amount": amount, "units": "UAH"}, "remainingValueName": "whatever"}
    return bucket(**said, **worth)


def bonus_bucket() -> Json:
    said = {"id": f"bonus-{NUMBER}", "usageType": "other", "name": "bonus"}
    worth = {"remainingValue": {"amount": 70, "units": "points"}, "remainingValueName": None}
    return bucket(**said, **worth)


def top_up(**changes: Any) -> Json:
    return {
        "id": "TU-1",
        "amount": {"amount": 200, "units": "UAH"},
        "status": "completed",
        "requestedDate": "2026-06-01T10:00:00Z",
        "confirmationDate": "2026-06-01T10:00:02.123456789Z",
        "channel": {"id": "terminal", "name": "EasyPay"},
        "logicalResource": [{"id": NUMBER}],
        **changes,
    }


def transfer(key: str = "k-1", **changes: Any) -> Json:
    return {
        "id": "TR-1",
        "description": key,
        "status": "completed",
        "reason": "gift",
        "amount": {"amount": 50.25, "units": "UAH"},
        "transferCost": {"value": 2, "unit": "UAH"},
        "logicalResource": [{"id": NUMBER}],
        **changes,
    }


def product(kind: str = "tariff", *, more: Json | None = None, **changes: Any) -> Json:
    return {
        "id": "P-1",
        "name": "Family",
        "status": "active",
        "startDate": "2026-01-05T00:00:00Z",
        "productSerialNumber": NUMBER,
        "productOffering": {"id": "family", "name": "Family"},
        "productPrice": [
            {
                "priceType": "recurring",
                "recurringChargePeriod": "month",
                "price": {"taxIncludedAmount": {"unit": "UAH", "value": 250.5}},
            }
        ],
        "relatedParty": [
            {"id": "C-7", "role": "customer", "@referredType": "Customer"},
            {"id": "S-1", "role": "seller", "@referredType": "Partner"},
        ],
        "productCharacteristic": characteristics(
            kind=kind, **(more or {"nextChargeDate": "2026-07-05", "nextChargeAmount": 250.5})
        ),
        **changes,
    }


def sim() -> Json:
    return product(
        "sim", more={"iccid": "8938000000000000001", "puk": "01234567", "simType": "esim"}
    )


def offering(**changes: Any) -> Json:
    return {
        "id": "data-15",
        "name": "15 GB",
        "description": "15 GB for 28 days",
        "lifecycleStatus": "Active",
        "category": [{"id": "package"}],
        "productOfferingPrice": [{"priceType": "oneTime", "price": {"unit": "UAH", "value": 110}}],
        "prodSpecCharValueUse": [
            {"name": name, "productSpecCharacteristicValue": [{"value": value}]}
            for name, value in {"data": 15360, "voice": "unlimited", "days": 28, "fee": 0}.items()
        ],
        **changes,
    }


def order(key: str = "k-1", **changes: Any) -> Json:
    return {
        "id": "O-1",
        "externalId": key,
        "state": "completed",
        "note": [{"text": "seen by a person"}],
        "productOrderItem": [],
        **changes,
    }


def usage(**changes: Any) -> Json:
    return {
        "id": "U-1",
        "usageDate": "2026-06-03T12:30:00Z",
        "usageType": "voice",
        "description": "Call",
        "usageCharacteristic": characteristics(
            number=NUMBER, otherNumber=OTHER, seconds=65.0, roaming="Poland"
        ),
        "ratedProductUsage": [{"taxIncludedRatingAmount": {"unit": "UAH", "value": 1.5}}],
        **changes,
    }


def ticket(key: str = "k-1", **changes: Any) -> Json:
    return {
        "id": "T-10024",
        "externalId": key,
        "status": "inProgress",
        "name": "No signal",
        "description": "There is no signal at home.",
        "severity": "minor",
        "ticketType": "complaint",
        "creationDate": "2026-06-01T10:00:00Z",
        "expectedResolutionDate": "2026-06-03T10:00:00Z",
        "statusChangeReason": "an engineer looks",
        "note": [{"text": "called back"}, {"author": "nobody"}],
        "relatedEntity": [{"id": NUMBER, "role": "number", "@referredType": "LogicalResource"}],
        **changes,
    }
