"""Calls, messages, data and charges, one by one (TMF635)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from actions.bss import render
from actions.bss.http import Http, Resource
from actions.bss.listing import Listing, Search, first
from actions.bss.model import Usage as Record
from actions.bss.model import UsageKind
from actions.bss.parse import parse_usage

MOST_RECORDS = 500


@dataclass(frozen=True)
class Stretch:
    """Whose usage, from when, until before when, and what of it (all if not said)."""

    since: datetime
    until: datetime
    number: str = field(repr=False)
    kind: UsageKind | None = None


class Usage:
    """What a number used."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def records(self, asked: Stretch, *, most: int = MOST_RECORDS) -> Listing[Record]:
        """Return the records of a stretch of time, the newest first.

        No sum may be told of a listing that is not whole.

        Raises:
            BssError: see ``errors``.
        """
        whose = render.digits(asked.number)

        def fits(one: Record) -> bool:
            is_theirs = one.number == whose and asked.kind in {None, one.kind}
            return is_theirs and asked.since <= one.at < asked.until

        query = _query(asked, whose)
        return await first(self._http, Search(Resource.USAGE, query, parse_usage, fits), most=most)


def _query(asked: Stretch, whose: str) -> render.Query:
    kinds = () if asked.kind is None else (("usageType", asked.kind.value),)
    return (
        ("usageCharacteristic.number", whose),
        ("usageDate.gte", render.moment(asked.since)),
        ("usageDate.lt", render.moment(asked.until)),
        *kinds,
        ("sort", "-usageDate"),
    )
