"""Running a change so that a database that restarts is waited for, not reported."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from handoff.services.ports import StorageUnavailable

Result = TypeVar("Result")

FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 1.0


async def patiently(
    operation: Callable[[], Awaitable[Result]], *, patience_seconds: float = 30.0
) -> Result:
    """Run the operation, again while the storage is unavailable; it must bear being repeated.

    Raises:
        StorageUnavailable: still so when the patience is over.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_seconds
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            return await operation()
        except StorageUnavailable:
            if loop.time() + pause > deadline:
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
