"""The queue as it moves: how soon each operator's screen has a subscriber who begins to wait."""

import asyncio
import time

import aiohttp

from bench.figures import MILLISECONDS, Figure, spread
from bench.people import Operator, arrive_many, sessions
from bench.plan import Task
from bench.wire import Frame

_PAUSE_SECONDS = 0.1
_LAST_ONES_SECONDS = 5.0


class Watch:
    """The moments at which operators saw conversations come into the queue."""

    def __init__(self) -> None:
        self.begun: dict[str, float] = {}
        self.seen: dict[str, list[float]] = {}

    def begin(self, conversation: str) -> None:
        """From now on the subscriber asks for a person."""
        self.begun[conversation] = time.perf_counter()
        self.seen[conversation] = []

    def hear(self, frame: Frame, moment: float) -> None:
        """Note what an operator is told of the queue."""
        if frame["type"] != "queue":
            return
        for entry in frame["added"]:
            if entry["conversation"] in self.begun:
                took = moment - self.begun[entry["conversation"]]
                self.seen[entry["conversation"]].append(took)


async def measure(task: Task) -> list[Figure]:
    """Let subscribers join the queue one by one while all operators look on."""
    watch, operators = Watch(), task.plan.queue_operators
    async with sessions(1) as (session,):
        await _look_on(session, task, watch)
        subscribers = await arrive_many([session], task, task.plan.queue_moves)
        for subscriber in subscribers:
            watch.begin(subscriber.conversation)
            await subscriber.join_queue()
            await asyncio.sleep(_PAUSE_SECONDS)
        await _wait_for_last(watch, operators)
        for subscriber in subscribers:
            await subscriber.leave_queue()
            await subscriber.wire.close()
    every = [took for seen in watch.seen.values() for took in seen]
    last = [max(seen) for seen in watch.seen.values() if seen]
    missed = len(subscribers) * operators - len(every)
    audience = f"{operators} operators"
    return [
        Figure("queue", f"on the screens of {audience}", MILLISECONDS, spread(every, scale=1000)),
        Figure("queue", "on the last of these screens", MILLISECONDS, spread(last, scale=1000)),
        Figure("queue", "updates that did not arrive", "", missed),
    ]


async def _look_on(session: aiohttp.ClientSession, task: Task, watch: Watch) -> None:
    for account in task.accounts[: task.plan.queue_operators]:
        operator = await Operator.arrive(session, task, account, capacity=1)
        operator.wire.listen(watch.hear)


async def _wait_for_last(watch: Watch, operators: int) -> None:
    give_up = time.perf_counter() + _LAST_ONES_SECONDS
    while any(len(seen) < operators for seen in watch.seen.values()):
        if time.perf_counter() > give_up:
            return
        await asyncio.sleep(0.05)
