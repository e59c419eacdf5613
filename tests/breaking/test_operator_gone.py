"""An operator who vanishes keeps conversations for a grace period only."""

import asyncio

import pytest

from tests.breaking.settings import GRACE_SECONDS
from tests.protocol.clients import SubscriberClient
from tests.protocol.stage import Stage

pytestmark = pytest.mark.breaking


def place_of(subscriber: SubscriberClient) -> int:
    """The place in the queue that a subscriber was told last."""
    places = [moment["position"] for moment in subscriber.moments if moment["type"] == "queue"]
    return int(places[-1]) if places else 0


async def test_conversation_returns_to_the_queue_with_its_place(stage: Stage) -> None:
    vanishing, other = await stage.operator(), await stage.operator()
    subscriber, conversation = await stage.waiting()
    since = (await vanishing.see_waiting(conversation))["since"]
    await vanishing.accept(conversation)
    await subscriber.reach("assigned")
    later, _ = await stage.waiting()
    vanishing.cut()
    await vanishing.stop()
    await asyncio.sleep(GRACE_SECONDS * 0.5)
    assert subscriber.state == "assigned"
    await subscriber.say("ви ще тут?")
    await subscriber.reach("queued", within=GRACE_SECONDS * 1.5)
    entry = await other.see_waiting(conversation)
    assert entry["since"] == since
    await later.until(lambda: place_of(later) == subscriber.log[-1]["position"] + 1)
    await other.accept(conversation)
    await subscriber.reach("assigned")
    await other.send(conversation, "тепер з вами я")
    await subscriber.hear("тепер з вами я")
    assert subscriber.violations == []


async def test_operator_back_in_time_keeps_everything(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    operator.cut()
    await operator.stop()
    await subscriber.say("поки вас не було")
    await asyncio.sleep(GRACE_SECONDS * 0.4)
    await operator.start()
    await operator.hear(conversation, "поки вас не було")
    await asyncio.sleep(GRACE_SECONDS)
    await operator.send(conversation, "я повернувся")
    await subscriber.hear("я повернувся")
    states = [event["state"] for event in subscriber.log if event["kind"] == "state"]
    assert states == ["queued", "assigned"]
