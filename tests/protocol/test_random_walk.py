"""Whatever people do, the changes an operator is told of add up to a fresh snapshot."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable

import pytest

from tests.protocol.clients import OperatorClient, Refused, SubscriberClient
from tests.protocol.reconnecting import UNREACHABLE
from tests.protocol.sockets import DeskSocket, Frame
from tests.protocol.stage import Account, Stage

Snapshot = tuple[dict[str, Frame], set[str]]

STEPS = 120
LOSSES = {"taken", "capacity", "not_online", "not_yours", "not_found"}


async def refusable(move: Awaitable[object]) -> None:
    """Let a command be lost to another's, and to nothing else."""
    try:
        await move
    except Refused as refused:
        if refused.code not in LOSSES:
            raise


class Walk:
    """A few subscribers and operators who do one thing after another, by chance."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage = stage
        self.chance = random.Random(seed)
        self.subscribers: list[SubscriberClient] = []
        self.operators: list[OperatorClient] = []
        self.accounts: list[Account] = []
        self.said = 0

    async def enter(self) -> None:
        """Let everyone in."""
        self.subscribers = [await self.stage.subscriber() for _ in range(5)]
        for _ in range(3):
            self.accounts.append(await self.stage.account())
            operator = await self.stage.operator_of(self.accounts[-1])
            await operator.go("online", capacity=3)
            self.operators.append(operator)

    async def step(self) -> None:
        """Do one thing; losing a race or a connection is part of it."""
        moves: list[Callable[[], Awaitable[object]]] = [
            self.ask_for_person,
            self.ask_for_person,
            self.leave_queue,
            self.accept,
            self.accept,
            self.accept,
            self.write,
            self.answer,
            self.answer,
            self.close,
            self.give_back,
            self.transfer,
            self.note,
            self.change_status,
            self.lose_a_connection,
        ]
        with contextlib.suppress(*UNREACHABLE):
            await refusable(self.chance.choice(moves)())

    async def ask_for_person(self) -> None:
        await self.chance.choice(self.subscribers).command("human")

    async def leave_queue(self) -> None:
        await self.chance.choice(self.subscribers).command("leave_queue")

    async def write(self) -> None:
        subscriber = self.chance.choice(self.subscribers)
        if subscriber.state in ("queued", "assigned"):
            await subscriber.post(self.text())

    async def accept(self) -> None:
        operator = self.chance.choice(self.operators)
        if operator.queue:
            await operator.accept(self.chance.choice(list(operator.queue)))

    async def answer(self) -> None:
        operator, conversation = self.own()
        await operator.send(conversation, self.text())

    async def note(self) -> None:
        operator, conversation = self.own()
        await operator.command("note", conversation=conversation, id=self.text(), text=self.text())

    async def close(self) -> None:
        operator, conversation = self.own()
        await operator.command("close", conversation=conversation, disposition="solved")

    async def give_back(self) -> None:
        operator, conversation = self.own()
        await operator.command("return_to_bot", conversation=conversation)

    async def transfer(self) -> None:
        operator, conversation = self.own()
        other = self.chance.choice(self.operators)
        to = self.chance.choice([{"operator": other.id}, {"skill": "roaming"}])
        await operator.command("transfer", conversation=conversation, to=to)

    async def change_status(self) -> None:
        status = self.chance.choice(["online", "online", "away"])
        await self.chance.choice(self.operators).go(status, capacity=self.chance.randint(1, 4))

    async def lose_a_connection(self) -> None:
        self.chance.choice([*self.subscribers, *self.operators]).cut()

    def own(self) -> tuple[OperatorClient, str]:
        """An operator and a conversation that may be the operator's own."""
        operator = self.chance.choice(self.operators)
        conversations = [subscriber.conversation or "" for subscriber in self.subscribers]
        return operator, self.chance.choice(conversations)

    def text(self) -> str:
        """Something that has not been said yet."""
        self.said += 1
        return f"слово {self.said}"

    async def settle(self) -> None:
        """Wait until everyone is connected and has said all."""
        for client in [*self.subscribers, *self.operators]:
            await client.connected()
        for subscriber in self.subscribers:
            await subscriber.all_said()


async def fresh_snapshot(stage: Stage, account: Account) -> Snapshot:
    """The queue and the own conversations as told to one who opens another window."""
    async with DeskSocket(stage.desk, account.cookie) as desk:
        welcome = await desk.ask("hello", after=None)
    queue = {entry["conversation"]: entry for entry in welcome["queue"]}
    return queue, {one["conversation"] for one in welcome["conversations"]}


async def assert_agreement(walk: Walk) -> None:
    """Each operator's queue and conversations are soon those of a fresh snapshot."""
    for operator, account in zip(walk.operators, walk.accounts, strict=True):
        fresh = await fresh_snapshot(walk.stage, account)
        tries = 20
        while known_to(operator) != fresh and (tries := tries - 1):
            await asyncio.sleep(0.1)
            fresh = await fresh_snapshot(walk.stage, account)
        assert known_to(operator) == fresh


def known_to(operator: OperatorClient) -> Snapshot:
    """The queue and the own conversations as the changes told them."""
    return operator.queue, operator.held()


async def assert_one_owner(walk: Walk) -> None:
    """No conversation is of two operators."""
    held = [
        conversation
        for account in walk.accounts
        for conversation in (await fresh_snapshot(walk.stage, account))[1]
    ]
    assert len(held) == len(set(held))


async def assert_same_log(walk: Walk) -> None:
    """A subscriber who comes anew sees what the one who stayed has seen."""
    for subscriber in walk.subscribers:
        again = await walk.stage.subscriber(visitor=subscriber.visitor)
        await again.caught_up(len(subscriber.log))
        assert again.log == subscriber.log
        assert subscriber.violations == []


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_snapshot_and_changes_agree_after_a_random_walk(stage: Stage, seed: int) -> None:
    walk = Walk(stage, seed)
    await walk.enter()
    for number in range(STEPS):
        await walk.step()
        await asyncio.sleep(walk.chance.random() * 0.03)
        if number % 40 == 39:
            await walk.settle()
            await assert_agreement(walk)
            await assert_one_owner(walk)
    await assert_same_log(walk)
    assert all(operator.violations == [] for operator in walk.operators)
