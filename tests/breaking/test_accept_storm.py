"""Many operators after the same conversations: one owner each, and no one over capacity."""

import asyncio
import random

import pytest

from tests.protocol.clients import OperatorClient, Refused
from tests.protocol.sockets import DeskSocket
from tests.protocol.stage import Account, Stage

pytestmark = pytest.mark.breaking


async def crowd(stage: Stage, count: int, capacity: int) -> dict[OperatorClient, Account]:
    """So many operators online, each of one capacity."""
    operators = {}
    for _ in range(count):
        account = await stage.account()
        operator = await stage.operator_of(account)
        await operator.go("online", capacity=capacity)
        operators[operator] = account
    return operators


async def outcome(operator: OperatorClient, conversation: str) -> str:
    """What becomes of an accept: `ok` or the code of its refusal."""
    await asyncio.sleep(random.random() * 0.02)
    try:
        await operator.accept(conversation)
    except Refused as refused:
        return refused.code
    return "ok"


async def holdings(stage: Stage, accounts: list[Account]) -> list[set[str]]:
    """What each operator holds, as told to one who comes anew."""
    held = []
    for account in accounts:
        async with DeskSocket(stage.desk, account.cookie) as desk:
            welcome = await desk.ask("hello", after=None)
        held.append({one["conversation"] for one in welcome["conversations"]})
    return held


@pytest.mark.parametrize(("operators", "waiting", "capacity"), [(2, 8, 5), (5, 10, 1), (10, 12, 3)])
async def test_one_owner_each_and_nobody_over_capacity(
    stage: Stage, operators: int, waiting: int, capacity: int
) -> None:
    people = await crowd(stage, operators, capacity)
    talks = dict([(await stage.waiting())[::-1] for _ in range(waiting)])
    tries = [(operator, conversation) for operator in people for conversation in talks] * 2
    random.shuffle(tries)
    codes = await asyncio.gather(*(outcome(*one) for one in tries))
    assert set(codes) <= {"ok", "taken", "capacity"}
    held = await holdings(stage, list(people.values()))
    assert all(len(one) <= capacity for one in held)
    taken = [conversation for one in held for conversation in one]
    assert len(taken) == len(set(taken)) == min(waiting, operators * capacity)
    for conversation, subscriber in talks.items():
        if conversation in taken:
            await subscriber.reach("assigned")
        states = [event["state"] for event in subscriber.log if event["kind"] == "state"]
        assert states == ["queued", "assigned"][: 1 + (conversation in taken)]


async def test_capacity_holds_against_accepts_and_transfers_together(stage: Stage) -> None:
    people = await crowd(stage, 4, 3)
    givers, receiver = list(people)[:3], list(people)[3]
    for giver in givers:
        for _ in range(3):
            await stage.talking(giver)
    waiting = [(await stage.waiting())[1] for _ in range(5)]
    transfers = [
        giver.command("transfer", conversation=conversation, to={"operator": receiver.id})
        for giver in givers
        for conversation in giver.held()
    ]
    accepts = [outcome(receiver, conversation) for conversation in waiting]
    answers = await asyncio.gather(*transfers, *accepts, return_exceptions=True)
    codes = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert set(codes) == {"capacity"}
    held = await holdings(stage, list(people.values()))
    assert len(held[3]) == 3
    assert len({conversation for one in held for conversation in one}) == sum(map(len, held))


async def test_subscriber_who_leaves_while_being_accepted_is_in_one_place(stage: Stage) -> None:
    people = await crowd(stage, 2, 50)
    for _ in range(10):
        subscriber, conversation = await stage.waiting()
        leaving = asyncio.create_task(subscriber.command("leave_queue"))
        codes = await asyncio.gather(*(outcome(operator, conversation) for operator in people))
        await leaving
        await subscriber.say("де я?")
        held = await holdings(stage, list(people.values()))
        owners = sum(conversation in one for one in held)
        assert owners == (subscriber.state == "assigned")
        assert codes.count("ok") <= 1
        assert subscriber.violations == []
