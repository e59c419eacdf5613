"""Giving a conversation to another operator, or to whoever has a skill."""

import pytest

from tests.protocol.clients import OperatorClient
from tests.protocol.sockets import Frame
from tests.protocol.stage import Stage
from tests.protocol.test_desk import assert_refused


async def test_transfer_to_an_operator_is_at_once(stage: Stage) -> None:
    one, other = await stage.operator(), await stage.operator()
    subscriber, conversation = await stage.talking(one)
    await one.command("transfer", conversation=conversation, to={"operator": other.id})
    await other.until(lambda: other.events_of(conversation, "state"), within=3)
    await other.send(conversation, "тепер я")
    await subscriber.hear("тепер я")
    await assert_refused(one, "not_yours", "send", conversation=conversation, id="x", text="ні")
    assert subscriber.state == "assigned"
    assert subscriber.violations == []


async def test_transfer_over_capacity_is_refused(stage: Stage) -> None:
    one, other = await stage.operator(), await stage.operator(capacity=1)
    await stage.talking(other)
    subscriber, conversation = await stage.talking(one)
    to = {"operator": other.id}
    await assert_refused(one, "capacity", "transfer", conversation=conversation, to=to)
    await one.send(conversation, "лишилося в мене")
    await subscriber.hear("лишилося в мене")


async def test_transfer_to_who_is_not_there_is_refused(stage: Stage) -> None:
    one, other = await stage.operator(), await stage.away_operator()
    _, conversation = await stage.talking(one)
    to: Frame = {"operator": other.id}
    await assert_refused(one, "not_online", "transfer", conversation=conversation, to=to)
    to = {"operator": "no-such-operator"}
    await assert_refused(one, "not_found", "transfer", conversation=conversation, to=to)


@pytest.mark.parametrize("to", [None, {}, "anna", {"operator": 5}, {"skill": ""}, {"skill": None}])
async def test_transfer_to_nobody_is_refused(stage: Stage, to: object) -> None:
    one = await stage.operator()
    _, conversation = await stage.talking(one)
    await assert_refused(one, "invalid", "transfer", conversation=conversation, to=to)


async def test_transfer_to_a_skill_goes_to_the_queue(stage: Stage) -> None:
    one, skilled = await stage.operator(), await stage.operator(skill="roaming")
    subscriber, conversation = await stage.talking(one)
    await one.command("transfer", conversation=conversation, to={"skill": "roaming"})
    await subscriber.reach("queued", within=3)
    await skilled.until(lambda: skill_asked_for(skilled, conversation) == "roaming", within=3)
    await skilled.accept(conversation)
    await subscriber.reach("assigned", within=3)


def skill_asked_for(operator: OperatorClient, conversation: str) -> object:
    """The skill that a waiting conversation's entry names."""
    return operator.queue.get(conversation, {}).get("skill")
