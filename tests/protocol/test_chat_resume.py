"""Coming back: nothing is missed and nothing is seen twice."""

import asyncio

import pytest

from tests.protocol.clients import SubscriberClient
from tests.protocol.sockets import ChatSocket, Frame
from tests.protocol.stage import Stage


async def a_long_conversation(stage: Stage, messages: int = 8) -> SubscriberClient:
    """A subscriber who has talked with an operator for a while."""
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    for number in range(messages // 2):
        await subscriber.say(f"питання {number}")
        await operator.send(conversation, f"відповідь {number}")
    await subscriber.until(lambda: len(subscriber.log) == messages + 2)
    return subscriber


async def events_after(stage: Stage, **fields: object) -> tuple[Frame, list[Frame]]:
    """What comes after a hello, until all that the welcome promised is there."""
    async with ChatSocket(stage.site) as socket:
        welcome = await socket.greet(**fields)
        events: list[Frame] = []
        while not events or events[-1]["seq"] < welcome["seq"]:
            events.append(await socket.receive_until("event"))
        assert await socket.drain(0.2) == []
    return welcome, events


@pytest.mark.parametrize("after", [0, 1, 5, 9])
async def test_all_past_the_last_seen_comes_in_order(stage: Stage, after: int) -> None:
    subscriber = await a_long_conversation(stage)
    welcome, events = await events_after(
        stage, visitor=subscriber.visitor, after=after, conversation=subscriber.conversation
    )
    assert welcome["seq"] == 10
    assert events == subscriber.log[after:]


async def test_who_saw_all_gets_nothing(stage: Stage) -> None:
    subscriber = await a_long_conversation(stage)
    async with ChatSocket(stage.site) as socket:
        welcome = await socket.greet(
            visitor=subscriber.visitor,
            after=len(subscriber.log),
            conversation=subscriber.conversation,
        )
        assert welcome["seq"] == len(subscriber.log)
        assert await socket.drain(0.5) == []


@pytest.mark.parametrize("after", [11, 1_000, 2**31, 2**53])
async def test_too_large_a_number_counts_as_none(stage: Stage, after: int) -> None:
    subscriber = await a_long_conversation(stage)
    _, events = await events_after(
        stage, visitor=subscriber.visitor, after=after, conversation=subscriber.conversation
    )
    assert events == subscriber.log


async def test_number_of_another_conversation_counts_as_none(stage: Stage) -> None:
    subscriber = await a_long_conversation(stage)
    _, events = await events_after(
        stage, visitor=subscriber.visitor, after=5, conversation="no-such-conversation"
    )
    assert events == subscriber.log


async def test_conversation_of_somebody_else_stays_closed_to_one(stage: Stage) -> None:
    subscriber = await a_long_conversation(stage)
    async with ChatSocket(stage.site) as socket:
        welcome = await socket.greet(after=2, conversation=subscriber.conversation)
        assert welcome["conversation"] != subscriber.conversation
        assert welcome["seq"] == 0
        assert await socket.drain(0.3) == []


async def test_after_without_a_conversation_is_of_the_present_one(stage: Stage) -> None:
    subscriber = await a_long_conversation(stage)
    _, events = await events_after(stage, visitor=subscriber.visitor, after=7)
    assert events == subscriber.log[7:]


async def test_number_of_the_closed_conversation_is_not_taken_for_the_new_one(
    stage: Stage,
) -> None:
    operator = await stage.operator()
    subscriber, first = await stage.talking(operator)
    await operator.command("close", conversation=first, disposition="solved")
    await subscriber.reach("closed")
    other = await stage.subscriber(visitor=subscriber.visitor)
    await subscriber.stop()
    await other.command("human")
    await other.say("нова розмова")
    async with ChatSocket(stage.site) as socket:
        welcome = await socket.greet(visitor=subscriber.visitor, after=2, conversation=first)
        assert welcome["conversation"] == other.conversation
        frames = await socket.drain(0.5)
    seen = [frame["seq"] for frame in frames if frame["type"] == "event"]
    assert seen[: len(other.log)] == [event["seq"] for event in other.log]


async def test_nothing_is_missed_over_many_lost_connections(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    said = [f"повідомлення {number}" for number in range(60)]

    async def cut_again_and_again() -> None:
        while True:
            await asyncio.sleep(0.11)
            subscriber.cut()

    cutting = asyncio.create_task(cut_again_and_again())
    for text in said:
        await operator.send(conversation, text)
        await asyncio.sleep(0.02)
    cutting.cancel()
    await subscriber.hear(said[-1])
    assert subscriber.connections > 5
    assert subscriber.texts("operator") == said
    assert subscriber.violations == []


async def test_what_was_written_while_offline_is_stored_once_in_order(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    said = [f"з тунелю {number}" for number in range(15)]
    for number, text in enumerate(said):
        await subscriber.post(text, id_=f"tunnel-{number}")
        if number % 3 == 0:
            subscriber.cut()
    await subscriber.until(lambda: not subscriber.unacknowledged)
    assert subscriber.connections > 1
    assert subscriber.texts("subscriber") == said
    await operator.until(lambda: len(operator.texts(conversation)) == len(said))
    assert operator.texts(conversation) == said
    assert subscriber.violations == operator.violations == []
