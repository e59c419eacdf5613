"""The queue: who waits, in what order, for how long, and who should answer."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from handoff.domain.conversation import Conversation, Page
from handoff.domain.message import shortened
from handoff.domain.operator import Operator, serves
from handoff.domain.vocabulary import Channel, ConversationId, Language, Reason

SUMMARY_LINE_LIMIT = 160
# With fewer measured waits than this an estimate would be a guess.
SAMPLES_FOR_ESTIMATE = 3


class SubscriberRef(msgspec.Struct, frozen=True):
    """A subscriber as operators see one; the number only when verified."""

    id: str
    name: str | None = None
    number: str | None = None


class QueueEntry(msgspec.Struct, frozen=True):
    """A waiting conversation with what the bot knows of it."""

    conversation: ConversationId
    channel: Channel
    subscriber: SubscriberRef
    language: Language
    reason: Reason
    skill: str | None
    priority: int
    since: datetime
    summary: str
    intent: str | None = None
    confidence: float | None = None
    preview: str | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class QueueChange:
    """What differs between two looks at the queue."""

    added: tuple[QueueEntry, ...] = ()
    changed: tuple[QueueEntry, ...] = ()
    removed: tuple[ConversationId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Workload:
    """What an estimate of the wait rests on.

    ``free`` and ``capacity`` are summed over the operators online; ``handle_seconds`` are recent
    conversations from assignment to release, ``answer_seconds`` recent waits for an assignment.
    """

    operators_online: int
    free: int
    capacity: int
    handle_seconds: Sequence[float] = ()
    answer_seconds: Sequence[float] = ()


def summary(conversation: Conversation) -> str:
    """Two lines: what the subscriber came for, and what they said last if that is another."""
    first = shortened(conversation.request or conversation.preview or "", SUMMARY_LINE_LIMIT)
    last = shortened(conversation.preview or "", SUMMARY_LINE_LIMIT)
    return first if last == first else f"{first}\n{last}"


def difference(
    before: dict[ConversationId, QueueEntry], after: dict[ConversationId, QueueEntry]
) -> QueueChange:
    """What to tell somebody who knows ``before`` so that they know ``after``."""
    return QueueChange(
        added=tuple(entry for key, entry in after.items() if key not in before),
        changed=tuple(
            entry for key, entry in after.items() if key in before and before[key] != entry
        ),
        removed=tuple(key for key in before if key not in after),
    )


def estimate_wait(position: int, workload: Workload) -> int | None:
    """Seconds until an operator answers the one at ``position``; None where nobody can know.

    Those within the free places wait as long as others lately waited for a free operator; the
    rest wait until enough conversations end, each lasting as long as recent ones did.
    """
    if workload.operators_online == 0 or workload.capacity == 0:
        return None
    answer = _median(workload.answer_seconds)
    behind = position - workload.free
    if behind <= 0:
        return None if answer is None else math.ceil(answer)
    handle = _median(workload.handle_seconds)
    if handle is None:
        return None
    return math.ceil(handle * behind / workload.capacity + (answer or 0))


def choose_operator(entry: QueueEntry, candidates: Iterable[Operator]) -> Operator | None:
    """Of those at work, the operator to give the entry to: able, with room, least loaded."""
    able = [
        operator
        for operator in candidates
        if operator.free > 0 and serves(operator, entry.language, entry.skill)
    ]
    return min(
        able, key=lambda operator: (operator.load / operator.capacity, operator.id), default=None
    )


def _median(seconds: Sequence[float]) -> float | None:
    return statistics.median(seconds) if len(seconds) >= SAMPLES_FOR_ESTIMATE else None
