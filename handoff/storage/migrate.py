"""Bringing the schema up to date when a process starts."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number; processes that start together queue up on it.
_LOCK = 0x61626F6E
_RETRY_SECONDS = 0.2


async def migrate(dsn: str, *, patience_seconds: float = 60.0) -> None:
    """Apply every migration that is missing; waits for a database that is still starting.

    Raises:
        OSError, asyncpg.PostgresError: the database did not come up in time.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_seconds
    while True:
        try:
            if await _revision(dsn) != newest_revision():
                await _upgrade(dsn)
            return
        except (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
            if loop.time() > deadline:
                raise
        await asyncio.sleep(_RETRY_SECONDS)


def newest_revision() -> str:
    """The revision all migrations lead to: files are named after theirs, in order."""
    return max(path.stem.partition("_")[0] for path in _MIGRATIONS.glob("versions/[0-9]*.py"))


async def _revision(dsn: str) -> str | None:
    connection = await asyncpg.connect(dsn)
    try:
        revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
        return revision
    except asyncpg.UndefinedTableError:
        return None
    finally:
        await connection.close()


async def _upgrade(dsn: str) -> None:
    # Half of a process's start would go into these, and they are seldom needed.
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    engine = create_async_engine(_sqlalchemy_url(dsn), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


def _run(connection: "Connection") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _sqlalchemy_url(dsn: str) -> str:
    scheme, rest = dsn.split("://", 1)
    return f"postgresql+asyncpg://{rest}" if scheme.startswith("postgres") else dsn
