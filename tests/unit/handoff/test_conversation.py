"""A conversation moves only as it may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.domain import conversation as moves
from handoff.domain import errors
from handoff.domain.conversation import Change, Conversation
from handoff.domain.events import Rating, StateChanged
from handoff.domain.vocabulary import OperatorId, Reason, State
from tests.factories import (
    ANNA,
    BORYS,
    NOBODY_ONLINE,
    NOON,
    at,
    make_assigned,
    make_conversation,
    make_queued,
)


def states(change: Change) -> list[State]:
    return [event.state for event in change.events if isinstance(event, StateChanged)]


def test_enqueue_tells_the_place_and_the_reason() -> None:
    change = moves.enqueue(
        make_conversation(), Reason.LOW_CONFIDENCE, place=NOBODY_ONLINE, now=NOON
    )
    assert change.conversation.state is State.QUEUED
    assert change.conversation.queued_at == NOON
    (event,) = change.events
    assert event == StateChanged(
        state=State.QUEUED,
        reason=Reason.LOW_CONFIDENCE,
        position=1,
        eta_seconds=None,
        operators_online=0,
    )


@pytest.mark.parametrize("conversation", [make_queued(), make_assigned()])
def test_enqueue_again_changes_nothing(conversation: Conversation) -> None:
    change = moves.enqueue(conversation, Reason.BOT_FAILURE, place=NOBODY_ONLINE, now=at(5))
    assert change == Change(conversation)


def test_enqueue_of_a_closed_conversation_is_refused() -> None:
    closed = make_conversation(state=State.CLOSED)
    with pytest.raises(errors.ConversationIsClosed):
        moves.enqueue(closed, Reason.RULE, place=NOBODY_ONLINE, now=NOON)


def test_assign_gives_it_to_one_operator() -> None:
    change = moves.assign(make_queued(), ANNA, now=at(9))
    assert change.conversation.operator_id == ANNA.id
    assert change.conversation.assigned_at == at(9)
    assert states(change) == [State.ASSIGNED]


def test_assign_to_the_owner_changes_nothing() -> None:
    assert moves.assign(make_assigned(ANNA), ANNA, now=at(9)).events == ()


def test_assign_of_anothers_is_taken() -> None:
    with pytest.raises(errors.ConversationTaken):
        moves.assign(make_assigned(ANNA), BORYS, now=at(9))


@pytest.mark.parametrize("state", [State.BOT, State.CLOSED])
def test_assign_of_one_that_does_not_wait_is_refused(state: State) -> None:
    with pytest.raises(errors.ConversationNotWaiting):
        moves.assign(make_conversation(state=state), ANNA, now=at(9))


def test_requeue_keeps_the_place_it_had() -> None:
    change = moves.requeue(make_assigned(), place=NOBODY_ONLINE, now=at(600))
    assert change.conversation.queued_at == NOON
    assert change.conversation.operator_id is None
    assert change.conversation.last_operator_id == ANNA.id


def test_requeue_for_a_skill_asks_for_it() -> None:
    change = moves.requeue(make_assigned(), place=NOBODY_ONLINE, now=at(600), skill="billing")
    assert change.conversation.skill == "billing"


def test_transfer_has_no_moment_without_an_owner() -> None:
    change = moves.transfer_to_operator(make_assigned(ANNA), BORYS, now=at(90))
    assert change.conversation.operator_id == BORYS.id
    assert states(change) == [State.ASSIGNED]


def test_return_to_the_bot_forgets_the_queue() -> None:
    conversation = moves.return_to_bot(make_assigned(), now=at(90)).conversation
    assert conversation.state is State.BOT
    assert conversation.queued_at is None
    assert conversation.released_at == at(90)


def test_close_keeps_the_disposition_and_who_had_it() -> None:
    change = moves.close(make_assigned(), "solved", now=at(99))
    assert change.conversation.state is State.CLOSED
    assert change.conversation.disposition == "solved"
    assert change.conversation.last_operator_id == ANNA.id
    assert moves.close(change.conversation, "again", now=at(100)).events == ()


def test_rating_is_kept_also_after_the_end() -> None:
    change = moves.rate(make_conversation(state=State.CLOSED), 5, "дякую")
    assert change.conversation.score == 5
    assert change.events == (Rating(score=5, comment="дякую"),)


def test_only_the_owner_owns() -> None:
    moves.ensure_owner(make_assigned(ANNA), OperatorId(ANNA.id))
    for conversation in (make_queued(), make_assigned(BORYS), make_conversation()):
        with pytest.raises(errors.NotYours):
            moves.ensure_owner(conversation, OperatorId(ANNA.id))


MOVES = {
    "enqueue": lambda c: moves.enqueue(c, Reason.RULE, place=NOBODY_ONLINE, now=NOON),
    "assign": lambda c: moves.assign(c, ANNA, now=NOON),
    "assign other": lambda c: moves.assign(c, BORYS, now=NOON),
    "return": lambda c: moves.return_to_bot(c, now=NOON),
    "close": lambda c: moves.close(c, None, now=NOON),
}


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_any_moves_leave_one_owner_exactly_while_assigned(names: list[str]) -> None:
    conversation = make_conversation()
    for name in names:
        try:
            change = MOVES[name](conversation)
        except errors.HandoffError:
            continue
        if not change.events:
            assert change.conversation == conversation
        conversation = change.conversation
        assert (conversation.operator_id is not None) == (conversation.state is State.ASSIGNED)
        assert conversation.state is not State.QUEUED or conversation.queued_at is not None
