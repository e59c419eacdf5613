"""What a number has (TMF637)."""

from __future__ import annotations

from actions.bss import render
from actions.bss.http import Http, Resource
from actions.bss.listing import Search, every
from actions.bss.model import Product
from actions.bss.parse import parse_product


class Inventory:
    """Tariff, services, packages, SIM of a number."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def products(self, number: str) -> tuple[Product, ...]:
        """Return what a number has; nothing for a number that is not known.

        Raises:
            BssError: see ``errors``.
        """
        whose = render.digits(number)
        query = (("productSerialNumber", whose),)
        found = Search(Resource.PRODUCT, query, parse_product, lambda one: one.number == whose)
        return await every(self._http, found)
