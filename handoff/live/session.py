"""What one operator's socket has been shown, and what it is to be shown next. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from handoff.domain.events import StateChanged
from handoff.domain.operator import Operator, serves
from handoff.domain.queue import QueueChange, QueueEntry, difference
from handoff.domain.vocabulary import ConversationId, State, SubscriberId
from handoff.services.ports import FeedItem


@dataclass(slots=True)
class Session:
    """A reader of an operator's feed and of the part of the queue they can serve."""

    operator: Operator
    feed: int = 0
    queue: dict[ConversationId, QueueEntry] = field(default_factory=dict)
    own: dict[ConversationId, SubscriberId] = field(default_factory=dict)

    def admit(self, items: Iterable[FeedItem]) -> list[FeedItem] | None:
        """Those items not shown yet, taken as shown; None, and nothing taken, at a gap."""
        fresh = [item for item in items if item.n > self.feed]
        if [item.n for item in fresh] != list(range(self.feed + 1, self.feed + 1 + len(fresh))):
            return None
        self.feed += len(fresh)
        return fresh

    def see_queue(self, entries: Iterable[QueueEntry]) -> QueueChange:
        """What to tell of the queue as it is now; it is taken as told."""
        seen = {entry.conversation: entry for entry in entries if self.sees(entry)}
        change = difference(self.queue, seen)
        self.queue = seen
        return change

    def sees(self, entry: QueueEntry) -> bool:
        """Whether the entry is for this operator to see."""
        if self.operator.oversees:
            return True
        able = serves(self.operator, entry.language, entry.skill)
        return self.operator.may_work_desk and able

    def became_own(self, item: FeedItem) -> bool:
        """Whether the item says that a conversation is this operator's from now on."""
        change = item.entry.event
        if not isinstance(change, StateChanged):
            return False
        if change.operator is not None and change.operator.id == self.operator.id:
            return change.state is State.ASSIGNED
        self.own.pop(item.entry.conversation, None)
        return False
