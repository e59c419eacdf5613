"""One slow or hostile client delays nobody, and does not fill the memory."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import psutil
import pytest

from tests.breaking.hostile import RawSocket, raw_socket
from tests.breaking.traffic import Relayed, relayed
from tests.protocol.sockets import Frame
from tests.protocol.stage import Stage
from tests.system import System

pytestmark = pytest.mark.breaking

FLOOD = 100_000
NORMAL_SECONDS = 1.0
GROWTH_BYTES = 120_000_000
HELLO: Frame = {"type": "hello", "visitor": None, "after": 0, "locale": "uk"}


def memory(system: System) -> int:
    """What the gateway and the desk hold in memory."""
    pids = system.pids()
    return sum(psutil.Process(pids[name]).memory_info().rss for name in ("gateway", "desk"))


async def delays(talk: Relayed, count: int) -> list[float]:
    """How long each of so many messages takes to reach the other side."""
    taken = []
    for number in range(count):
        started = time.monotonic()
        text = f"слово {started} {number}"
        await talk.operator.send(talk.conversation, text)
        await talk.subscriber.hear(text)
        taken.append(time.monotonic() - started)
        await asyncio.sleep(0.1)
    return taken


@contextlib.asynccontextmanager
async def chat(stage: Stage) -> AsyncIterator[RawSocket]:
    """A hostile visitor, welcomed like any other."""
    socket = await raw_socket(f"{stage.site}/chat")
    await socket.write(HELLO)
    try:
        yield socket
    finally:
        socket.close()


FRAMES: list[Frame] = [
    {"type": "message", "id": "same", "text": "флуд"},
    {"type": "typing", "text": "флуд"},
    {"type": "nonsense"},
    {"type": "human"},
    {"type": "hello", "visitor": None, "after": 0},
    {"type": "rate", "score": 1},
]


@pytest.mark.parametrize("frame", FRAMES, ids=[str(frame["type"]) for frame in FRAMES])
@pytest.mark.parametrize("reads", [True, False], ids=["reading", "not-reading"])
async def test_flood_delays_nobody(stage: Stage, system: System, frame: Frame, reads: bool) -> None:
    talk = await relayed(stage, await stage.operator())
    before = memory(system)
    async with chat(stage) as socket:
        reading = asyncio.create_task(socket.read_all() if reads else asyncio.sleep(0))
        flood = asyncio.create_task(socket.write(frame, FLOOD))
        taken = await delays(talk, 15)
        flood.cancel()
        reading.cancel()
    assert sorted(taken)[-2] < NORMAL_SECONDS, taken
    assert memory(system) - before < GROWTH_BYTES
    assert len(talk.subscriber.log) == 17


async def test_visitor_who_never_reads_delays_nobody(stage: Stage, system: System) -> None:
    operator = await stage.operator()
    victim, conversation = await stage.talking(operator)
    talk = await relayed(stage, operator)
    before = memory(system)
    socket = await raw_socket(f"{stage.site}/chat")
    await socket.write({**HELLO, "visitor": victim.visitor})
    for number in range(300):
        await operator.send(conversation, f"{number} " + "я" * 15_000)
    taken = await delays(talk, 10)
    assert sorted(taken)[-2] < NORMAL_SECONDS, taken
    assert memory(system) - before < GROWTH_BYTES
    await victim.until(lambda: len(victim.log) == 302)
    assert victim.violations == []
    socket.close()


async def test_operator_who_never_reads_delays_nobody(stage: Stage, system: System) -> None:
    account = await stage.account()
    busy = await stage.operator_of(account)
    await busy.go("online", capacity=20)
    subscriber, conversation = await stage.talking(busy)
    talk = await relayed(stage, await stage.operator())
    before = memory(system)
    socket = await raw_socket(stage.desk, cookie=account.cookie)
    await socket.write({"type": "hello", "ref": "h", "after": None})
    for number in range(300):
        await busy.send(conversation, f"{number} " + "я" * 15_000)
    taken = await delays(talk, 10)
    assert sorted(taken)[-2] < NORMAL_SECONDS, taken
    assert memory(system) - before < GROWTH_BYTES
    await subscriber.until(lambda: len(subscriber.log) == 302)
    socket.close()


async def test_operator_who_floods_the_desk_delays_nobody(stage: Stage, system: System) -> None:
    account = await stage.account()
    talk = await relayed(stage, await stage.operator())
    before = memory(system)
    socket = await raw_socket(stage.desk, cookie=account.cookie)
    await socket.write({"type": "hello", "ref": "h", "after": None})
    flood = asyncio.create_task(
        socket.write({"type": "history", "ref": "r", "conversation": talk.conversation}, FLOOD)
    )
    taken = await delays(talk, 15)
    flood.cancel()
    socket.close()
    assert sorted(taken)[-2] < NORMAL_SECONDS, taken
    assert memory(system) - before < GROWTH_BYTES
