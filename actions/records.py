"""What flows tell of calls, messages, data and charges: their words, days and sums."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from actions.bss.model import Usage
from actions.periods import Period, day_there, period_of, written
from actions.visit import Visit


def today_of(visit: Visit) -> date:
    """Return what day it is where the operator is."""
    return day_there(visit.now, visit.catalogue.zone)


def named_period(visit: Visit) -> Period | None:
    """Return the days the subscriber named, or ask for them if there are no such days.

    Raises:
        Asked: the date is none there was.
    """
    said = visit.arg("date")
    if said is None:
        return None
    period = period_of(said, today_of(visit))
    if period is None:
        visit.ask("date", "utter_day_unclear")
    return period


def spoken(visit: Visit, period: Period) -> str:
    """Write a period: "за 5 листопада", "з 1 до 26 листопада"."""
    today = today_of(visit)
    first, last = (written(one, visit.language, today) for one in (period.first, period.last))
    if period.is_one_day:
        return visit.words("utter_in_day", {"day": first})
    return visit.words("utter_in_days", {"first": first, "last": last})


def name_of(visit: Visit, record: Usage) -> str:
    """Return what a charge was for, by the catalogue's name, else as the BSS says it."""
    catalogue, language, offering = visit.catalogue, visit.language, record.offering_id
    if offering in catalogue.tariffs:
        plan = catalogue.tariffs[offering].names[language]
        return visit.words("utter_charge_tariff", {"tariff": plan})
    if offering is not None and offering == catalogue.facts["roaming"]["id"]:
        name: str = catalogue.facts["roaming"]["name"][language]
        return name
    described = record.description or offering or record.id
    if record.other_number:
        described = described.replace(record.other_number, masked(record.other_number))
    return catalogue.name_of(offering, language, described)


def masked(number: str) -> str:
    """Write somebody else's number with its middle hidden; a short one hides nobody."""
    digits = "".join(character for character in number if character.isdigit())
    if len(digits) < SHORTEST_MASKED:
        return number
    if len(digits) == 12 and digits.startswith("380"):
        return f"+380 {digits[3:5]} ••• •• {digits[-2:]}"
    return f"+{digits[:3]} ••• •• {digits[-2:]}"


SHORTEST_MASKED = 7
"""Numbers of services and alarms are shorter."""


def cost_of(records: Iterable[Usage]) -> Decimal:
    """Sum up what records cost."""
    return sum((one.cost.amount for one in records), Decimal(0))
