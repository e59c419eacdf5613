"""What a socket has been shown."""

import pytest

from connectors.webchat.session import Session
from handoff.domain.events import StateChanged
from handoff.domain.vocabulary import ConversationId, State, SubscriberId
from handoff.services.announcements import ConversationMoved
from tests.factories import ANNA, make_log_entry


def make_session(seq: int = 0) -> Session:
    return Session(ConversationId("c1"), State.BOT, seq=seq)


def test_entries_are_shown_once_in_order() -> None:
    session = make_session(seq=2)
    entries = [make_log_entry(seq) for seq in (1, 2, 3, 4)]
    assert session.admit(entries) == entries[2:]
    assert session.admit(entries) == []
    assert session.seq == 4


def test_a_gap_is_found_and_nothing_taken() -> None:
    session = make_session(seq=2)
    assert session.admit([make_log_entry(4)]) is None
    assert session.seq == 2


def test_another_conversation_has_to_be_read() -> None:
    moved = ConversationMoved(SubscriberId("s"), ConversationId("c2"), State.BOT)
    session = make_session(seq=5)
    assert session.follow(moved) is None
    assert session.move_to(ConversationId("c2"))
    assert (session.seq, session.state) == (0, State.BOT)
    assert not session.move_to(ConversationId("c2"))


def test_the_state_follows_the_entries() -> None:
    session = make_session()
    session.place = (3, None, 1)
    session.admit([make_log_entry(1, StateChanged(state=State.ASSIGNED, operator=ANNA))])
    assert session.state is State.ASSIGNED
    assert session.operator == ANNA.id
    assert session.place is None


@pytest.mark.parametrize(
    ("conversation", "after", "begins_after"),
    [
        (None, 3, 3),
        ("c1", 3, 3),
        ("c1", 5, 5),
        # unknown, too large or another conversation's: from the beginning
        ("c1", None, 0),
        ("c1", 6, 0),
        ("c1", -1, 0),
        ("c0", 3, 0),
    ],
)
def test_resuming(conversation: str | None, after: int | None, begins_after: int) -> None:
    session = make_session()
    session.resume_after(conversation, after, last=5)
    assert session.seq == begins_after
