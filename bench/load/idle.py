"""What an idle subscriber costs: memory of the gateway for each open chat."""

import asyncio

from bench import processes
from bench.figures import KILOBYTES, Beside, Figure
from bench.people import SOCKETS_AN_ADDRESS, arrive_many, sessions
from bench.plan import Task
from bench.wire import Wire

_WARM_UP = 20
_SETTLE_SECONDS = 1.0


async def measure(task: Task) -> list[Figure]:
    """Open many chats, and as many sockets of the bare echo."""
    count = task.plan.idle_sockets
    chat = await _chat_bytes(task, count)
    echo = await _echo_bytes(task, count)
    return [
        Figure(
            part="sockets",
            name=f"memory a chat, {count:,} idle",
            unit=KILOBYTES,
            measured=_kilobytes(chat, count),
            beside=Beside("bare echo", _kilobytes(echo, count)),
        )
    ]


async def _chat_bytes(task: Task, count: int) -> int:
    async with sessions(count) as clients:
        for subscriber in await arrive_many(clients, task, _WARM_UP):
            await subscriber.wire.close()
        before = await _settled(task.gateway_pid)
        subscribers = await arrive_many(clients, task, count)
        after = await _settled(task.gateway_pid)
        await _leave([subscriber.wire for subscriber in subscribers])
    return after - before


async def _echo_bytes(task: Task, count: int) -> int:
    async with sessions(count) as clients:
        for _ in range(_WARM_UP):
            await (await Wire.open(clients[0], task.echo)).close()
        before = await _settled(task.echo_pid)
        wires = [
            await Wire.open(clients[at // SOCKETS_AN_ADDRESS], task.echo) for at in range(count)
        ]
        after = await _settled(task.echo_pid)
        await _leave(wires)
    return after - before


async def _settled(pid: int) -> int:
    await asyncio.sleep(_SETTLE_SECONDS)
    return processes.own_rss(pid)


async def _leave(wires: list[Wire]) -> None:
    await asyncio.gather(*(wire.close() for wire in wires))


def _kilobytes(held: int, count: int) -> float:
    return round(held / count / 1000, 1)
