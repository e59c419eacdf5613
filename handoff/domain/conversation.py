"""A conversation and how it may move.

Every function takes the conversation as it is and returns a :class:`Change`: the conversation as it
will be and the events that say so. Nothing here writes, waits or asks the time.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from handoff.domain import errors
from handoff.domain.events import Event, OperatorRef, Rating, StateChanged
from handoff.domain.vocabulary import (
    Channel,
    ConversationId,
    Language,
    OperatorId,
    Reason,
    State,
    SubscriberId,
)


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """The page of the site a subscriber writes from."""

    url: str | None = None
    title: str | None = None


class Conversation(msgspec.Struct, frozen=True):
    """One thread of a subscriber on a channel; ``log`` and ``seq`` are its last numbers."""

    id: ConversationId
    subscriber_id: SubscriberId
    ordinal: int
    channel: Channel
    language: Language
    opened_at: datetime
    state: State = State.BOT
    log: int = 0
    seq: int = 0
    read_seq: int = 0
    operator_id: OperatorId | None = None
    last_operator_id: OperatorId | None = None
    reason: Reason | None = None
    skill: str | None = None
    priority: int = 0
    queued_at: datetime | None = None
    assigned_at: datetime | None = None
    released_at: datetime | None = None
    closed_at: datetime | None = None
    disposition: str | None = None
    score: int | None = None
    intent: str | None = None
    confidence: float | None = None
    request: str | None = None
    preview: str | None = None
    page: Page | None = None
    number: str | None = None
    """The number the subscriber proved in this conversation."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue, counted from 1, and the estimate of the wait, if there is one."""

    position: int
    eta_seconds: int | None
    operators_online: int


@dataclass(frozen=True, slots=True)
class Change:
    """The conversation after a move, and the events that tell of it."""

    conversation: Conversation
    events: tuple[Event, ...] = ()


def enqueue(conversation: Conversation, reason: Reason, *, place: Place, now: datetime) -> Change:
    """Hand over to people. A conversation that already is with them stays as it is."""
    _ensure_open(conversation)
    if conversation.state is not State.BOT:
        return Change(conversation)
    queued = msgspec.structs.replace(
        conversation, state=State.QUEUED, reason=reason, queued_at=now, skill=None
    )
    return Change(queued, (_queued_event(queued, place),))


def assign(conversation: Conversation, operator: OperatorRef, *, now: datetime) -> Change:
    """Give a waiting conversation to an operator; no change for its present owner.

    Raises:
        ConversationTaken: another operator has it.
        ConversationNotWaiting: nobody waits there any more.
    """
    if conversation.state is State.ASSIGNED:
        if conversation.operator_id == operator.id:
            return Change(conversation)
        raise errors.ConversationTaken
    if conversation.state is not State.QUEUED:
        raise errors.ConversationNotWaiting
    return _assigned(conversation, operator, now)


def transfer_to_operator(
    conversation: Conversation, operator: OperatorRef, *, now: datetime
) -> Change:
    """Give an assigned conversation to another operator at once."""
    if conversation.operator_id == operator.id:
        return Change(conversation)
    return _assigned(conversation, operator, now)


def requeue(
    conversation: Conversation, *, place: Place, now: datetime, skill: str | None = None
) -> Change:
    """Back to the queue at the place it had: the operator is gone, or a skill is wanted."""
    queued = msgspec.structs.replace(
        _released(conversation, now),
        state=State.QUEUED,
        skill=skill or conversation.skill,
        queued_at=conversation.queued_at or now,
    )
    return Change(queued, (_queued_event(queued, place),))


def return_to_bot(conversation: Conversation, *, now: datetime) -> Change:
    """From people back to the bot, by the operator or by a subscriber who leaves the queue."""
    _ensure_open(conversation)
    if conversation.state is State.BOT:
        return Change(conversation)
    returned = msgspec.structs.replace(
        _released(conversation, now), state=State.BOT, reason=None, skill=None, queued_at=None
    )
    return Change(returned, (StateChanged(state=State.BOT, reason=conversation.reason),))


def close(conversation: Conversation, disposition: str | None, *, now: datetime) -> Change:
    """End the conversation; the next message opens a new one."""
    if conversation.state is State.CLOSED:
        return Change(conversation)
    closed = msgspec.structs.replace(
        _released(conversation, now),
        state=State.CLOSED,
        closed_at=now,
        disposition=disposition,
    )
    return Change(closed, (StateChanged(state=State.CLOSED, disposition=disposition),))


def rate(conversation: Conversation, score: int, comment: str | None) -> Change:
    """Keep the subscriber's CSAT; a later score replaces an earlier one."""
    rated = msgspec.structs.replace(conversation, score=score)
    return Change(rated, (Rating(score=score, comment=comment),))


def ensure_owner(conversation: Conversation, operator_id: OperatorId) -> None:
    """Raise ``NotYours`` unless the operator has the conversation now."""
    if conversation.state is not State.ASSIGNED or conversation.operator_id != operator_id:
        raise errors.NotYours


def _assigned(conversation: Conversation, operator: OperatorRef, now: datetime) -> Change:
    assigned = msgspec.structs.replace(
        conversation,
        state=State.ASSIGNED,
        operator_id=OperatorId(operator.id),
        last_operator_id=OperatorId(operator.id),
        assigned_at=now,
        released_at=None,
    )
    return Change(
        assigned,
        (StateChanged(state=State.ASSIGNED, reason=conversation.reason, operator=operator),),
    )


def _released(conversation: Conversation, now: datetime) -> Conversation:
    if conversation.operator_id is None:
        return conversation
    return msgspec.structs.replace(conversation, operator_id=None, released_at=now)


def _queued_event(conversation: Conversation, place: Place) -> StateChanged:
    return StateChanged(
        state=State.QUEUED,
        reason=conversation.reason,
        skill=conversation.skill,
        position=place.position,
        eta_seconds=place.eta_seconds,
        operators_online=place.operators_online,
    )


def _ensure_open(conversation: Conversation) -> None:
    if conversation.state is State.CLOSED:
        raise errors.ConversationIsClosed
