"""Bringing the schema up to date when a process starts."""

import asyncio
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number; processes that start together queue up on it.
_LOCK = 0x61626F6E


async def migrate(dsn: str, *, patience_seconds: float = 60.0) -> None:
    """Apply every migration that is missing; waits for a database that is still starting.

    Raises:
        OSError, asyncpg.PostgresError: the database did not come up in time.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_seconds
    while True:
        try:
            return await _upgrade(dsn)
        except (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
            if loop.time() > deadline:
                raise
        await asyncio.sleep(0.2)


async def _upgrade(dsn: str) -> None:
    engine = create_async_engine(_sqlalchemy_url(dsn), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


def _run(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _sqlalchemy_url(dsn: str) -> str:
    scheme, rest = dsn.split("://", 1)
    return f"postgresql+asyncpg://{rest}" if scheme.startswith("postgres") else dsn
