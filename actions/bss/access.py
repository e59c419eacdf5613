"""The bearer token: kept while it is good, fetched by one however many wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp

from actions.bss import render
from actions.bss.circuit import Clock
from actions.bss.errors import BssError, BssUnavailable, NotAsked
from actions.bss.model import Grant
from actions.bss.parse import check_status, parse_grant
from actions.bss.reading import decode
from actions.bss.settings import Limits, Settings
from actions.bss.wire import Request, TooSlow, exchange

_WHERE = "token"


class Access:
    """The token of one loop."""

    def __init__(
        self, fetch: Callable[[], Awaitable[Grant]], *, margin_seconds: float, clock: Clock
    ) -> None:
        self._fetch = fetch
        self._margin = margin_seconds
        self._clock = clock
        self._held: str | None = None
        self._good_until = 0.0
        self._fetching: asyncio.Task[str] | None = None

    async def token(self) -> str:
        """Return a token that is good for a while yet.

        Raises:
            NotAsked: there is none to be had.
        """
        if self._held is not None and self._clock() < self._good_until:
            return self._held
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._renew())
            self._fetching.add_done_callback(self._fetched)
        # One who gives up waiting takes the token from nobody else.
        return await asyncio.shield(self._fetching)

    def drop(self, token: str) -> None:
        """Forget a token that was refused, unless another has come already."""
        if self._held == token:
            self._held = None

    async def _renew(self) -> str:
        asked_at = self._clock()
        grant = await self._fetch()
        self._held = grant.token
        self._good_until = asked_at + grant.seconds - self._margin
        return grant.token

    def _fetched(self, task: asyncio.Task[str]) -> None:
        self._fetching = None
        if not task.cancelled():
            # Looked at here, a fault nobody waits for any more is not reported as lost.
            task.exception()


async def fetch_grant(
    session: aiohttp.ClientSession, settings: Settings, *, limits: Limits
) -> Grant:
    """Ask for a token by client credentials (RFC 6749, 4.4).

    Raises:
        NotAsked: none came, for whatever reason: what it was wanted for was not sent.
    """
    asked = exchange(session, _request(settings), body_bytes=limits.body_bytes)
    try:
        answer = await asyncio.wait_for(asked, limits.answer_seconds)
        check_status(answer.status, answer.body, _WHERE)
        return parse_grant(decode(answer.body, _WHERE))
    except TooSlow as fault:
        raise NotAsked(f"{_WHERE}: no answer in {limits.answer_seconds:g} s.") from fault
    except BssUnavailable as fault:
        raise NotAsked(str(fault), is_passing=fault.is_passing) from fault
    except BssError as fault:
        raise NotAsked(str(fault)) from fault


def _request(settings: Settings) -> Request:
    credentials = render.basic(settings.client_id, settings.client_secret)
    headers = {
        "Authorization": aiohttp.BasicAuth(*credentials).encode(),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return Request("POST", _WHERE, settings.token_url, headers, b"grant_type=client_credentials")
