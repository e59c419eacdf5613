"""The bot's answers through the chat, beside the same messages sent straight to the bot.

Each message goes both ways before the next one is sent, the two ways taking turns at being first:
whatever else the machine does meanwhile befalls both alike.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import aiohttp
import msgspec

from bench.figures import MILLISECONDS, Beside, Figure, spread
from bench.messages import MESSAGES
from bench.people import Subscriber, new_id, sessions
from bench.plan import Task
from bench.wire import Frame

NAMES = {"uk": "Ukrainian", "ru": "Russian", "en": "English"}
_TURN_PATH = "/webhooks/turn/webhook"


@dataclass
class Times:
    """Seconds measured for the messages of one language."""

    chat: list[float] = field(default_factory=list)
    straight: list[float] = field(default_factory=list)
    stored: list[float] = field(default_factory=list)
    by_people: int = 0

    def add(self, other: "Times") -> None:
        """Take over what another has measured."""
        self.chat += other.chat
        self.straight += other.straight
        self.stored += other.stored
        self.by_people += other.by_people


async def measure(task: Task) -> list[Figure]:
    """Measure every language, and all of them together."""
    figures: list[Figure] = []
    together = Times()
    async with sessions(1) as (session,):
        for language in MESSAGES:
            await _visit(session, task, language, 0, Times())
        for language in MESSAGES:
            times = Times()
            for number in range(task.plan.visitors_a_language):
                await _visit(session, task, language, number, times)
            together.add(times)
            figures.append(_figure(NAMES[language], times))
    stored = spread(together.stored, scale=1000)
    return [
        *figures,
        _figure("all three", together),
        Figure("bot answers", "message stored and acknowledged", MILLISECONDS, stored),
        Figure("bot answers", "messages answered by the queue instead", "", together.by_people),
    ]


async def _visit(
    session: aiohttp.ClientSession, task: Task, language: str, number: int, times: Times
) -> None:
    """One visitor's messages; a visitor whom the bot hands over to people leaves."""
    subscriber = await Subscriber.arrive(session, task, locale=language)
    twin = f"bench-{new_id()}"
    for at, text in _messages(language, number, task.plan.messages_a_visitor):
        straight = 0.0
        if is_straight_first := (number + at) % 2 == 1:
            straight = await _ask_bot(session, task, twin, text, language)
        answered = await _ask_chat(subscriber, text)
        if not is_straight_first:
            straight = await _ask_bot(session, task, twin, text, language)
        if answered is None:
            times.by_people += 1
            break
        times.stored.append(answered[0])
        times.chat.append(answered[1])
        times.straight.append(straight)
    await subscriber.wire.close()


def _messages(language: str, number: int, count: int) -> Iterator[tuple[int, str]]:
    texts = MESSAGES[language]
    for at in range(count):
        yield at, texts[(number + at) % len(texts)]


async def _ask_chat(subscriber: Subscriber, text: str) -> tuple[float, float] | None:
    """Seconds to the acknowledgement and to the answer; None if people are to answer."""
    exchange = _Exchange(new_id())
    frame = {"type": "message", "id": exchange.id, "text": text}
    begun = time.perf_counter()
    forget = subscriber.wire.listen(exchange.hear)
    try:
        answer, _ = await subscriber.wire.ask(frame, exchange.is_answer)
    finally:
        forget()
    if answer["kind"] != "message" or subscriber.state != "bot":
        return None
    return exchange.stored_at - begun, exchange.answered_at - begun


class _Exchange:
    """A message on its way: when it was acknowledged, and when the bot's answer came."""

    def __init__(self, message_id: str) -> None:
        self.id = message_id
        self.stored_at = self.answered_at = 0.0
        self._seq: int | None = None

    def hear(self, frame: Frame, moment: float) -> None:
        """Note the moment of what belongs to this message."""
        if frame.get("id") == self.id and frame["type"] == "event":
            self._seq, self.stored_at = frame["seq"], moment
        elif not self.answered_at and self.is_answer(frame):
            self.answered_at = moment

    def is_answer(self, frame: Frame) -> bool:
        """Whether the frame answers this message; what came before it answers another."""
        if frame["type"] != "event" or self._seq is None or frame["seq"] <= self._seq:
            return False
        if frame["kind"] == "state":
            return True
        return bool(frame["author"]["kind"] in ("bot", "system"))


async def _ask_bot(
    session: aiohttp.ClientSession, task: Task, conversation: str, text: str, language: str
) -> float:
    body = {
        "conversation": conversation,
        "turn": new_id(),
        "text": text,
        "language": language,
        "channel": "web",
        "mode": "answer",
    }
    headers = {"Authorization": f"Bearer {task.bot_token}", "Content-Type": "application/json"}
    data = msgspec.json.encode(body)
    begun = time.perf_counter()
    async with session.post(task.bot + _TURN_PATH, data=data, headers=headers) as response:
        response.raise_for_status()
        await response.read()
    return time.perf_counter() - begun


def _figure(language: str, times: Times) -> Figure:
    return Figure(
        part="bot answers",
        name=f"answer in the chat, {language}",
        unit=MILLISECONDS,
        measured=spread(times.chat, scale=1000),
        beside=Beside("straight to the bot", spread(times.straight, scale=1000)),
    )
