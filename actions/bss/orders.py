"""Switching on, off, changing (TMF622)."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from actions.bss import render
from actions.bss.errors import BssError, BssNonsense
from actions.bss.http import Http, Resource
from actions.bss.listing import Search, first
from actions.bss.model import Order
from actions.bss.once import once
from actions.bss.parse import parse_order
from actions.bss.reading import Node
from actions.bss.render import NewOrder
from actions.bss.wire import TooSlow


class Orders:
    """Orders, each placed once."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def place(self, asked: NewOrder) -> Order:
        """Place an order and wait a little for its end.

        However often it is asked for under the same key, it is placed once. The waiting is
        counted from the call's beginning; an order that takes longer is returned as it stands.

        Raises:
            OutcomeUnknown: whether it was placed cannot be found out.
            BssError: it was not placed; see ``errors``.
        """
        content = render.order(asked)
        end = self._now() + self._http.limits.order_seconds
        order = await once(
            lambda: self.by_key(asked.key),
            lambda: self._http.create(Resource.ORDER, content, lambda node: _made(node, asked.key)),
            pause=self._http.limits.look_up_pause_seconds,
        )
        return await self._until_ended(order, end)

    async def by_key(self, key: str) -> Order | None:
        """Look an order up.

        Raises:
            BssError: see ``errors``.
        """
        query = (("externalId", render.checked_key(key)),)
        found = Search(Resource.ORDER, query, parse_order, lambda one: one.key == key)
        return next(iter((await first(self._http, found, most=1)).items), None)

    async def one(self, id_: str) -> Order:
        """Return what has become of an order.

        Raises:
            NotFound: there is no such order.
            BssError: see ``errors``.
        """
        order = await self._http.get(Resource.ORDER, id_, parse_order)
        if order.id != id_:
            raise BssNonsense(f"{Resource.ORDER.where}: an answer about another one.")
        return order

    async def _until_ended(self, order: Order, end: float) -> Order:
        while not order.has_ended and (left := end - self._now()) > 0:
            await asyncio.sleep(min(self._http.limits.poll_seconds, left))
            # The order is placed: that its state cannot be asked just now undoes nothing.
            with suppress(BssError, TooSlow):
                left = max(end - self._now(), 0.0)
                order = await asyncio.wait_for(self.one(order.id), left)
        return order

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _made(node: Node, key: str) -> Order:
    order = parse_order(node)
    if order.key not in {None, key}:
        raise BssNonsense(f"{Resource.ORDER.where}: an answer about another one.")
    return order
