"""A bot that hangs or is gone never leaves a subscriber without an answer."""

import time

import pytest

from tests.breaking.breakage import frozen, kill
from tests.protocol.clients import SubscriberClient
from tests.protocol.stage import Stage
from tests.system import System

pytestmark = pytest.mark.breaking

PROMISED_SECONDS = 6.5


async def assert_handed_over(subscriber: SubscriberClient) -> None:
    """A question is stored at once, and goes to the queue in time, with honest words."""
    started = time.monotonic()
    await subscriber.say("скільки грошей на рахунку?", within=2)
    await subscriber.reach("queued", within=PROMISED_SECONDS - (time.monotonic() - started))
    state = next(event for event in subscriber.log if event.get("state") == "queued")
    assert state["reason"] == "bot_failure"


async def test_question_to_a_hanging_bot_goes_to_the_queue(stage: Stage, system: System) -> None:
    operator = await stage.operator()
    subscriber = await stage.subscriber()
    async with frozen(system, "bot"):
        await assert_handed_over(subscriber)
        conversation = subscriber.conversation or ""
        entry = await operator.see_waiting(conversation)
        assert entry["reason"] == "bot_failure"
        await operator.accept(conversation)
        await operator.send(conversation, "бот захворів, відповім я")
        await subscriber.hear("бот захворів, відповім я")
    spoken = subscriber.texts("bot", "system")
    assert len(spoken) == len(set(spoken))


async def test_late_answer_of_the_bot_is_not_said(stage: Stage, system: System) -> None:
    subscriber = await stage.subscriber()
    async with frozen(system, "bot"):
        await assert_handed_over(subscriber)
        before = subscriber.texts("bot")
    again = await stage.subscriber()
    await again.say("привіт")
    await again.until(lambda: again.texts("bot"))
    assert subscriber.texts("bot") == before
    assert subscriber.state == "queued"


async def test_bot_is_asked_again_once_it_is_back(stage: Stage, system: System) -> None:
    subscriber = await stage.subscriber()
    await kill(system, "bot")
    await subscriber.say("привіт")
    await subscriber.until(lambda: subscriber.texts("bot"))
    assert subscriber.state == "bot"
