"""Where the money went: each charge by name, and subscriptions that can be switched off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from actions.bss import Stretch
from actions.bss.model import Product, ProductKind, Usage, UsageKind
from actions.choosing import MOST_LINES
from actions.flow import Flow
from actions.holdings import name_of as called
from actions.holdings import products_of
from actions.periods import Period, day_there, last_days, written
from actions.proof import proved_number
from actions.records import cost_of, name_of, named_period, spoken, today_of
from actions.visit import Visit
from actions.wording import count, money

DAYS = 30
MOST_OFFERED = 5
_USED = {
    UsageKind.VOICE: "utter_paid_calls",
    UsageKind.SMS: "utter_paid_sms",
    UsageKind.DATA: "utter_paid_data",
}


@dataclass(frozen=True)
class Group:
    """Charges for the same thing at the same price, or calls that cost, the newest first."""

    name: str
    records: tuple[Usage, ...]

    @property
    def cost(self) -> Decimal:
        """What they cost together; below nothing, it was given back."""
        return cost_of(self.records)


class UnexpectedCharge(Flow):
    """Tells what money was taken for."""

    intent = "unexpected_charge"

    async def answer(self, visit: Visit) -> None:
        """Tell the charges of the last days, or of the days named."""
        number = await proved_number(visit)
        named = named_period(visit)
        paid, is_whole = await _paid(visit, number, named or last_days(DAYS, today_of(visit)))
        facts = {"when": spoken(visit, named) if named else _lately(visit)}
        if not paid:
            visit.say("utter_charges_none", facts)
            return
        facts["charges"] = lines_of(visit, grouped(visit, paid))
        facts["total"] = money(cost_of(one for one in paid if one.cost.amount > 0), visit.language)
        visit.say("utter_charges" if is_whole else "utter_charges_alone", facts)
        subscriptions = await products_of(visit, number, ProductKind.SUBSCRIPTION)
        _offer_to_end(visit, _among(subscriptions, paid))


def grouped(visit: Visit, paid: Iterable[Usage]) -> list[Group]:
    """Put together what was paid for the same, in the order of the newest of each."""
    groups: dict[tuple[str, Decimal | None], list[Usage]] = {}
    for record in paid:
        is_charge = record.kind is UsageKind.CHARGE
        name = name_of(visit, record) if is_charge else visit.words(_USED[record.kind])
        # Calls differ in price each; a charge of another sum is another charge.
        groups.setdefault((name, record.cost.amount if is_charge else None), []).append(record)
    return [Group(name, tuple(records)) for (name, _), records in groups.items()]


def lines_of(visit: Visit, groups: Sequence[Group]) -> str:
    """Write a line a group, and how many more there are."""
    lines = [_line(visit, one) for one in groups[:MOST_LINES]]
    if len(groups) > MOST_LINES:
        more = count(len(groups) - MOST_LINES, visit.language)
        lines.append(visit.words("utter_and_more", {"more": more}))
    return "\n".join(lines)


def _line(visit: Visit, group: Group) -> str:
    newest = day_there(group.records[0].at, visit.catalogue.zone)
    facts = {
        "name": group.name,
        "cost": money(abs(group.cost), visit.language),
        "day": written(newest, visit.language, today_of(visit)),
        "times": count(len(group.records), visit.language),
    }
    if group.cost < 0:
        return visit.words("utter_charge_returned", facts)
    is_one = len(group.records) == 1
    return visit.words("utter_charge_line" if is_one else "utter_charge_line_many", facts)


async def _paid(visit: Visit, number: str, period: Period) -> tuple[list[Usage], bool]:
    """Return what cost money, and whether calls and messages are among it."""
    zone = visit.catalogue.zone
    since, until = period.since(zone), period.until(zone)
    used = await visit.tools.bss.usage.records(Stretch(since, until, number))
    if not used.is_whole:
        # So much was used that it cannot be looked through: charges alone are fewer.
        charges = Stretch(since, until, number, UsageKind.CHARGE)
        return [*(await visit.tools.bss.usage.records(charges)).items], False
    return [one for one in used.items if one.cost.amount], True


def _lately(visit: Visit) -> str:
    return visit.words("utter_in_last_days", {"days": str(DAYS)})


def _among(subscriptions: Iterable[Product], paid: Iterable[Usage]) -> list[Product]:
    charged = {one.offering_id for one in paid}
    return [one for one in subscriptions if one.offering_id in charged]


def _offer_to_end(visit: Visit, subscriptions: list[Product]) -> None:
    if not subscriptions:
        return
    names = [called(visit, one) for one in subscriptions]
    buttons = [
        {
            "title": visit.words("utter_switch_off_title", {"service": name}),
            "payload": f'/service_deactivate{{"service": "{one.offering_id}"}}',
        }
        for one, name in list(zip(subscriptions, names, strict=True))[:MOST_OFFERED]
    ]
    visit.say("utter_charges_subscriptions", {"subscriptions": ", ".join(names)}, buttons)
