"""``python -m sandbox.bss``: serve until told to stop."""

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress

import asyncpg
from aiohttp import web

from sandbox.bss.app import opened
from sandbox.bss.catalogue import OperatorFileUnfit, read_catalogue
from sandbox.bss.errors import StorageUnavailable
from sandbox.bss.people import PeopleUnfit, load_people
from sandbox.bss.seed import check_people
from sandbox.bss.settings import Settings, SettingsMissing, read_settings

SHUTDOWN_SECONDS = 3.0
CONNECT_SECONDS = 5.0
RETRY_SECONDS = 0.2
log = logging.getLogger("sandbox.bss")


async def serve(settings: Settings) -> None:
    """Listen until a signal comes."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    check(settings)
    if not await database_ready(settings, stopped):
        return
    async with opened(settings) as application:
        runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS, handle_signals=False
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, settings.host, settings.port, reuse_address=True).start()
            log.info("the sandbox BSS listens on %s", settings.origin)
            await stopped.wait()
        finally:
            await runner.cleanup()


def check(settings: Settings) -> None:
    """Raise at once what no waiting for the database would mend."""
    people = load_people()
    check_people(read_catalogue(settings.operator_file, people.allowances), people)


async def database_ready(settings: Settings, stopped: asyncio.Event) -> bool:
    """Wait until the database takes connections or has had time enough; False if stopped."""
    end = asyncio.get_running_loop().time() + settings.database_seconds
    while not stopped.is_set() and asyncio.get_running_loop().time() < end:
        try:
            connection = await asyncpg.connect(settings.database_url, timeout=CONNECT_SECONDS)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), RETRY_SECONDS)
        else:
            await connection.close()
            break
    return not stopped.is_set()


def main() -> int:
    """Run; return the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stdout)
    try:
        asyncio.run(serve(read_settings(os.environ)))
    except (SettingsMissing, OperatorFileUnfit, PeopleUnfit, StorageUnavailable) as problem:
        log.error("the sandbox BSS cannot start: %s", problem)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
