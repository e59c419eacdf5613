"""Waiting for what a client has seen to become what a test expects."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 10.0


class Watched:
    """Something that changes as frames arrive, and can be waited on."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def changed(self) -> None:
        """Wake everyone who waits, to look again."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(
        self, condition: Callable[[], T | None], *, within: float = PATIENCE_SECONDS
    ) -> T:
        """Return the condition's value as soon as there is a true one.

        Raises:
            AssertionError: there was none in time; the message tells what was there instead.
        """
        try:
            async with asyncio.timeout(within):
                return await self._first(condition)
        except TimeoutError:
            raise AssertionError(f"not within {within} s: {self.told()}") from None

    def told(self) -> str:
        """Describe the present state for a failed test."""
        return repr(self)

    async def _first(self, condition: Callable[[], T | None]) -> T:
        while not (value := condition()):
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.add(waiter)
            try:
                await waiter
            finally:
                self._waiting.discard(waiter)
        return value


async def eventually(
    condition: Callable[[], T | None], *, within: float = PATIENCE_SECONDS, every: float = 0.02
) -> T:
    """Return the condition's value as soon as there is a true one, looking again and again."""
    give_up = asyncio.get_running_loop().time() + within
    while not (value := condition()):
        assert asyncio.get_running_loop().time() < give_up, f"not within {within} s"
        await asyncio.sleep(every)
    return value
