"""Run one measurement: its task on standard input, its figures on standard output.

Usage: python -m bench.load idle | bot | answers | relay | queue
"""

import sys
from collections.abc import Awaitable, Callable

import msgspec
import uvloop

from bench.figures import Figure
from bench.load import answers, bot, idle, queue, relay
from bench.plan import Task

Measurement = Callable[[Task], Awaitable[list[Figure]]]

MEASUREMENTS: dict[str, Measurement] = {
    "idle": idle.measure,
    "bot": bot.measure,
    "answers": answers.measure,
    "relay": relay.measure,
    "queue": queue.measure,
}


def main() -> None:
    """Measure, and write the figures."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    measure = MEASUREMENTS[sys.argv[1]]
    figures = uvloop.run(_measured(measure, task))
    sys.stdout.buffer.write(msgspec.json.encode(figures))


async def _measured(measure: Measurement, task: Task) -> list[Figure]:
    return await measure(task)


if __name__ == "__main__":
    main()
