"""Writing: looked up by its key before, and again if the answer was lost; never repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from actions.bss.errors import BssError, BssNonsense, BssUnavailable, NotAsked, OutcomeUnknown

T = TypeVar("T")
Find = Callable[[], Awaitable["T | None"]]

_LOOK_UPS = 2


async def once(find: Find[T], create: Callable[[], Awaitable[T]], *, pause: float) -> T:
    """Return what exists under the key, else create it.

    Raises:
        OutcomeUnknown: it was sent, and whether it was done cannot be found out.
        BssError: it was not done; see ``errors``.
    """
    found = await find()
    if found is not None:
        return found
    try:
        return await create()
    except NotAsked:
        raise
    except (BssUnavailable, BssNonsense) as fault:
        return await _after_loss(find, fault, pause=pause)


async def _after_loss(find: Find[T], fault: BssError, *, pause: float) -> T:
    """Look for what may still be on its way."""
    for turn in range(_LOOK_UPS):
        await asyncio.sleep(pause * turn)
        try:
            found = await find()
        except BssError:
            break
        if found is not None:
            return found
    raise OutcomeUnknown(f"The answer was lost: {fault}") from fault
