"""Healing: what a crash between two steps left behind is found again and finished."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from handoff.services.ports import StorageUnavailable

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done again and again, each time from the start."""

    name: str
    every_seconds: float
    run: Callable[[], Awaitable[object]]


async def keep_running(chores: Sequence[Chore]) -> None:
    """Run every chore at its pace until cancelled; a failure is told and tried again."""
    async with asyncio.TaskGroup() as group:
        for chore in chores:
            group.create_task(_keep(chore))


async def _keep(chore: Chore) -> None:
    while True:
        try:
            await chore.run()
        except StorageUnavailable as missing:
            log.warning("chore_waits", chore=chore.name, why=str(missing))
        except Exception:  # One fault must not end the healing of everything else.
            log.exception("chore_failed", chore=chore.name)
        await asyncio.sleep(chore.every_seconds)
