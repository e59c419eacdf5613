"""What the gateway and the desk have in common: the services, opened and closed in one place."""

import asyncio
import os
import resource
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import uvloop

from abonent.clock import SystemClock
from abonent.logs import configure_logging
from abonent.settings import Settings
from handoff.bus import ValkeyBus
from handoff.rasa import RasaBot
from handoff.services.ports import Services
from handoff.storage import PostgresStore, migrate

TURN_SECONDS = 5.0
CONNECTIONS = 16


class Parts:
    """The services of a process with the adapters under them, for what is asked of these alone."""

    def __init__(
        self, services: Services, store: PostgresStore, bus: ValkeyBus, http: aiohttp.ClientSession
    ) -> None:
        self.services = services
        self.store = store
        self.bus = bus
        self.http = http


@asynccontextmanager
async def open_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Bring the schema up to date and open storage and bus; close them at the end."""
    await migrate(settings.database_dsn)
    bus = ValkeyBus(settings.redis_dsn)
    store = await PostgresStore.open(settings.database_dsn, bus, size=CONNECTIONS)
    await bus.start()
    worker = f"{socket.gethostname()}:{os.getpid()}"
    services = Services(
        store=store, bus=bus, clock=SystemClock(), worker=worker, turn_seconds=TURN_SECONDS
    )
    async with aiohttp.ClientSession(trust_env=False) as http:
        try:
            yield Parts(services, store, bus, http)
        finally:
            await bus.stop()
            await store.close()


def rasa_bot(settings: Settings, http: aiohttp.ClientSession) -> RasaBot:
    """The bot of this installation."""
    return RasaBot(http, settings.rasa_url, settings.rasa_token, turn_seconds=TURN_SECONDS)


def run_process(settings: Settings, serve: Callable[[Settings], Awaitable[None]]) -> None:
    """Run a process until it is told to stop by SIGTERM or SIGINT."""
    configure_logging(settings.log_level)
    _allow_many_sockets()
    uvloop.run(_until_stopped(serve(settings)))


def _allow_many_sockets() -> None:
    # The usual soft limit of 1,024 open files is fewer than one process serves.
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def _until_stopped(serving: Awaitable[None]) -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(serving)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
