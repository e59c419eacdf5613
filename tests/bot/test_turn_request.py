"""Reading a turn's body."""

from __future__ import annotations

import json
from typing import Any

import pytest

from abonent_bot.turn import BadPayload, read_payload
from abonent_bot.turn_request import LONGEST_TEXT, BadTurn, read_turn

GOOD: dict[str, Any] = {"conversation": "c", "turn": "1", "text": "привіт"}


def body(**changes: Any) -> bytes:
    fields = {**GOOD, **changes}
    return json.dumps({name: value for name, value in fields.items() if value != "-"}).encode()


def test_reads_text() -> None:
    turn = read_turn(body())
    assert (turn.text, turn.payload, turn.channel, turn.is_suggestion) == (
        "привіт",
        None,
        "web",
        False,
    )


def test_reads_a_button_and_the_rest() -> None:
    turn = read_turn(body(text="-", payload="/greet", language="en", channel="vk", mode="suggest"))
    assert (turn.payload, turn.language, turn.channel, turn.is_suggestion) == (
        "/greet",
        "en",
        "vk",
        True,
    )


def test_empty_text_is_text() -> None:
    assert read_turn(body(text="")).text == ""


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        body(conversation="-"),
        body(conversation=""),
        body(conversation=7),
        body(conversation="x" * 300),
        body(turn="-"),
        body(text="-"),
        body(text=5),
        body(text="x" * (LONGEST_TEXT + 1)),
        body(payload="/greet"),
        body(text="-", payload=""),
        body(language="de"),
        body(mode="both"),
        body(channel=None),
    ],
)
def test_refuses(bad: bytes) -> None:
    with pytest.raises(BadTurn):
        read_turn(bad)


def test_reads_payloads() -> None:
    assert read_payload("/greet") == ("greet", {})
    assert read_payload('/store_locations{"city": "kyiv"}') == ("store_locations", {"city": "kyiv"})


@pytest.mark.parametrize(
    "payload", ["greet", "/", "/Greet", "/greet{", '/greet{"a"}', "/greet[1]", "/a /b", "/greet x"]
)
def test_refuses_payloads(payload: str) -> None:
    with pytest.raises(BadPayload):
        read_payload(payload)
