"""What can stand in a conversation's log.

The log is append-only; each entry has a ``log`` number without a gap, and those a subscriber may
see a ``seq`` of their own, without a gap either.
"""

from datetime import datetime

import msgspec

from handoff.domain.vocabulary import AuthorKind, ConversationId, Decision, Reason, State


class Author(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who wrote: kind, and for operators the name a subscriber is shown."""

    kind: AuthorKind
    name: str | None = None
    id: str | None = None


class OperatorRef(msgspec.Struct, frozen=True):
    """An operator as others see one."""

    id: str
    name: str


class Button(msgspec.Struct, frozen=True):
    """A choice offered with a message; the payload comes back when it is pressed."""

    title: str
    payload: str


class Guess(msgspec.Struct, frozen=True):
    """An intent and how sure the bot is of it, 0 to 1."""

    intent: str
    confidence: float


class Message(msgspec.Struct, frozen=True, omit_defaults=True, tag="message", tag_field="kind"):
    """An utterance; ``id`` is the sender's own, ``payload`` that of the button pressed."""

    author: Author
    text: str
    id: str | None = None
    payload: str | None = None
    buttons: tuple[Button, ...] = ()
    decision: Decision | None = None
    intent: str | None = None
    confidence: float | None = None


class StateChanged(msgspec.Struct, frozen=True, omit_defaults=True, tag="state", tag_field="kind"):
    """The conversation moved; place and estimate are those of this moment."""

    state: State
    reason: Reason | None = None
    operator: OperatorRef | None = None
    skill: str | None = None
    position: int | None = None
    eta_seconds: int | None = None
    operators_online: int | None = None
    disposition: str | None = None


class Note(msgspec.Struct, frozen=True, omit_defaults=True, tag="note", tag_field="kind"):
    """What operators tell each other; never shown to the subscriber."""

    author: Author
    text: str
    id: str | None = None


class Parse(msgspec.Struct, frozen=True, omit_defaults=True, tag="parse", tag_field="kind"):
    """What the bot understood of the message with log number ``of``."""

    of: int
    intent: str
    confidence: float
    decision: Decision
    language: str | None = None
    ranking: tuple[Guess, ...] = ()
    entities: tuple[dict[str, object], ...] = ()
    slots: dict[str, object] = {}
    clarifies: int | None = None
    """The log number of the unclear message whose meaning this one told."""


class Suggestion(
    msgspec.Struct, frozen=True, omit_defaults=True, tag="suggestion", tag_field="kind"
):
    """What the bot would have said to message ``of`` while a person has the conversation."""

    of: int
    text: str
    intent: str
    confidence: float
    buttons: tuple[Button, ...] = ()


class Delivery(msgspec.Struct, frozen=True, omit_defaults=True, tag="delivery", tag_field="kind"):
    """What became of an outgoing message: ``sent``, ``uncertain`` or ``failed``."""

    id: str
    status: str
    reason: str | None = None


class Rating(msgspec.Struct, frozen=True, omit_defaults=True, tag="rating", tag_field="kind"):
    """A subscriber's CSAT, 1 to 5."""

    score: int
    comment: str | None = None


Event = Message | StateChanged | Note | Parse | Suggestion | Delivery | Rating


class LogEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event in its place in a conversation's log."""

    conversation: ConversationId
    log: int
    at: datetime
    event: Event
    seq: int | None = None


def is_visible(event: Event) -> bool:
    """Whether a subscriber may see the event."""
    return isinstance(event, Message | StateChanged)
