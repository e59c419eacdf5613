"""The bot's server by itself: parses, turns with and without an action, a long conversation."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import count

import aiohttp
import msgspec

from bench.figures import MILLISECONDS, Beside, Figure, spread
from bench.messages import MESSAGES, STATIC
from bench.people import new_id, sessions
from bench.plan import Task

PART = "bot server"
SIDE_BY_SIDE = 8
"""So many callers at once measure how much one process can do."""
WITH_ACTION = "Скільки грошей у мене на рахунку?"
PROVED_NUMBER = "+380500000001"

Call = Callable[[], Awaitable[None]]


async def measure(task: Task) -> list[Figure]:
    """Measure the bot's server alone."""
    async with sessions(1) as (session,):
        bot = _Bot(session, task)
        await _times(bot.static, 20)
        health = await _times(bot.health, task.plan.bot_calls)
        parses = await _times(bot.parse, task.plan.bot_calls)
        static = await _times(bot.static, task.plan.bot_calls)
        acting = await _times(bot.acting, task.plan.bot_calls)
        long = await _times(bot.long_conversation, task.plan.bot_long_turns)
        return [
            _figure("a parse", parses, health),
            _figure("a turn without an action", static, health),
            _figure("a turn with an action that asks the billing system", acting, health),
            _figure("the last turns of a long conversation", long[-20:], long[:20], "its first"),
            Figure(PART, "parses a second", "", await _rate(bot.parse, task.plan.bot_seconds)),
            Figure(PART, "turns a second", "", await _rate(bot.static, task.plan.bot_seconds)),
        ]


class _Bot:
    def __init__(self, session: aiohttp.ClientSession, task: Task) -> None:
        self._session = session
        self._url = task.bot
        self._headers = {
            "Authorization": f"Bearer {task.bot_token}",
            "Content-Type": "application/json",
        }
        self._every = _forever([text for texts in MESSAGES.values() for text in texts])
        self._static = _forever(list(STATIC))
        self._long = f"bench-{new_id()}"

    async def health(self) -> None:
        """The least the server can be asked: what everything else is set against."""
        async with self._session.get(f"{self._url}/healthz") as response:
            await response.read()

    async def parse(self) -> None:
        """Understand one message."""
        await self._post("parse", {"text": next(self._every)})

    async def static(self) -> None:
        """A turn whose answer stands in the domain, in a conversation of its own."""
        await self._turn(f"bench-{new_id()}", next(self._static))

    async def acting(self) -> None:
        """A turn whose answer an action fetches from the billing system."""
        await self._turn(f"bench-{new_id()}", WITH_ACTION, number=PROVED_NUMBER)

    async def long_conversation(self) -> None:
        """One more turn of the same conversation."""
        await self._turn(self._long, next(self._static))

    async def _turn(self, conversation: str, text: str, **more: str) -> None:
        turn = {"conversation": conversation, "turn": new_id(), "text": text, "language": "uk"}
        await self._post("webhook", {**turn, **more})

    async def _post(self, path: str, body: dict[str, str]) -> None:
        address = f"{self._url}/webhooks/turn/{path}"
        data = msgspec.json.encode(body)
        async with self._session.post(address, data=data, headers=self._headers) as response:
            response.raise_for_status()
            await response.read()


def _forever(texts: list[str]) -> Iterator[str]:
    return (texts[at % len(texts)] for at in count())


async def _times(call: Call, times: int) -> list[float]:
    """Seconds of each call, one after the other."""
    measured = []
    for _ in range(times):
        begun = time.perf_counter()
        await call()
        measured.append(time.perf_counter() - begun)
    return measured


async def _rate(call: Call, seconds: float) -> float:
    """Calls a second by so many callers at once."""
    end = time.perf_counter() + seconds
    done = 0

    async def caller() -> None:
        nonlocal done
        while time.perf_counter() < end:
            await call()
            done += 1

    begun = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(SIDE_BY_SIDE)))
    return round(done / (time.perf_counter() - begun), 1)


def _figure(
    name: str, times: list[float], beside: list[float], what: str = "asking for its health"
) -> Figure:
    return Figure(
        part=PART,
        name=name,
        unit=MILLISECONDS,
        measured=spread(times, scale=1000),
        beside=Beside(what, spread(beside, scale=1000)),
    )
