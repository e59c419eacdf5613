"""Valkey emptied, frozen, killed; PostgreSQL killed and frozen: what goes on, what is kept."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import asyncpg
import pytest
import redis.asyncio

from tests.breaking.breakage import frozen, kill
from tests.breaking.settings import WHOLE_SECONDS
from tests.breaking.traffic import Relayed, relayed
from tests.protocol.sockets import DeskSocket
from tests.protocol.stage import Stage
from tests.system import System

pytestmark = pytest.mark.breaking

DELIVERY_SECONDS = 3.0


async def slowest_relay(talk: Relayed, seconds: float) -> float:
    """Write both ways for a while; the longest that a message took to reach the other side."""
    slowest, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        started = time.monotonic()
        talk.asked.append(f"питання {len(talk.asked)}")
        await talk.subscriber.post(talk.asked[-1])
        await talk.operator.hear(talk.conversation, talk.asked[-1], within=20)
        talk.answered.append(f"відповідь {len(talk.answered)}")
        await talk.operator.send(talk.conversation, talk.answered[-1])
        await talk.subscriber.hear(talk.answered[-1], within=20)
        slowest = max(slowest, time.monotonic() - started)
        await asyncio.sleep(0.25)
    return slowest


async def test_delivery_goes_on_while_valkey_is_emptied(stage: Stage, system: System) -> None:
    talk = await relayed(stage, await stage.operator())
    delivery = asyncio.create_task(slowest_relay(talk, 5))
    async with redis.asyncio.from_url(system.settings.redis_dsn) as client:
        for _ in range(10):
            await asyncio.sleep(0.3)
            await client.flushall()
    assert await delivery < 2 * DELIVERY_SECONDS
    await talk.verify()


async def test_delivery_goes_on_while_valkey_is_killed(stage: Stage, system: System) -> None:
    talk = await relayed(stage, await stage.operator())
    delivery = asyncio.create_task(slowest_relay(talk, 8))
    await asyncio.sleep(0.5)
    await kill(system, "valkey")
    assert await delivery < 2 * DELIVERY_SECONDS
    await talk.verify()


async def test_delivery_goes_on_while_valkey_hangs(stage: Stage, system: System) -> None:
    talk = await relayed(stage, await stage.operator())
    async with frozen(system, "valkey"):
        slowest = await slowest_relay(talk, 6)
        assert missing(system)
    assert slowest < 2 * DELIVERY_SECONDS
    await talk.verify()


async def test_session_and_visitor_outlive_valkey(stage: Stage, system: System) -> None:
    account = await stage.account()
    subscriber, conversation = await stage.waiting()
    async with redis.asyncio.from_url(system.settings.redis_dsn) as client:
        await client.flushall()
    async with DeskSocket(stage.desk, account.cookie) as desk:
        assert (await desk.ask("hello", after=None))["type"] == "welcome"
    again = await stage.subscriber(visitor=subscriber.visitor)
    assert again.conversation == conversation


@asynccontextmanager
async def no_storage(system: System) -> AsyncIterator[None]:
    """Every statement waits: another holds all tables, as a long migration would."""
    connection = await asyncpg.connect(system.settings.database_dsn)
    tables = await connection.fetch(
        "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    async with connection.transaction():
        names = ", ".join(table["name"] for table in tables)
        await connection.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
        yield
    await connection.close()


async def test_what_is_not_stored_is_not_acknowledged(stage: Stage, system: System) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    async with no_storage(system):
        id_ = await subscriber.post("чи збережено?")
        await asyncio.sleep(2)
        assert id_ in subscriber.unacknowledged
        assert operator.texts(conversation) == []
    await subscriber.acknowledged(id_, within=20)
    await operator.hear(conversation, "чи збережено?", within=20)
    assert operator.texts(conversation) == ["чи збережено?"]


async def test_what_was_acknowledged_outlives_postgres(stage: Stage, system: System) -> None:
    operator = await stage.operator()
    talks = [await stage.talking(operator) for _ in range(5)]
    for number in range(8):
        for subscriber, _ in talks:
            await subscriber.post(f"слово {number}")
    killing = asyncio.create_task(kill(system, "postgres"))
    for number in range(8, 12):
        await asyncio.sleep(0.3)
        for subscriber, _ in talks:
            await subscriber.post(f"слово {number}")
    await killing
    said = [f"слово {number}" for number in range(12)]
    for subscriber, conversation in talks:
        await subscriber.all_said(within=30)
        again = await stage.subscriber(visitor=subscriber.visitor)
        await again.caught_up(len(subscriber.log))
        assert again.texts("subscriber") == subscriber.texts("subscriber") == said
        await operator.hear(conversation, said[-1], within=20)
        assert operator.texts(conversation) == said
        assert subscriber.violations == operator.violations == []


async def test_system_says_what_is_missing(system: System) -> None:
    async with frozen(system, "valkey"):
        lacking = await asyncio.to_thread(missing, system)
    assert lacking == "503: valkey"
    async with frozen(system, "bot"):
        lacking = await asyncio.to_thread(missing, system)
    assert lacking == "503: bot"


async def test_everything_killed_at_once_is_whole_again(stage: Stage, system: System) -> None:
    account = await stage.account()
    operator = await stage.operator_of(account)
    await operator.go("online")
    subscriber, conversation = await stage.talking(operator)
    await subscriber.say("перед бурею")
    before = await asyncio.to_thread(system.pids)
    for name in before:
        await asyncio.to_thread(system.kill, name)
    id_ = await subscriber.post("під час бурі")
    for name, pid in before.items():
        await asyncio.to_thread(system.wait_until_started_again, name, pid, WHOLE_SECONDS)
    await asyncio.to_thread(system.wait_until_ready, WHOLE_SECONDS)
    await subscriber.acknowledged(id_, within=30)
    await operator.hear(conversation, "під час бурі", within=30)
    await operator.send(conversation, "після бурі")
    await subscriber.hear("після бурі")
    assert subscriber.texts("subscriber") == ["перед бурею", "під час бурі"]
    assert subscriber.violations == operator.violations == []


def missing(system: System) -> str:
    """What `/readyz` says is missing; empty if it is ready."""
    try:
        with urlopen(f"{system.url}/readyz", timeout=10):
            return ""
    except HTTPError as error:
        return f"{error.code}: {', '.join(json.loads(error.read())['missing'])}"


async def test_steady_writer_is_not_refused_after_the_storage_has_waited(
    stage: Stage, system: System
) -> None:
    operator = await stage.operator()
    subscriber, _ = await stage.talking(operator)
    said = [f"слово {number}" for number in range(32)]
    async with no_storage(system):
        for text in said:
            await subscriber.post(text)
            await asyncio.sleep(0.25)
    await subscriber.all_said(within=20)
    assert subscriber.refused == {}
    assert subscriber.texts("subscriber") == said
