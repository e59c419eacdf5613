"""Holding a connection, and making it again when it is lost."""

import asyncio
import contextlib
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

import aiohttp
import websockets

from tests.protocol.sockets import ConnectionGone
from tests.protocol.watched import PATIENCE_SECONDS, Watched

T = TypeVar("T")

FIRST_RETRY_SECONDS = 0.05
LONGEST_RETRY_SECONDS = 1.0

UNREACHABLE = (
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    ConnectionGone,
    websockets.WebSocketException,
)


class Reconnecting(Watched):
    """A client that holds a connection, and makes it again when it is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.violations: list[str] = []
        self.connections = 0
        self.is_greeted = False
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Connect, and return when welcomed."""
        self._task = asyncio.create_task(self._stay_connected())
        await self.until(lambda: self.is_greeted)

    async def connected(self, *, within: float = PATIENCE_SECONDS) -> None:
        """Return when there is a connection again."""
        await self.until(lambda: self.is_greeted, within=within)

    async def stop(self) -> None:
        """Leave for good."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _stay_connected(self) -> None:
        pause = FIRST_RETRY_SECONDS
        while True:
            try:
                await self._live_once()
            except UNREACHABLE:
                pass
            finally:
                pause = FIRST_RETRY_SECONDS if self.is_greeted else pause * 2
                self.is_greeted = False
                self._on_lost()
                self.changed()
            await asyncio.sleep(min(pause, LONGEST_RETRY_SECONDS))

    async def until(
        self, condition: Callable[[], T | None], *, within: float = PATIENCE_SECONDS
    ) -> T:
        """Return the condition's value as soon as there is a true one.

        Raises:
            AssertionError: there was none in time, or the server said what it must not say.
        """
        return await super().until(lambda: self._checked(condition), within=within)

    def _checked(self, condition: Callable[[], T | None]) -> T | None:
        """A connection that failed for another reason than being lost fails the test."""
        if self._task is not None and self._task.done():
            self._task.result()
        return condition()

    def cut(self) -> None:
        """Lose the connection, as a train in a tunnel does."""
        raise NotImplementedError

    async def _live_once(self) -> None:
        raise NotImplementedError

    def _on_lost(self) -> None:
        """Whatever is to be done when a connection has ended."""
