"""Each process killed while twenty conversations run: nothing is lost, nothing is doubled."""

import asyncio

import pytest

from tests.breaking.breakage import kill
from tests.breaking.traffic import Asking, Relayed, asking, relayed, usual_answers
from tests.protocol.clients import OperatorClient
from tests.protocol.stage import Stage
from tests.system import System

pytestmark = pytest.mark.breaking

RELAYED = 10
ASKING = 10
OPERATORS = 2


@pytest.mark.parametrize(
    "name", ["gateway", "desk", "bot", "actions", "sandbox", "postgres", "valkey"]
)
async def test_killed_process_loses_and_doubles_nothing(
    stage: Stage, system: System, name: str
) -> None:
    usual = await usual_answers(stage)
    operators = [await stage.operator() for _ in range(OPERATORS)]
    talks = [await relayed(stage, operators[n % OPERATORS]) for n in range(RELAYED)]
    askers = [await asking(stage) for _ in range(ASKING)]
    await play_while_killing(system, name, [*talks, *askers])
    for talk in talks:
        await talk.verify()
    for asker in askers:
        await asker.verify(usual)
    await assert_one_owner(operators, {talk.conversation for talk in talks})
    subscriber = await stage.subscriber()
    await subscriber.say("привіт")
    await subscriber.until(lambda: subscriber.texts("bot"), within=10)


async def play_while_killing(
    system: System, name: str, conversations: list[Relayed | Asking]
) -> None:
    """Let all conversations run, kill a process, and go on for a while after it is back."""
    stopped = asyncio.Event()
    running = [asyncio.create_task(one.go_on(stopped)) for one in conversations]
    await asyncio.sleep(1.5)
    await kill(system, name)
    await asyncio.sleep(2)
    stopped.set()
    await asyncio.gather(*running)


async def assert_one_owner(operators: list[OperatorClient], conversations: set[str]) -> None:
    """Each conversation is one operator's, as the desk tells those who come anew."""
    held: list[str] = []
    for operator in operators:
        operator.cut()
        before = operator.connections
        await operator.until(lambda o=operator, n=before: o.connections > n)  # type: ignore[misc]
        held += list(operator.own)
    assert sorted(held) == sorted(conversations)
