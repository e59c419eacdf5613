"""The yardstick of the relay: messages that a bare server sends back, at the relay's pace."""

import asyncio
import time

from bench.figures import Spread, spread
from bench.people import sessions
from bench.plan import Task
from bench.wire import Frame, Wire


async def echo_times(task: Task) -> Spread:
    """Milliseconds to and fro, on as many sockets and at the same rate as the relay."""
    plan = task.plan
    count = round(plan.relay_messages_a_second * plan.echo_seconds)
    sent: dict[int, float] = {}
    took: dict[int, float] = {}

    def hear(frame: Frame, moment: float) -> None:
        took[frame["number"]] = moment - sent[frame["number"]]

    async with sessions(1) as (session,):
        wires = [await Wire.open(session, task.echo) for _ in range(plan.relay_conversations)]
        for wire in wires:
            wire.listen(hear)
        begun = time.perf_counter()
        for number in range(count):
            sent[number] = begun + number / plan.relay_messages_a_second
            await asyncio.sleep(sent[number] - time.perf_counter())
            frame = {"number": number, "text": "A message of ordinary length, sent back as it is."}
            await wires[number % len(wires)].send(frame)
        await asyncio.sleep(0.2)
        for wire in wires:
            await wire.close()
    return spread(list(took.values()), scale=1000)
