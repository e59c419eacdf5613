"""Breaking a process of the running system, and waiting until the system is whole."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.breaking.settings import WHOLE_SECONDS
from tests.system import System


async def kill(system: System, name: str) -> None:
    """Kill a process the hard way; return when another runs in its place and all is ready."""
    killed = await asyncio.to_thread(system.kill, name)
    await asyncio.to_thread(system.wait_until_started_again, name, killed, WHOLE_SECONDS)
    await asyncio.to_thread(system.wait_until_ready, WHOLE_SECONDS)


@asynccontextmanager
async def frozen(system: System, name: str) -> AsyncIterator[None]:
    """Let a process hang for a while; afterwards all is ready."""
    system.freeze(name)
    try:
        yield
    finally:
        system.thaw(name)
        await asyncio.to_thread(system.wait_until_ready, WHOLE_SECONDS)
