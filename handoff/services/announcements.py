"""What is told on the bus after a commit: enough to show at once, never the only copy.

A listener that misses one, or sees a gap in the numbers, reads the log.
"""

import msgspec

from handoff.domain.events import LogEntry
from handoff.domain.vocabulary import ConversationId, OperatorId, State, SubscriberId


class ConversationMoved(msgspec.Struct, frozen=True, tag="moved", omit_defaults=True):
    """New entries in a subscriber's conversation."""

    subscriber: SubscriberId
    conversation: ConversationId
    state: State
    operator: OperatorId | None = None
    entries: tuple[LogEntry, ...] = ()


class FeedGrew(msgspec.Struct, frozen=True, tag="feed"):
    """Entry number ``n`` of what an operator is to see."""

    operator: OperatorId
    n: int
    entry: LogEntry


class QueueMoved(msgspec.Struct, frozen=True, tag="queue"):
    """Somebody came to, left or changed in the queue."""


class PresenceMoved(msgspec.Struct, frozen=True, tag="presence"):
    """An operator came, went or changed capacity or load."""


class SubscriberTyping(msgspec.Struct, frozen=True, tag="subscriber_typing"):
    """What a subscriber has typed so far; empty when they stopped."""

    conversation: ConversationId
    text: str


class OperatorTyping(msgspec.Struct, frozen=True, tag="operator_typing"):
    """An operator is writing to a subscriber."""

    conversation: ConversationId
    name: str


class SubscriberRead(msgspec.Struct, frozen=True, tag="subscriber_read"):
    """A subscriber has seen everything up to ``seq``."""

    conversation: ConversationId
    seq: int


Announcement = (
    ConversationMoved
    | FeedGrew
    | QueueMoved
    | PresenceMoved
    | SubscriberTyping
    | OperatorTyping
    | SubscriberRead
)

QUEUE_TOPIC = "queue"
PRESENCE_TOPIC = "presence"


def subscriber_topic(subscriber: SubscriberId) -> str:
    """The topic of everything one subscriber may see."""
    return f"subscriber:{subscriber}"


def operator_topic(operator: OperatorId) -> str:
    """The topic of everything one operator is to see."""
    return f"operator:{operator}"
