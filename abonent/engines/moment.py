"""The embedded PostgreSQL for a command that may run beside the system or without it."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator

import asyncpg

from abonent.engines.address import POSTGRES, choose_port_again, postgres_dsn
from abonent.errors import CommandError
from abonent.settings import ROOT, Settings

START_SECONDS = 60.0


@contextlib.asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[str]:
    """Give the address of the database; where no server runs, one does meanwhile.

    Raises:
        CommandError: the database cannot be had; the message says why.
    """
    if settings.database_url is not None:
        await _reach(settings.database_url)
        yield settings.database_url
        return
    settings.kept.prepare()
    if await _answers(settings):
        yield postgres_dsn(settings.kept)
        return
    choose_port_again(settings.kept, POSTGRES)
    process = _start(settings)
    try:
        await _wait_until_it_answers(settings, process)
        yield postgres_dsn(settings.kept)
    finally:
        process.send_signal(signal.SIGINT)
        await asyncio.to_thread(process.wait)


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    with (settings.kept.logs / "postgres.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "abonent", "engine", "postgres"],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(settings.data_dir)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


async def _wait_until_it_answers(settings: Settings, process: subprocess.Popen[bytes]) -> None:
    """Return when a server answers, be it ours or that of a system started meanwhile."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + START_SECONDS
    while not await _answers(settings):
        if process.poll() is not None or loop.time() > give_up:
            log = settings.kept.logs / "postgres.log"
            raise CommandError(f"PostgreSQL cannot be started. Its log: {log}")
        await asyncio.sleep(0.1)


async def _answers(settings: Settings) -> bool:
    try:
        await _reach(postgres_dsn(settings.kept))
    except CommandError:
        return False
    return True


async def _reach(dsn: str) -> None:
    try:
        connection = await asyncpg.connect(dsn, timeout=10)
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        raise CommandError(f"the database does not answer: {error}") from error
    await connection.close()
