"""Frames of the operators' socket."""

import json

import pytest

from handoff.domain.events import Author, Note, OperatorRef, StateChanged
from handoff.domain.vocabulary import AuthorKind, State
from handoff.live import frames
from handoff.live.frames import Cursor, FrameError
from handoff.live.session import Session
from handoff.services.ports import FeedItem
from tests.factories import make_entry, make_log_entry, make_operator


def command(**fields: object) -> object:
    return frames.parse_command(json.dumps(fields))[0]


def test_commands_are_typed_and_keep_their_ref() -> None:
    assert frames.parse_command('{"type": "accept", "ref": 7, "conversation": "c1"}') == (
        frames.Accept("c1"),  # type: ignore[arg-type]
        7,
    )
    assert command(type="status", ref="a", status="online", capacity=3) == frames.SetStatus(
        "online",  # type: ignore[arg-type]
        3,
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "invalid"),
        ("[]", "invalid"),
        ("{}", "invalid"),
        ("[" * 100_000, "invalid"),
        ('{"type": 1}', "invalid"),
        ('{"type": "dance", "ref": "r"}', "unknown_type"),
        ('{"type": "accept", "ref": "r"}', "invalid"),
        ('{"type": "status", "ref": "r", "status": "busy"}', "invalid"),
        ('{"type": "status", "ref": "r", "status": "online", "capacity": 51}', "invalid"),
        ('{"type": "status", "ref": "r", "status": "online", "capacity": 0}', "invalid"),
        ('{"type": "send", "ref": "r", "conversation": "c", "id": "", "text": "x"}', "invalid"),
        (b"\xff\xfe", "invalid"),
        (json.dumps({"type": "hello", "x": "y" * frames.FRAME_LIMIT}), "too_large"),
    ],
)
def test_what_is_not_a_command_is_refused_by_code(raw: str | bytes, code: str) -> None:
    with pytest.raises(FrameError) as refusal:
        frames.parse_command(raw)
    assert refusal.value.code == code
    assert refusal.value.ref == ("r" if b"ref" in str(raw).encode() else None)


def test_a_cursor_comes_back_as_it_went() -> None:
    assert Cursor.parse(str(Cursor(feed=12, log=3))) == Cursor(feed=12, log=3)
    for garbage in ("", "12", "a-b", "1-2-3", "-1-2", "9" * 40 + "-1"):
        with pytest.raises(FrameError):
            Cursor.parse(garbage)


def test_inner_events_have_no_seq() -> None:
    note = Note(author=Author(AuthorKind.OPERATOR, name="Анна", id="anna"), text="VIP", id="n1")
    shown = frames.event(make_log_entry(None, note, log=4), feed=9)
    assert shown["kind"] == "note"
    assert shown["cursor"] == "9-4"
    assert "seq" not in shown


def item(n: int, **values: object) -> FeedItem:
    return FeedItem(n=n, entry=make_log_entry(n, **values))  # type: ignore[arg-type]


def test_a_session_shows_each_item_once_and_stops_at_a_gap() -> None:
    session = Session(make_operator(), feed=3)
    assert session.admit([item(3), item(4), item(5)]) == [item(4), item(5)]
    assert session.admit([item(7)]) is None
    assert session.admit([item(6), item(7)]) == [item(6), item(7)]
    assert session.feed == 7


def test_a_session_sees_only_what_the_operator_serves() -> None:
    billing, any_skill = make_entry("b", skill="billing"), make_entry("a")
    narrow = Session(make_operator(skills=("roaming",)))
    assert narrow.see_queue([billing, any_skill]).added == (any_skill,)
    assert narrow.see_queue([billing]).removed == (any_skill.conversation,)
    overseer = Session(make_operator(role="supervisor", skills=("roaming",)))
    assert overseer.see_queue([billing]).added == (billing,)


def test_a_session_knows_what_became_its_own() -> None:
    session = Session(make_operator("anna"))
    mine = StateChanged(state=State.ASSIGNED, operator=OperatorRef("anna", "Анна"))
    others = StateChanged(state=State.ASSIGNED, operator=OperatorRef("borys", "Борис"))
    assert session.became_own(item(1, event=mine))
    assert not session.became_own(item(2, event=others))
    assert not session.became_own(item(3))
