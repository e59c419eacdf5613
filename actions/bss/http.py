"""Asks the billing system: token, time, second tries, circuit, one session a loop.

Logs bear the resource, the status and the milliseconds; never an address, a number or a token.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

import aiohttp

from actions.bss import render
from actions.bss.access import Access, fetch_grant
from actions.bss.circuit import Circuit, Clock
from actions.bss.errors import BssNonsense, BssUnavailable
from actions.bss.model import Grant
from actions.bss.parse import check_status
from actions.bss.reading import Node, decode
from actions.bss.render import Json, Query
from actions.bss.settings import Limits, Settings
from actions.bss.wire import Answer, Request, TooSlow, exchange, open_session

T = TypeVar("T")
Read = Callable[[Answer, str], T]

_READ_STATUSES = frozenset({200, 206})
_UNAUTHORISED = 401

logger = logging.getLogger(__name__)


class Resource(Enum):
    """What can be asked, by the path its specification gives it."""

    BUCKET = "/tmf-api/prepayBalanceManagement/v4/bucket"
    TOP_UP = "/tmf-api/prepayBalanceManagement/v4/topupBalance"
    TRANSFER = "/tmf-api/prepayBalanceManagement/v4/transferBalance"
    PRODUCT = "/tmf-api/productInventory/v4/product"
    OFFERING = "/tmf-api/productCatalogManagement/v4/productOffering"
    ORDER = "/tmf-api/productOrderingManagement/v4/productOrder"
    USAGE = "/tmf-api/usageManagement/v4/usage"
    TICKET = "/tmf-api/troubleTicket/v4/troubleTicket"
    MESSAGE = "/messages"

    @property
    def where(self) -> str:
        """Its name in messages and logs."""
        return self.value.rpartition("/")[2]


@dataclass(frozen=True)
class _Call:
    method: str
    resource: Resource
    address: str = field(repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class _Line:
    """What one loop has open."""

    session: aiohttp.ClientSession
    access: Access


class Http:
    """The billing system and the SMS gateway, over HTTP."""

    def __init__(
        self, settings: Settings, *, limits: Limits | None = None, clock: Clock = time.monotonic
    ) -> None:
        self.limits = limits or Limits()
        self.clock = clock
        self._settings = settings
        self._lines: dict[asyncio.AbstractEventLoop, _Line] = {}
        # A gateway that is down keeps nobody from asking the billing system.
        self._bss, self._gateway = self._circuit(), self._circuit()

    async def get(self, resource: Resource, id_: str, read: Callable[[Node], T]) -> T:
        """Read one thing.

        Raises:
            BssError: see ``errors``.
        """
        call = _Call("GET", resource, self._address(resource, id_))
        return await self._try_twice(call, lambda answer, where: read(_read_json(answer, where)))

    async def find(self, resource: Resource, query: Query, read: Read[T]) -> T:
        """Read one page of a list; ``read`` sees the headers too.

        Raises:
            BssError: see ``errors``.
        """
        address = f"{self._address(resource)}?{render.query_string(query)}"
        return await self._try_twice(_Call("GET", resource, address), read)

    async def create(self, resource: Resource, content: Json, read: Callable[[Node], T]) -> T:
        """Create something, trying once.

        Raises:
            BssError: see ``errors``; all but ``NotAsked`` and ``BssRefused`` leave it open
                whether it was created.
        """
        call = _Call("POST", resource, self._address(resource), render.body(content))
        return await self._attempt(call, lambda answer, where: read(decode(answer.body, where)))

    async def send(self, resource: Resource, content: Json) -> None:
        """Send something whose answer says nothing but that it was taken.

        Raises:
            BssError: see ``errors``.
        """
        call = _Call("POST", resource, self._address(resource), render.body(content))
        await self._attempt(call, lambda _answer, _where: None)

    async def close(self) -> None:
        """Close what the running loop has open."""
        line = self._lines.pop(asyncio.get_running_loop(), None)
        if line is not None:
            await line.session.close()

    async def _try_twice(self, call: _Call, read: Read[T]) -> T:
        try:
            return await self._attempt(call, read)
        except BssUnavailable as fault:
            if not fault.is_passing:
                raise
        pause = self.limits.retry_pause_seconds
        await asyncio.sleep(pause)
        return await self._attempt(call, read, spent=pause)

    async def _attempt(self, call: _Call, read: Read[T], *, spent: float = 0.0) -> T:
        seconds = max(self.limits.answer_seconds - spent, 0.0)
        circuit = self._gateway if call.resource is Resource.MESSAGE else self._bss
        with circuit.guarded():
            try:
                return await asyncio.wait_for(self._ask(call, read), seconds)
            except TooSlow as fault:
                where = call.resource.where
                logger.warning("%s %s: no answer in %g s", call.method, where, seconds)
                raise BssUnavailable(f"{where}: no answer in {seconds:g} s.") from fault

    async def _ask(self, call: _Call, read: Read[T]) -> T:
        line = self._line()
        token = await line.access.token()
        answer = await self._exchange(line, call, token=token)
        if answer.status == _UNAUTHORISED:
            line.access.drop(token)
            answer = await self._exchange(line, call, token=await line.access.token())
        where = call.resource.where
        check_status(answer.status, answer.body, where)
        return read(answer, where)

    async def _exchange(self, line: _Line, call: _Call, *, token: str) -> Answer:
        started = time.perf_counter()
        status = "no answer"
        try:
            request = _request(call, token)
            answer = await exchange(line.session, request, body_bytes=self.limits.body_bytes)
            status = str(answer.status)
            return answer
        finally:
            took = (time.perf_counter() - started) * 1000
            logger.info("%s %s: %s in %.0f ms", call.method, call.resource.where, status, took)

    def _line(self) -> _Line:
        loop = asyncio.get_running_loop()
        line = self._lines.get(loop)
        if line is None:
            self._forget_ended_loops()
            line = self._lines[loop] = self._open_line()
        return line

    def _open_line(self) -> _Line:
        session = open_session()

        async def fetch() -> Grant:
            return await fetch_grant(session, self._settings, limits=self.limits)

        margin = self.limits.token_margin_seconds
        return _Line(session, Access(fetch, margin_seconds=margin, clock=self.clock))

    def _forget_ended_loops(self) -> None:
        for loop in [loop for loop in self._lines if loop.is_closed()]:
            # Its connections ended with the loop; a session cannot be closed without one.
            self._lines.pop(loop).session.detach()

    def _address(self, resource: Resource, id_: str | None = None) -> str:
        settings = self._settings
        base = settings.sms_url if resource is Resource.MESSAGE else settings.url
        return render.path(base + resource.value, id_)

    def _circuit(self) -> Circuit:
        limits = self.limits
        return Circuit(faults=limits.faults, open_seconds=limits.open_seconds, clock=self.clock)


def read_list(answer: Answer, where: str) -> list[Node]:
    """Return a list's items.

    Raises:
        BssNonsense: it is not a list.
    """
    return _read_json(answer, where).items()


def _read_json(answer: Answer, where: str) -> Node:
    if answer.status not in _READ_STATUSES:
        raise BssNonsense(f"{where}: unexpected status {answer.status}.")
    return decode(answer.body, where)


def _request(call: _Call, token: str) -> Request:
    headers = {"Authorization": f"Bearer {token}"}
    if call.body is not None:
        headers["Content-Type"] = "application/json; charset=utf-8"
    return Request(call.method, call.resource.where, call.address, headers, call.body)
