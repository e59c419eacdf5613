"""The bot's turns: each message is looked at once, in order, and never left without an answer."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta

import msgspec
import structlog

from handoff.domain import conversation as moves
from handoff.domain import errors, phrases
from handoff.domain.conversation import Change, Conversation
from handoff.domain.events import Author, Event, Message, Parse, Suggestion
from handoff.domain.understanding import BotTurn, names_a_request
from handoff.domain.vocabulary import AuthorKind, ConversationId, Decision, Reason, State
from handoff.services.ports import (
    Bot,
    BotRequest,
    ConversationView,
    PendingTurn,
    Services,
    StorageUnavailable,
)
from handoff.services.transactions import patiently

log = structlog.get_logger(__name__)

# A lease outlives the bot's time by this, so that it is lost only by a worker that died.
LEASE_MARGIN_SECONDS = 4.0
# A message that killed this many workers goes to a person without asking the bot again.
MOST_ATTEMPTS = 3
# More at once would only wait inside the bot, where their time runs.
TURNS_AT_ONCE = 16
# Who waited this long for the bot to be asked goes to a person instead.
SLOT_SECONDS = 20.0
_BOT = Author(AuthorKind.BOT)
_SYSTEM = Author(AuthorKind.SYSTEM)


class Answerer:
    """Runs the bot's turns of this process, one conversation's strictly after another."""

    def __init__(self, services: Services, bot: Bot) -> None:
        self._services = services
        self._bot = bot
        self._running: dict[ConversationId, asyncio.Task[None]] = {}
        self._again: set[ConversationId] = set()
        self._slots = asyncio.Semaphore(TURNS_AT_ONCE)
        self._is_stopping = False

    def start(self, conversation_id: ConversationId) -> None:
        """See to what is due in this conversation, now and in the background."""
        if self._is_stopping:
            return
        if conversation_id in self._running:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._drain(conversation_id))
        self._running[conversation_id] = task
        task.add_done_callback(lambda _: self._finished(conversation_id))

    async def sweep(self) -> None:
        """See to turns that a dead worker left behind."""
        now = self._services.clock.now()
        for conversation_id in await self._services.store.conversations_with_due_turns(now):
            self.start(conversation_id)

    async def settle(self) -> None:
        """Wait until no turn runs here."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def stop(self, *, within_seconds: float) -> None:
        """Let the turns that run now end, and give back those that do not in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_seconds):
                await self.settle()
        self._is_stopping = True
        late = list(self._running.values())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        with contextlib.suppress(StorageUnavailable):
            await self._services.store.release_turns(self._services.worker)

    def _finished(self, conversation_id: ConversationId) -> None:
        self._running.pop(conversation_id, None)
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.start(conversation_id)

    async def _drain(self, conversation_id: ConversationId) -> None:
        try:
            while await self._take_next(conversation_id):
                pass
        except StorageUnavailable:
            log.warning("turn_postponed", conversation=conversation_id)
        except Exception:  # Told here, tried again by the sweep.
            log.exception("turn_failed", conversation=conversation_id)

    async def _take_next(self, conversation_id: ConversationId) -> bool:
        async with self._slot() as may_ask:
            turn = await patiently(lambda: self._claim(conversation_id))
            if turn is None:
                return False
            await self._take(turn, may_ask=may_ask)
        return True

    @contextlib.asynccontextmanager
    async def _slot(self) -> AsyncIterator[bool]:
        """A turn with the bot; False where so many wait that a person is sooner."""
        try:
            async with asyncio.timeout(SLOT_SECONDS):
                await self._slots.acquire()
        except TimeoutError:
            yield False
            return
        try:
            yield True
        finally:
            self._slots.release()

    async def _claim(self, conversation_id: ConversationId) -> PendingTurn | None:
        now = self._services.clock.now()
        lease_seconds = self._services.turn_seconds + LEASE_MARGIN_SECONDS
        return await self._services.store.claim_turn(
            conversation_id,
            lease=f"{self._services.worker}:{uuid.uuid4().hex}",
            now=now,
            until=now + timedelta(seconds=lease_seconds),
        )

    async def _take(self, turn: PendingTurn, *, may_ask: bool) -> None:
        view = await patiently(lambda: self._services.store.view(turn.conversation))
        if view is None:
            return
        was_suggestion = view.conversation.state is not State.BOT
        answer = await self._ask(turn, view) if may_ask else None
        await patiently(
            lambda: record_turn(self._services, turn, answer, was_suggestion=was_suggestion)
        )

    async def _ask(self, turn: PendingTurn, view: ConversationView) -> BotTurn | None:
        conversation = view.conversation
        if conversation.state is State.CLOSED or turn.attempts > MOST_ATTEMPTS:
            return None
        is_suggestion = conversation.state is not State.BOT
        request = BotRequest(
            conversation=turn.conversation,
            turn=f"{turn.conversation}:{turn.log}:{'suggest' if is_suggestion else 'answer'}",
            text=turn.text,
            payload=turn.payload,
            language=conversation.language,
            channel=conversation.channel,
            subscriber=conversation.subscriber_id,
            number=view.vouched_number,
            is_suggestion=is_suggestion,
        )
        try:
            return await self._bot.turn(request)
        except errors.BotUnavailable as failure:
            log.warning("bot_failed", conversation=turn.conversation, why=str(failure))
            return None


async def record_turn(
    services: Services, turn: PendingTurn, answer: BotTurn | None, *, was_suggestion: bool = False
) -> None:
    """Write what came of a turn; nothing, if another worker has it by now.

    ``answer`` is None where the bot failed: the conversation then goes to people. A suggestion
    is no answer: where the bot got the conversation back meanwhile, the turn is taken anew.
    """
    async with services.store.begin() as transaction:
        conversation = await transaction.conversation(turn.conversation)
        if was_suggestion and conversation.state is State.BOT:
            await transaction.release_turn(turn)
            return
        if not await transaction.finish_turn(turn):
            return
        now = services.clock.now()
        change = _outcome(conversation, turn, answer)
        reason = _handoff_reason(conversation, answer)
        if reason is not None:
            place = await transaction.place_in_queue(change.conversation, now)
            queued = moves.enqueue(change.conversation, reason, place=place, now=now)
            change = Change(queued.conversation, change.events + queued.events)
        await transaction.record(change, now=now)


def _handoff_reason(conversation: Conversation, answer: BotTurn | None) -> Reason | None:
    if conversation.state is not State.BOT:
        return None
    if answer is None:
        return Reason.BOT_FAILURE
    if answer.decision is Decision.HANDOFF:
        return answer.reason or Reason.RULE
    return None


def _outcome(conversation: Conversation, turn: PendingTurn, answer: BotTurn | None) -> Change:
    if answer is None:
        return _failed(conversation)
    parse = _parse(turn, answer)
    understood = _understood(conversation, turn, answer)
    if conversation.state is State.BOT:
        return Change(understood, (parse, *_bot_messages(answer)))
    if conversation.state is State.CLOSED:
        return Change(conversation)
    return Change(understood, (parse, *_suggestions(turn, answer)))


def _failed(conversation: Conversation) -> Change:
    if conversation.state is not State.BOT:
        return Change(conversation)
    text = phrases.BOT_FAILED[conversation.language]
    return Change(conversation, (Message(author=_SYSTEM, text=text),))


def _understood(conversation: Conversation, turn: PendingTurn, answer: BotTurn) -> Conversation:
    conversation = msgspec.structs.replace(
        conversation, language=answer.language, number=answer.proved_number or conversation.number
    )
    if not names_a_request(answer):
        return conversation
    return msgspec.structs.replace(
        conversation,
        intent=answer.parse.intent,
        confidence=answer.parse.confidence,
        request=turn.text,
    )


def _parse(turn: PendingTurn, answer: BotTurn) -> Parse:
    return Parse(
        of=turn.log,
        intent=answer.parse.intent,
        confidence=answer.parse.confidence,
        decision=answer.decision,
        language=answer.parse.language,
        ranking=answer.parse.ranking,
        entities=answer.parse.entities,
        slots=answer.slots,
        clarifies=answer.clarifies,
    )


def _bot_messages(answer: BotTurn) -> tuple[Event, ...]:
    return tuple(
        Message(
            author=_BOT,
            text=reply.text,
            buttons=reply.buttons,
            decision=answer.decision,
            intent=answer.parse.intent,
            confidence=answer.parse.confidence,
        )
        for reply in answer.replies
    )


def _suggestions(turn: PendingTurn, answer: BotTurn) -> tuple[Event, ...]:
    if answer.decision is not Decision.ANSWER or not answer.replies:
        return ()
    return (
        Suggestion(
            of=turn.log,
            text="\n\n".join(reply.text for reply in answer.replies),
            intent=answer.parse.intent,
            confidence=answer.parse.confidence,
            buttons=tuple(button for reply in answer.replies for button in reply.buttons),
        ),
    )
