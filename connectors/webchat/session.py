"""What one socket has been shown, and what it is to be shown next. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from handoff.domain.events import LogEntry, StateChanged
from handoff.domain.vocabulary import ConversationId, OperatorId, State
from handoff.services.announcements import ConversationMoved


@dataclass(slots=True)
class Session:
    """A reader of one conversation at a time; ``seq`` is the last number shown."""

    conversation: ConversationId
    state: State
    seq: int = 0
    operator: OperatorId | None = None
    place: tuple[int, int | None, int] | None = None

    def follow(self, moved: ConversationMoved) -> list[LogEntry] | None:
        """What to show now; None where something is missing and the log must be read."""
        if moved.conversation != self.conversation:
            return None
        return self.admit(moved.entries)

    def admit(self, entries: Iterable[LogEntry]) -> list[LogEntry] | None:
        """Those entries not shown yet, taken as shown; None, and nothing taken, at a gap."""
        fresh = [entry for entry in entries if (entry.seq or 0) > self.seq]
        expected = range(self.seq + 1, self.seq + 1 + len(fresh))
        if [entry.seq for entry in fresh] != list(expected):
            return None
        self.seq += len(fresh)
        for entry in fresh:
            self._note_state(entry)
        return fresh

    def has_yet_to_show(self, entry: LogEntry) -> bool:
        """Whether the entry comes behind what was shown."""
        return entry.conversation == self.conversation and (entry.seq or 0) > self.seq

    def resume_after(self, conversation: str | None, after: int | None, last: int) -> None:
        """Begin behind what the client says it has; from the start where that cannot be."""
        known = conversation in (None, self.conversation)
        self.seq = after if known and after is not None and 0 <= after <= last else 0

    def move_to(self, conversation: ConversationId) -> bool:
        """Turn to a newer conversation, from its beginning; False if it is the same."""
        if conversation == self.conversation:
            return False
        self.conversation = conversation
        self.seq = 0
        self.state, self.operator, self.place = State.BOT, None, None
        return True

    def _note_state(self, entry: LogEntry) -> None:
        if isinstance(entry.event, StateChanged):
            operator = entry.event.operator
            self.state = entry.event.state
            self.operator = OperatorId(operator.id) if operator else None
            self.place = None
