"""Records of the domain for tests, named in its words; every value may be said otherwise."""

from datetime import UTC, datetime, timedelta
from typing import Any

from handoff.domain.conversation import Conversation, Place
from handoff.domain.events import Author, Event, LogEntry, Message, OperatorRef
from handoff.domain.operator import Operator
from handoff.domain.queue import QueueEntry, SubscriberRef
from handoff.domain.vocabulary import (
    AuthorKind,
    Channel,
    ConversationId,
    Language,
    OperatorId,
    Presence,
    Reason,
    Role,
    State,
    SubscriberId,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NOBODY_ONLINE = Place(position=1, eta_seconds=None, operators_online=0)
ANNA = OperatorRef(id="anna", name="Анна")
BORYS = OperatorRef(id="borys", name="Борис")


def at(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def make_conversation(**values: Any) -> Conversation:
    """A conversation that has just been opened on the web."""
    defaults: dict[str, Any] = {
        "id": ConversationId("c1"),
        "subscriber_id": SubscriberId("s1"),
        "ordinal": 1,
        "channel": Channel.WEB,
        "language": Language.UK,
        "opened_at": NOON,
    }
    return Conversation(**(defaults | values))


def make_queued(**values: Any) -> Conversation:
    """A conversation that waits since noon."""
    defaults = {"state": State.QUEUED, "reason": Reason.USER_REQUEST, "queued_at": NOON}
    return make_conversation(**(defaults | values))


def make_assigned(operator: OperatorRef = ANNA, **values: Any) -> Conversation:
    """A conversation an operator has had for a minute."""
    defaults = {
        "state": State.ASSIGNED,
        "operator_id": OperatorId(operator.id),
        "last_operator_id": OperatorId(operator.id),
        "assigned_at": at(60),
    }
    return make_queued(**(defaults | values))


def make_operator(name: str = "anna", **values: Any) -> Operator:
    """An operator who is online and has nothing to do."""
    defaults: dict[str, Any] = {
        "id": OperatorId(name),
        "login": name,
        "name": name.title(),
        "role": Role.OPERATOR,
        "presence": Presence.ONLINE,
    }
    return Operator(**(defaults | values))


def make_entry(name: str = "c1", **values: Any) -> QueueEntry:
    """A waiting conversation as the queue shows it."""
    defaults: dict[str, Any] = {
        "conversation": ConversationId(name),
        "channel": Channel.WEB,
        "subscriber": SubscriberRef(id="s1"),
        "language": Language.UK,
        "reason": Reason.USER_REQUEST,
        "skill": None,
        "priority": 0,
        "since": NOON,
        "summary": "де гроші\nалло",
    }
    return QueueEntry(**(defaults | values))


def make_message(text: str = "Добрий день", kind: AuthorKind = AuthorKind.SUBSCRIBER) -> Message:
    """A message of the subscriber."""
    return Message(author=Author(kind), text=text)


def make_log_entry(seq: int | None, event: Event | None = None, **values: Any) -> LogEntry:
    """An entry whose ``log`` equals its ``seq``."""
    defaults: dict[str, Any] = {
        "conversation": ConversationId("c1"),
        "log": seq or 1,
        "at": NOON,
        "event": event or make_message(),
        "seq": seq,
    }
    return LogEntry(**(defaults | values))
