"""Usage as TMF635 has it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sandbox.bss.wire import CURRENCY, Document, moment

_WORDS = {
    "voice": {"uk": "Дзвінок", "ru": "Звонок", "en": "Call"},
    "sms": {"uk": "SMS", "ru": "SMS", "en": "SMS"},
    "data": {"uk": "Інтернет", "ru": "Интернет", "en": "Internet"},
    "roaming": {"uk": "роумінг", "ru": "роуминг", "en": "roaming"},
    "transfer": {"uk": "Переказ на номер", "ru": "Перевод на номер", "en": "Transfer to number"},
    "tariff": {"uk": "Абонплата", "ru": "Абонплата", "en": "Tariff charge"},
}


@dataclass(frozen=True)
class Use:
    """One call, message, session or charge."""

    number: str
    kind: str
    at: datetime
    cost: Decimal = Decimal(0)
    description: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)


def word(name: str, language: str) -> str:
    """What the BSS calls it in the operator's language."""
    said = _WORDS[name]
    return said.get(language, said["en"])


def usage_document(use: Use, *, usage_id: str) -> Document:
    """The use as TMF635 shows it."""
    facts = {"number": use.number, **use.facts}
    money = {"unit": CURRENCY, "value": float(use.cost)}
    rated = {
        "isBilled": False,
        "ratingDate": moment(use.at),
        "ratingAmountType": "Total",
        "taxIncludedRatingAmount": money,
    }
    return {
        "id": usage_id,
        "usageDate": moment(use.at),
        "usageType": use.kind,
        "description": use.description,
        "status": "rated",
        "usageCharacteristic": [_characteristic(name, value) for name, value in facts.items()],
        "ratedProductUsage": [rated],
        "@type": "Usage",
    }


def _characteristic(name: str, value: str | float) -> Document:
    kind = "string" if isinstance(value, str) else "number"
    return {"name": name, "valueType": kind, "value": value}
