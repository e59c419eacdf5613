"""Subscribers and operators of the load generator, each on a socket of its own."""

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp

from bench.plan import Account, Task
from bench.wire import Frame, Wire

_REFS = itertools.count(1)
# So many sockets an address is what the service allows; loopback has addresses to spare.
SOCKETS_AN_ADDRESS = 250
_AT_ONCE = 25


class Refused(Exception):
    """The service answered a command with an error."""


class Subscriber:
    """A visitor who has said hello."""

    def __init__(self, wire: Wire, welcome: Frame) -> None:
        self.wire = wire
        self.conversation: str = welcome["conversation"]
        self.state: str = welcome["state"]
        wire.listen(self._hear)

    @classmethod
    async def arrive(
        cls, session: aiohttp.ClientSession, task: Task, *, locale: str = "uk"
    ) -> "Subscriber":
        """Open the chat as a new visitor."""
        wire = await Wire.open(session, f"{task.site}/chat")
        hello = {"type": "hello", "visitor": None, "after": 0, "locale": locale}
        welcome, _ = await wire.ask(hello, lambda frame: frame["type"] == "welcome")
        return cls(wire, welcome)

    async def join_queue(self) -> None:
        """Ask for a person, and return when in the queue."""
        await self.wire.ask({"type": "human"}, lambda frame: frame.get("state") == "queued")

    async def leave_queue(self) -> None:
        """Go back to the bot."""
        await self.wire.ask({"type": "leave_queue"}, lambda frame: frame.get("state") == "bot")

    def _hear(self, frame: Frame, _: float) -> None:
        self.state = frame.get("state", self.state)


class Operator:
    """An operator at the desk."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    @classmethod
    async def arrive(
        cls, session: aiohttp.ClientSession, task: Task, account: Account, *, capacity: int
    ) -> "Operator":
        """Sign in, open the live queue and go online."""
        cookie = await _sign_in(session, task.site, account)
        operator = cls(await Wire.open(session, task.desk, cookie=cookie))
        await operator.command("hello", after=None)
        await operator.command("status", status="online", capacity=capacity)
        return operator

    async def command(self, kind: str, **fields: object) -> Frame:
        """Send a command and return its answer.

        Raises:
            Refused: it is an error.
        """
        ref = str(next(_REFS))
        frame = {"type": kind, "ref": ref, **fields}
        answer, _ = await self.wire.ask(frame, lambda came: came.get("ref") == ref)
        if answer["type"] == "error":
            raise Refused(f"{kind}: {answer['code']}: {answer['message']}")
        return answer

    async def leave(self) -> None:
        """Go offline and close the socket."""
        await self.command("status", status="offline")
        await self.wire.close()


@asynccontextmanager
async def sessions(sockets: int) -> AsyncIterator[Sequence[aiohttp.ClientSession]]:
    """HTTP clients on loopback addresses of their own, enough for so many sockets."""
    opened = [
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, local_addr=(f"127.0.0.{number}", 0)),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        for number in range(2, 3 + sockets // SOCKETS_AN_ADDRESS)
    ]
    try:
        yield opened
    finally:
        for session in opened:
            await session.close()


async def arrive_many(
    clients: Sequence[aiohttp.ClientSession], task: Task, count: int
) -> list[Subscriber]:
    """So many new visitors, a few at a time."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(number: int) -> Subscriber:
        async with gate:
            return await Subscriber.arrive(clients[number % len(clients)], task)

    return list(await asyncio.gather(*map(one, range(count))))


def new_id() -> str:
    """An id nobody has used."""
    return secrets.token_hex(8)


async def _sign_in(session: aiohttp.ClientSession, site: str, account: Account) -> str:
    body = {"login": account.login, "password": account.password}
    async with session.post(f"{site}/api/session", json=body) as response:
        response.raise_for_status()
        return "; ".join(f"{name}={crumb.value}" for name, crumb in response.cookies.items())
