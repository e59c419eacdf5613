"""An operator's way back: all past the cursor said, and snapshots that agree with the changes."""

import asyncio

import pytest

from tests.protocol.clients import OperatorClient, SubscriberClient
from tests.protocol.sockets import DeskSocket
from tests.protocol.stage import Stage


async def test_nothing_is_missed_while_away(stage: Stage) -> None:
    operator = await stage.operator()
    talks = [await stage.talking(operator) for _ in range(3)]
    cursor = operator.cursor
    await operator.stop()
    for number in range(5):
        for subscriber, _ in talks:
            await subscriber.say(f"поки вас не було {number}")
    await operator.start()
    for _, conversation in talks:
        await operator.hear(conversation, "поки вас не було 4")
        assert operator.texts(conversation) == [f"поки вас не було {n}" for n in range(5)]
    assert operator.cursor != cursor
    assert operator.violations == []


async def test_who_comes_back_at_the_last_cursor_gets_nothing(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await subscriber.say("останнє")
    await operator.until(lambda: operator.texts(conversation))
    await operator.stop()
    async with DeskSocket(stage.desk, (await stage.account()).cookie) as other:
        await other.ask("hello", after=None)
    await operator.start()
    await asyncio.sleep(0.5)
    assert operator.texts(conversation) == ["останнє"]
    assert operator.violations == []


async def test_welcome_tells_of_ones_own_conversations(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await subscriber.say("тут")
    await operator.until(lambda: operator.texts(conversation))
    operator.cut()
    await operator.until(lambda: operator.connections == 2)
    own = operator.own[conversation]
    assert own["state"] == "assigned"
    assert own["seq"] == len(subscriber.log)


@pytest.mark.parametrize("cursor", ["no-such-cursor", "999999999-999999999", "", "0", "-1--1"])
async def test_unknown_cursor_harms_nobody(stage: Stage, cursor: str) -> None:
    cookie = (await stage.account()).cookie
    async with DeskSocket(stage.desk, cookie) as desk:
        answer = await desk.ask("hello", after=cursor)
        if answer["type"] == "error":
            assert answer["code"] == "invalid"
            answer = await desk.ask("hello", after=None)
        assert answer["type"] == "welcome"


async def chat_at_length(subscriber: SubscriberClient, messages: int) -> list[str]:
    """Say so many things, a few a second; return them."""
    said = [f"{subscriber.conversation}: {number}" for number in range(messages)]
    for text in said:
        await subscriber.say(text)
        await asyncio.sleep(0.2)
    return said


async def cut_again_and_again(operator: OperatorClient) -> None:
    """Lose the operator's connection five times a second."""
    while True:
        await asyncio.sleep(0.2)
        operator.cut()


async def test_nothing_is_missed_or_doubled_over_many_lost_connections(stage: Stage) -> None:
    operator = await stage.operator()
    talks = [await stage.talking(operator) for _ in range(10)]
    cutting = asyncio.create_task(cut_again_and_again(operator))
    said = await asyncio.gather(*(chat_at_length(subscriber, 25) for subscriber, _ in talks))
    cutting.cancel()
    for (_, conversation), texts in zip(talks, said, strict=True):
        await operator.hear(conversation, texts[-1])
        assert operator.texts(conversation) == texts
    assert operator.connections > 10
    assert operator.violations == []


async def test_answers_survive_lost_connections(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    cutting = asyncio.create_task(cut_again_and_again(operator))
    said = [f"відповідь {number}" for number in range(50)]
    for text in said:
        await operator.send(conversation, text)
        await asyncio.sleep(0.03)
    cutting.cancel()
    await subscriber.hear(said[-1])
    assert subscriber.texts("operator") == said
    assert subscriber.violations == operator.violations == []


async def test_two_windows_of_one_operator_both_see_all(stage: Stage) -> None:
    account = await stage.account()
    one = await stage.operator_of(account)
    other = await stage.operator_of(account)
    await one.go("online")
    subscriber, conversation = await stage.talking(one)
    await subscriber.say("видно всім")
    for window in (one, other):
        await window.hear(conversation, "видно всім")
    await other.send(conversation, "з другого вікна")
    await subscriber.hear("з другого вікна")
    await one.until(lambda: one.texts(conversation, "operator") == ["з другого вікна"], within=3)


async def test_snapshot_and_changes_equal_a_fresh_snapshot(stage: Stage) -> None:
    watching = await stage.operator()
    worker = await stage.operator()
    waiting = [await stage.waiting() for _ in range(6)]
    for number, (subscriber, conversation) in enumerate(waiting):
        await watching.see_waiting(conversation)
        if number % 3 == 0:
            await worker.accept(conversation)
        elif number % 3 == 1:
            await subscriber.command("leave_queue")
        else:
            await subscriber.say("я ще чекаю")
    for number, (_, conversation) in enumerate(waiting):
        if number % 3 < 2:
            await watching.see_gone(conversation)
    await asyncio.sleep(0.5)
    fresh = await stage.operator()
    assert watching.queue == fresh.queue
