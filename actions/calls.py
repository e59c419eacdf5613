"""The itemised list of calls, messages, data and charges, page by page."""

from __future__ import annotations

import json
from collections.abc import Sequence

from actions.bss import Stretch
from actions.bss.listing import Listing
from actions.bss.model import Usage, UsageKind
from actions.choosing import MOST_LINES
from actions.flow import Flow
from actions.periods import Period, day_there, last_days, one_day
from actions.proof import proved_number
from actions.records import cost_of, masked, name_of, named_period, spoken, today_of
from actions.visit import Visit
from actions.wording import count, day_and_time, megabytes, money, seconds

DAYS_SEARCHED = 60
_KINDS = {
    UsageKind.VOICE: ("utter_sum_voice", "utter_item_voice"),
    UsageKind.SMS: ("utter_sum_sms", "utter_item_sms"),
    UsageKind.DATA: ("utter_sum_data", "utter_item_data"),
    UsageKind.CHARGE: ("utter_sum_charge", "utter_item_charge"),
}


class CallDetails(Flow):
    """Tells what was used on a day, one by one and summed up."""

    intent = "call_details"

    async def answer(self, visit: Visit) -> None:
        """Tell a page of the list."""
        number = await proved_number(visit)
        period = named_period(visit) or await _last_day(visit, number)
        if period is None:
            visit.say("utter_details_none_lately")
            return
        listing = await _listed(visit, number, period)
        facts = {"when": spoken(visit, period)}
        if not listing.items:
            visit.say("utter_details_none", facts)
            return
        page = page_of(visit.given("page"), len(listing.items))
        shown = listing.items[(page - 1) * MOST_LINES : page * MOST_LINES]
        facts["items"] = "\n".join(
            [*(_item(visit, one, period) for one in shown), *_paging(visit, page, listing)]
        )
        buttons = _turning(visit, page, len(listing.items), period)
        if page > 1:
            visit.say("utter_details_page", facts, buttons)
        elif listing.is_whole:
            facts["sums"] = sums_of(visit, listing.items)
            visit.say("utter_details", facts, buttons)
        else:
            # Of a list that is cut no sum may be told.
            visit.say("utter_details_cut", facts, buttons)


def page_of(said: str | None, items: int) -> int:
    """Return the page asked for, the nearest there is."""
    asked = int(said) if said and said.isdecimal() and len(said) < 4 else 1
    return min(max(asked, 1), pages_of(items))


def pages_of(items: int) -> int:
    """Return how many pages so many lines take."""
    return max(1, -(-items // MOST_LINES))


def sums_of(visit: Visit, records: Sequence[Usage]) -> str:
    """Write how many there were of each kind and what they came to."""
    lines = []
    for kind, (response, _) in _KINDS.items():
        of_kind = [one for one in records if one.kind is kind]
        if of_kind:
            lines.append(visit.words(response, _sum(visit, of_kind)))
    return "\n".join(lines)


def _sum(visit: Visit, records: Sequence[Usage]) -> dict[str, str]:
    language = visit.language
    return {
        "times": count(len(records), language),
        "length": seconds(sum(one.seconds or 0 for one in records), language),
        "volume": megabytes(sum((one.megabytes or 0 for one in records), 0), language),
        "cost": money(cost_of(records), language),
    }


def _item(visit: Visit, record: Usage, period: Period) -> str:
    zone, language = visit.catalogue.zone, visit.language
    at = f"{record.at.astimezone(zone):%H:%M}"
    cost = money(record.cost.amount, language)
    facts = {
        "at": at if period.is_one_day else day_and_time(record.at, language, zone),
        "whom": masked(record.other_number) if record.other_number else "",
        "length": seconds(record.seconds or 0, language),
        "volume": megabytes(record.megabytes or 0, language),
        "name": name_of(visit, record),
        "cost": f", {cost}" if record.cost.amount else "",
    }
    return visit.words(_KINDS[record.kind][1], facts)


async def _last_day(visit: Visit, number: str) -> Period | None:
    """Return the last day on which anything was used."""
    lately = last_days(DAYS_SEARCHED, today_of(visit))
    newest = await _listed(visit, number, lately, most=1)
    zone = visit.catalogue.zone
    return next((one_day(day_there(one.at, zone)) for one in newest.items), None)


async def _listed(
    visit: Visit, number: str, period: Period, *, most: int | None = None
) -> Listing[Usage]:
    zone = visit.catalogue.zone
    stretch = Stretch(period.since(zone), period.until(zone), number)
    if most is None:
        return await visit.tools.bss.usage.records(stretch)
    return await visit.tools.bss.usage.records(stretch, most=most)


def _paging(visit: Visit, page: int, listing: Listing[Usage]) -> list[str]:
    """Return the line that tells which page it is, where there are more than one."""
    pages = pages_of(len(listing.items))
    told = {"page": str(page), "pages": str(pages)}
    return [visit.words("utter_page_of", told)] if pages > 1 else []


def _turning(visit: Visit, page: int, items: int, period: Period) -> list[dict[str, str]]:
    """Return the buttons to the next page and the one before."""
    ways = (("utter_page_next", page + 1), ("utter_page_before", page - 1))
    return [
        {"title": visit.words(title), "payload": _payload(at, period)}
        for title, at in ways
        if 1 <= at <= pages_of(items)
    ]


def _payload(page: int, period: Period) -> str:
    carried = {"page": str(page), "date": period.value}
    return f"/{CallDetails.intent}{json.dumps(carried)}"
