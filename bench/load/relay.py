"""Operators and subscribers in conversation: how long a message takes from one to the other.

Messages are due at a steady pace, whether or not earlier ones have arrived, and a message's time
counts from when it was due: a service that falls behind cannot hide it.
"""

import asyncio
import contextlib
import math
import time
from dataclasses import dataclass, field

import aiohttp

from bench.figures import MILLISECONDS, Beside, Figure, spread
from bench.load.echoes import echo_times
from bench.messages import MESSAGES
from bench.people import Operator, Subscriber, arrive_many, new_id, sessions
from bench.plan import Task
from bench.wire import Frame

_LAST_ONES_SECONDS = 10.0
_TEXTS = [text for texts in MESSAGES.values() for text in texts]


@dataclass
class Post:
    """Messages on their way: when each was due, and how long each took."""

    due: dict[str, float] = field(default_factory=dict)
    took: dict[str, float] = field(default_factory=dict)
    all_arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def sent(self, mark: str, due: float) -> None:
        """A message is on its way since it was due."""
        self.due[mark] = due
        self.all_arrived.clear()

    def arrived(self, mark: str, moment: float) -> None:
        """Note an arrival; what was not sent from here is passed over."""
        if mark in self.due and mark not in self.took:
            self.took[mark] = moment - self.due[mark]
        if not self.missing:
            self.all_arrived.set()

    @property
    def missing(self) -> int:
        """How many have not arrived."""
        return len(self.due) - len(self.took)


@dataclass(frozen=True)
class Conversation:
    """A subscriber and the operator who has the conversation."""

    subscriber: Subscriber
    operator: Operator

    async def operator_writes(self, mark: str) -> None:
        """Send the operator's next message."""
        await self.operator.wire.send(
            {
                "type": "send",
                "ref": mark,
                "conversation": self.subscriber.conversation,
                "id": mark,
                "text": f"{mark} I have looked into it: the payment is on its way.",
            }
        )

    async def subscriber_writes(self, mark: str, text: str) -> None:
        """Send the subscriber's next message."""
        await self.subscriber.wire.send({"type": "message", "id": mark, "text": text})


async def measure(task: Task) -> list[Figure]:
    """Measure the yardstick, then the relay both ways at once."""
    echo = Beside("bare echo, to and fro", await echo_times(task))
    to_subscriber, to_operator = Post(), Post()
    async with sessions(1) as (session,):
        operators = await _operators(session, task)
        for operator in operators:
            operator.wire.listen(lambda frame, moment: _operator_hears(to_operator, frame, moment))
        subscribers = await arrive_many([session], task, task.plan.relay_conversations)
        for number, subscriber in enumerate(subscribers):
            subscriber.wire.listen(
                lambda frame, moment: _subscriber_hears(to_subscriber, frame, moment)
            )
            await _hand_over(subscriber, operators[number % len(operators)])
        conversations = [
            Conversation(subscriber, operators[number % len(operators)])
            for number, subscriber in enumerate(subscribers)
        ]
        await _exchange(task, conversations, to_subscriber, to_operator)
        await _wait_for_last(to_subscriber, to_operator)
        await _say_goodbye(conversations)
    pace = f"{task.plan.relay_messages_a_second:g} messages/s"
    lost = to_subscriber.missing + to_operator.missing
    return [
        _figure(f"operator to subscriber, {pace}", to_subscriber, echo),
        _figure(f"subscriber to operator, {pace}", to_operator, echo),
        Figure("relay", "messages that did not arrive", "", lost),
    ]


async def _operators(session: aiohttp.ClientSession, task: Task) -> list[Operator]:
    plan = task.plan
    capacity = math.ceil(plan.relay_conversations / plan.relay_operators)
    return [
        await Operator.arrive(session, task, account, capacity=capacity)
        for account in task.accounts[: plan.relay_operators]
    ]


async def _hand_over(subscriber: Subscriber, operator: Operator) -> None:
    await subscriber.join_queue()
    await operator.command("accept", conversation=subscriber.conversation)


async def _exchange(
    task: Task, conversations: list[Conversation], to_subscriber: Post, to_operator: Post
) -> None:
    """Send every message when it is due: the operators the even ones, the subscribers the odd."""
    pace = task.plan.relay_messages_a_second
    begun = time.perf_counter() + 0.1
    for number in range(round(pace * task.plan.relay_seconds)):
        due, mark = begun + number / pace, new_id()
        await asyncio.sleep(due - time.perf_counter())
        conversation = conversations[number // 2 % len(conversations)]
        if number % 2 == 0:
            to_subscriber.sent(mark, due)
            await conversation.operator_writes(mark)
        else:
            to_operator.sent(mark, due)
            text = _TEXTS[number // 2 % len(_TEXTS)]
            await conversation.subscriber_writes(mark, text)


async def _wait_for_last(*posts: Post) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LAST_ONES_SECONDS):
            for post in posts:
                await post.all_arrived.wait()


async def _say_goodbye(conversations: list[Conversation]) -> None:
    """Close the conversations, so that the next measurement finds the operators free."""
    for conversation in conversations:
        name = conversation.subscriber.conversation
        await conversation.operator.command("close", conversation=name, disposition="solved")
        await conversation.subscriber.wire.close()
    for operator in {conversation.operator for conversation in conversations}:
        await operator.leave()


def _subscriber_hears(post: Post, frame: Frame, moment: float) -> None:
    if frame["type"] == "event" and frame["kind"] == "message":
        post.arrived(frame["text"].partition(" ")[0], moment)


def _operator_hears(post: Post, frame: Frame, moment: float) -> None:
    if frame["type"] == "event" and frame["kind"] == "message":
        post.arrived(frame.get("id") or "", moment)


def _figure(name: str, post: Post, echo: Beside) -> Figure:
    times = spread(list(post.took.values()), scale=1000)
    return Figure("relay", name, MILLISECONDS, times, echo)
