"""The bot's answer is a turn, or a named fault."""

import json
from typing import Any

import msgspec
import pytest

from handoff.domain.errors import BotUnavailable
from handoff.domain.events import Button
from handoff.domain.vocabulary import Channel, ConversationId, Decision, Language, Reason
from handoff.rasa.parse import parse_turn, render_request
from handoff.services.ports import BotRequest

REQUEST = BotRequest(
    conversation=ConversationId("c1"),
    turn="c1:1",
    text="де гроші",
    payload=None,
    language=Language.UK,
    channel=Channel.WEB,
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


def test_a_payload_is_sent_instead_of_text() -> None:
    pressed = msgspec.json.decode(render_request(REQUEST))
    assert pressed["text"] == "де гроші"
    assert pressed["mode"] == "answer"
    assert "payload" not in pressed
