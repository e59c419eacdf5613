"""A run from beginning to end: the system started twice, measured, and stopped."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from abonent.accounts import create_account
from abonent.engines.address import free_port, is_free
from abonent.lifeline import die_with_parent
from abonent.settings import ROOT
from bench import processes
from bench.figures import MEGABYTES, MILLISECONDS, SECONDS, Beside, Figure
from bench.plan import Account, Plan, Task
from handoff.domain.vocabulary import Role
from handoff.services.ports import NewOperator
from tests.system import System

Say = Callable[[str], None]

_MEASUREMENTS = {
    "idle": "idle sockets",
    "bot": "the bot's server",
    "answers": "the bot's answers",
    "relay": "operators and subscribers in conversation",
    "queue": "the queue on the operators' screens",
}
_ECHO_START_SECONDS = 20.0


class MeasurementFailed(Exception):
    """A process of the load generator ended without figures."""


def run(plan: Plan, folder: Path, say: Say) -> list[Figure]:
    """Measure everything on a system in ``folder``, which is stopped at the end."""
    system = System(folder)
    figures = [_first_start(system, say)]
    try:
        system.stop()
        figures.append(_started(system, "second start, data there", say))
        figures += _memory(system, "at rest")
        with _echo_server() as (echo_url, echo_pid):
            task = _task(plan, system, echo_url, echo_pid)
            for name, what in _MEASUREMENTS.items():
                say(f"Measuring {what}...")
                used = _processor_time(system)
                figures += _measured(name, task)
                if name == "relay":
                    figures += _used_since(system, used, plan)
        figures += _memory(system, "after the load")
    finally:
        system.stop()
    return figures


def _first_start(system: System, say: Say) -> Figure:
    try:
        return _started(system, "first start, model trained, no data yet", say)
    except BaseException:
        system.stop()
        raise


def _started(system: System, what: str, say: Say) -> Figure:
    say(f"Starting: {what}...")
    begun = time.monotonic()
    system.start()
    return Figure("ready", what, SECONDS, round(time.monotonic() - begun, 2))


def _memory(system: System, when: str) -> list[Figure]:
    """Memory by process, its children with it; what pages are shared is counted once."""
    part = f"memory {when}"
    held = {name: processes.held(pid) for name, pid in sorted(system.pids().items())}
    return [
        *(
            Figure(part, name, MEGABYTES, one.pss, Beside("RSS", one.rss, is_yardstick=False))
            for name, one in held.items()
        ),
        Figure(part, "all of them", MEGABYTES, round(sum(one.pss for one in held.values()), 1)),
    ]


def _processor_time(system: System) -> dict[str, float]:
    return {name: processes.cpu_seconds(pid) for name, pid in sorted(system.pids().items())}


def _used_since(system: System, before: dict[str, float], plan: Plan) -> list[Figure]:
    """What the relay has cost, by process, spread over its messages."""
    messages = plan.relay_messages_a_second * plan.relay_seconds
    return [
        Figure("processor time a relayed message", name, MILLISECONDS, round(cost * 1000, 2))
        for name, after in _processor_time(system).items()
        if (cost := (after - before[name]) / messages) > 0
    ]


def _task(plan: Plan, system: System, echo_url: str, echo_pid: int) -> Task:
    settings = system.settings
    return Task(
        plan=plan,
        site=f"http://127.0.0.1:{settings.port}",
        desk=f"ws://127.0.0.1:{settings.desk_port}/",
        echo=echo_url,
        bot=settings.rasa_url,
        bot_token=settings.rasa_token,
        gateway_pid=system.pids()["gateway"],
        echo_pid=echo_pid,
        accounts=_accounts(system, max(plan.relay_operators, plan.queue_operators)),
    )


def _accounts(system: System, count: int) -> tuple[Account, ...]:
    accounts = tuple(Account(f"bench{n}", f"password of bench{n}") for n in range(count))
    for account in accounts:
        create_account(
            system.settings, NewOperator(login=account.login, role=Role.OPERATOR), account.password
        )
    return accounts


def _measured(name: str, task: Task) -> list[Figure]:
    """Let a process of its own measure.

    Raises:
        MeasurementFailed: it ended without figures; the message has what it said.
    """
    result = subprocess.run(
        [sys.executable, "-m", "bench.load", name],
        cwd=ROOT,
        input=msgspec.json.encode(task),
        capture_output=True,
        check=False,
    )
    if result.returncode:
        raise MeasurementFailed(f"{name}:\n{result.stderr.decode(errors='replace')}")
    return msgspec.json.decode(result.stdout, type=list[Figure])


@contextmanager
def _echo_server() -> Iterator[tuple[str, int]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.echo", str(port)],
        cwd=ROOT,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - it only asks the kernel
    )
    try:
        give_up = time.monotonic() + _ECHO_START_SECONDS
        while is_free(port):
            if process.poll() is not None or time.monotonic() > give_up:
                raise MeasurementFailed("the bare echo server does not start")
            time.sleep(0.05)
        yield f"ws://127.0.0.1:{port}/echo", process.pid
    finally:
        process.kill()
        process.wait()
