"""The HTTP side of the bot: a budget of seconds a turn, within which a restart is waited for."""

import asyncio

import aiohttp

from handoff.domain.errors import BotUnavailable
from handoff.domain.understanding import BotTurn
from handoff.rasa.parse import parse_turn, render_request
from handoff.services.ports import BotRequest

_PATH = "/webhooks/turn/webhook"
_ALIVE_PATH = "/version"
_RETRY_SECONDS = 0.25
_NOT_READY = frozenset({502, 503, 504})


class _NotReady(Exception):
    """The bot is starting; it may answer within the turn's time."""


class RasaBot:
    """Implements ``Bot``."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, token: str, *, turn_seconds: float
    ) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._turn_seconds = turn_seconds

    async def turn(self, request: BotRequest) -> BotTurn:
        """Ask the bot.

        Raises:
            BotUnavailable: no usable answer within the turn's seconds.
        """
        try:
            async with asyncio.timeout(self._turn_seconds):
                body = await self._body(render_request(request))
        except TimeoutError as fault:
            raise BotUnavailable(f"No answer in {self._turn_seconds:g} s.") from fault
        except aiohttp.ClientError as fault:
            raise BotUnavailable(str(fault)) from fault
        return parse_turn(body, request)

    async def is_alive(self) -> bool:
        """Whether the bot's server answers."""
        try:
            timeout = aiohttp.ClientTimeout(total=2)
            async with self._session.get(self._url + _ALIVE_PATH, timeout=timeout) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _body(self, request: bytes) -> bytes:
        while True:
            try:
                return await self._post(request)
            except (aiohttp.ClientConnectionError, _NotReady):
                # The request bears its turn's id: asked again, it is not run again.
                await asyncio.sleep(_RETRY_SECONDS)

    async def _post(self, request: bytes) -> bytes:
        async with self._session.post(
            self._url + _PATH, data=request, headers=self._headers
        ) as response:
            if response.status in _NOT_READY:
                raise _NotReady
            if response.status != 200:
                raise BotUnavailable(f"The bot answered with status {response.status}.")
            return await response.read()
