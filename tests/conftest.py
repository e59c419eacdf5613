"""Real engines and the whole real system for the tests."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest
import redis.asyncio

os.environ["ABONENT_ENV_FILE"] = os.devnull

from tests.engines import EngineSession, clone_database, drop_database
from tests.system import System

_WHOLE_SYSTEM = {"protocol", "bench", "browser", "breaking"}


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineSession]:
    started = EngineSession(tmp_path_factory.mktemp("engines"))
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="session")
def postgres_dsn(engines: EngineSession) -> str:
    """Address of the session's PostgreSQL, an empty database of the embedded kind."""
    return engines.postgres_dsn


@pytest.fixture
async def database(postgres_dsn: str) -> AsyncIterator[str]:
    """Address of an empty database of this test's own."""
    dsn = await clone_database(postgres_dsn, template="template1")
    yield dsn
    await drop_database(postgres_dsn, dsn)


@pytest.fixture
async def redis_dsn(engines: EngineSession) -> str:
    """Address of the session's Valkey, emptied for this test."""
    async with redis.asyncio.from_url(engines.redis_dsn) as client:
        await client.flushall()
    return engines.redis_dsn


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The whole system, running; whoever breaks it waits until it is whole again."""
    whole = System(tmp_path_factory.mktemp("system") / "data")
    try:
        whole.start()
        yield whole
    finally:
        whole.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Play what a busy machine can spoil once more before it counts as failed.

    Whole systems, browsers and killed processes run against the clock; whatever is really broken
    fails twice. Tests of single parts get no second chance.
    """
    for item in items:
        if _WHOLE_SYSTEM & set(item.path.parts):
            item.add_marker(pytest.mark.flaky(reruns=1, reruns_delay=2))
