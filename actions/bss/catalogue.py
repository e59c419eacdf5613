"""What there is to have, and its price (TMF620)."""

from __future__ import annotations

from actions.bss.http import Http, Resource
from actions.bss.listing import Search, every
from actions.bss.model import Category, Offering
from actions.bss.parse import parse_offering

_ACTIVE = "Active"


class Catalogue:
    """The offerings, kept for a few minutes: they are everybody's and change seldom."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._kept: dict[Category, tuple[float, tuple[Offering, ...]]] = {}

    async def offerings(self, category: Category) -> tuple[Offering, ...]:
        """Return the active offerings of a category.

        Raises:
            BssError: see ``errors``.
        """
        read_at, offerings = self._kept.get(category, (None, ()))
        now = self._http.clock()
        if read_at is None or now - read_at >= self._http.limits.catalogue_seconds:
            offerings = await self._read(category)
            self._kept[category] = (now, offerings)
        return offerings

    async def _read(self, category: Category) -> tuple[Offering, ...]:
        def fits(one: Offering) -> bool:
            is_listed = not one.categories or category.value in one.categories
            return is_listed and one.lifecycle in {None, _ACTIVE}

        query = (("category.id", category.value), ("lifecycleStatus", _ACTIVE))
        return await every(self._http, Search(Resource.OFFERING, query, parse_offering, fits))
