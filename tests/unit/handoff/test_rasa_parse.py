"""The bot's answer is a turn, or a named fault."""

import json
from typing import Any

import msgspec
import pytest

from handoff.domain.errors import BotUnavailable
from handoff.domain.events import Button
from handoff.domain.vocabulary import (
    Channel,
    ConversationId,
    Decision,
    Language,
    Reason,
    SubscriberId,
)
from handoff.rasa.parse import parse_turn, render_request
from handoff.services.ports import BotRequest

REQUEST = BotRequest(
    conversation=ConversationId("c1"),
    turn="c1:1",
    text="де гроші",
    payload=None,
    language=Language.UK,
    channel=Channel.WEB,
    subscriber=SubscriberId("s1"),
    number="+380500000001",
    is_suggestion=False,
)
ANSWER: dict[str, Any] = {
    "replies": [{"text": "Перевірте *101#", "buttons": [{"title": "Так", "payload": "/affirm"}]}],
    "decision": "answer",
    "reason": None,
    "language": "uk",
    "parse": {
        "intent": "check_balance",
        "confidence": 0.9,
        "language": "uk",
        "ranking": [{"intent": "check_balance", "confidence": 0.9}],
        "entities": [{"entity": "amount", "value": 5}],
    },
    "slots": {"language": "uk"},
    "model": "abc",
}


def parsed(**changes: Any) -> Any:
    return parse_turn(json.dumps(ANSWER | changes).encode(), REQUEST)


def test_an_answer_is_typed() -> None:
    turn = parsed()
    assert turn.replies[0].buttons == (Button("Так", "/affirm"),)
    assert turn.decision is Decision.ANSWER
    assert turn.parse.ranking[0].intent == "check_balance"


def test_at_most_three_replies_and_no_text_twice() -> None:
    turn = parsed(replies=[{"text": t} for t in ("а", "а", "б", "в", "г")])
    assert [reply.text for reply in turn.replies] == ["а", "б", "в"]


def test_a_handoff_may_be_silent_and_says_why() -> None:
    turn = parsed(replies=[], decision="handoff", reason="user_request")
    assert turn.reason is Reason.USER_REQUEST


@pytest.mark.parametrize(
    "changes",
    [
        {"replies": []},
        {"replies": [{"text": "  "}]},
        {"decision": "dance"},
        {"language": "fr"},
        {"parse": None},
        {"reason": "because"},
        {"replies": [{"text": "a\x00b"}]},
    ],
)
def test_what_cannot_be_used_is_a_fault_of_the_bot(changes: dict[str, Any]) -> None:
    with pytest.raises(BotUnavailable):
        parsed(**changes)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"<html>", b"\xff"])
def test_garbage_is_a_fault_of_the_bot(body: bytes) -> None:
    with pytest.raises(BotUnavailable):
        parse_turn(body, REQUEST)


@pytest.mark.parametrize(
    ("told", "log"),
    [("c1:7:answer", 7), ("c2:7:answer", None), ("c1:x:answer", None), ("c1", None), (None, None)],
)
def test_a_message_may_tell_what_an_earlier_one_meant(told: str | None, log: int | None) -> None:
    assert parsed(clarifies=told).clarifies == log


def test_the_bot_is_told_whose_number_the_channel_vouches_for() -> None:
    asked = msgspec.json.decode(render_request(REQUEST))
    assert (asked["subscriber"], asked["number"]) == ("s1", "+380500000001")


def test_a_proved_number_is_one_of_the_slots() -> None:
    assert parsed(slots={"verified_number": "+380500000001"}).proved_number == "+380500000001"
    assert parsed(slots={"verified_number": 380}).proved_number is None
    assert parsed().proved_number is None


def test_a_payload_is_sent_instead_of_text() -> None:
    pressed = msgspec.json.decode(render_request(REQUEST))
    assert pressed["text"] == "де гроші"
    assert pressed["mode"] == "answer"
    assert "payload" not in pressed
