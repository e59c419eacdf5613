"""Conversations that go on whatever happens, and the proof that nothing of them was lost."""

import asyncio

from tests.breaking.settings import HEALED_SECONDS
from tests.protocol.clients import OperatorClient, SubscriberClient
from tests.protocol.sockets import Frame
from tests.protocol.stage import Stage

MESSAGE_EVERY_SECONDS = 0.35
QUESTIONS = ("привіт", "дякую", "скільки грошей у мене на рахунку?")


class Relayed:
    """A subscriber and an operator who write to each other, every message numbered."""

    def __init__(
        self, subscriber: SubscriberClient, operator: OperatorClient, conversation: str
    ) -> None:
        self.subscriber = subscriber
        self.operator = operator
        self.conversation = conversation
        self.asked: list[str] = []
        self.answered: list[str] = []

    async def go_on(self, stopped: asyncio.Event) -> None:
        """Write both ways until told to stop, and until all is stored."""
        await asyncio.gather(self._ask(stopped), self._answer(stopped))
        await self.subscriber.all_said(within=HEALED_SECONDS)
        await self.subscriber.until(
            lambda: set(self.answered) <= set(self.subscriber.texts("operator")),
            within=HEALED_SECONDS,
        )
        await self.operator.until(
            lambda: set(self.asked) <= set(self.operator.texts(self.conversation)),
            within=HEALED_SECONDS,
        )

    async def verify(self) -> None:
        """Every message is in the log once and in order, and both sides have seen the log."""
        subscriber, operator = self.subscriber, self.operator
        assert subscriber.texts("subscriber") == self.asked
        assert subscriber.texts("operator") == self.answered
        assert operator.texts(self.conversation) == self.asked
        assert operator.texts(self.conversation, "operator") == self.answered
        assert subscriber.violations == operator.violations == []
        history = await operator.whole_history(self.conversation)
        numbered = [event for event in history if "seq" in event]
        assert [event["seq"] for event in numbered] == list(range(1, len(numbered) + 1))
        assert [_said(event) for event in numbered] == [_said(event) for event in subscriber.log]

    async def _ask(self, stopped: asyncio.Event) -> None:
        while not stopped.is_set():
            self.asked.append(f"питання {len(self.asked)}")
            await self.subscriber.post(self.asked[-1])
            await asyncio.sleep(MESSAGE_EVERY_SECONDS)

    async def _answer(self, stopped: asyncio.Event) -> None:
        while not stopped.is_set():
            self.answered.append(f"відповідь {len(self.answered)}")
            await self.operator.send(self.conversation, self.answered[-1])
            await asyncio.sleep(MESSAGE_EVERY_SECONDS)


class Asking:
    """A subscriber who asks the bot one thing after another."""

    def __init__(self, subscriber: SubscriberClient) -> None:
        self.subscriber = subscriber
        self.asked: list[str] = []

    async def go_on(self, stopped: asyncio.Event) -> None:
        """Ask until told to stop or handed over; each question waits for its answer."""
        while not stopped.is_set() and self.subscriber.state == "bot":
            self.asked.append(QUESTIONS[len(self.asked) % len(QUESTIONS)])
            id_ = await self.subscriber.post(self.asked[-1])
            question = await self.subscriber.acknowledged(id_, within=HEALED_SECONDS)
            await self._answer_to(question)
            await asyncio.sleep(0.5)

    async def _answer_to(self, question: Frame) -> None:
        await self.subscriber.until(lambda: self._is_answered(question), within=HEALED_SECONDS)

    async def verify(self, usual: dict[str, list[str]]) -> None:
        """Every question is in the log once, in order, and was answered as usual, once."""
        assert self.subscriber.texts("subscriber") == self.asked
        assert self.subscriber.violations == []
        for answer, question in self._turns():
            handed_over = any(event["kind"] == "state" for event in answer)
            said = _bot_texts(answer)
            assert handed_over or said == usual[question], (question, said)
            assert len(said) == len(set(said))

    def usual_answers(self) -> dict[str, list[str]]:
        """What the bot says to each question when nothing is broken."""
        return {question: _bot_texts(answer) for answer, question in self._turns()}

    def _turns(self) -> list[tuple[list[Frame], str]]:
        """Each question and the events from it to the next one."""
        log = self.subscriber.log
        starts = [n for n, event in enumerate(log) if _is_question(event)]
        ends = [*starts[1:], len(log)]
        return [
            (log[start + 1 : end], log[start]["text"])
            for start, end in zip(starts, ends, strict=True)
        ]

    def _is_answered(self, question: Frame) -> bool:
        later = self.subscriber.log[question["seq"] :]
        return bool(_bot_texts(later)) or any(event["kind"] == "state" for event in later)


def _is_question(event: Frame) -> bool:
    return bool(event["kind"] == "message" and event["author"]["kind"] == "subscriber")


def _bot_texts(events: list[Frame]) -> list[str]:
    return [
        event["text"]
        for event in events
        if event["kind"] == "message" and event["author"]["kind"] == "bot"
    ]


def _said(event: Frame) -> tuple[object, ...]:
    """What both sides must agree on."""
    return event["seq"], event["at"], event["kind"], event.get("text"), event.get("state")


async def relayed(stage: Stage, operator: OperatorClient) -> Relayed:
    """A conversation an operator has accepted."""
    subscriber, conversation = await stage.talking(operator)
    return Relayed(subscriber, operator, conversation)


async def asking(stage: Stage) -> Asking:
    """A conversation with the bot."""
    return Asking(await stage.subscriber())


async def usual_answers(stage: Stage) -> dict[str, list[str]]:
    """What the bot says to each of the questions when nothing is broken."""
    stopped = asyncio.Event()
    one = await asking(stage)
    asker = asyncio.create_task(one.go_on(stopped))
    await one.subscriber.until(lambda: len(one.asked) > len(QUESTIONS), within=30)
    stopped.set()
    await asker
    return one.usual_answers()
