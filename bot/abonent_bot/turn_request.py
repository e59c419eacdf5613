"""Read the body of a turn. Pure: JSON in, a Turn or a named error out."""

from __future__ import annotations

import json
from typing import Any

from abonent_bot.turn import Turn

LONGEST_TEXT = 16_000
LONGEST_ID = 256
LANGUAGES = ("ru", "uk", "en")


class BadTurn(Exception):
    """The body is not a turn; the message says which field and why."""


def read_turn(body: bytes) -> Turn:
    """Read a request's body.

    Raises:
        BadTurn: it is not JSON, or a field is missing or of the wrong kind.
    """
    try:
        fields = json.loads(body)
    except ValueError as error:
        raise BadTurn("the body is not JSON") from error
    if not isinstance(fields, dict):
        raise BadTurn("the body is not an object")
    payload = fields.get("payload")
    if (payload is None) == (fields.get("text") is None):
        raise BadTurn("give either text or payload")
    return Turn(
        conversation=_string(fields, "conversation", LONGEST_ID),
        id=_string(fields, "turn", LONGEST_ID),
        text=_text(fields, "text" if payload is None else "payload"),
        payload=None if payload is None else _string(fields, "payload", LONGEST_TEXT),
        language=_one_of(fields, "language", (None, *LANGUAGES)),
        channel=_string({"channel": "web", **fields}, "channel", LONGEST_ID),
        is_suggestion=_one_of(fields, "mode", (None, "answer", "suggest")) == "suggest",
    )


def _string(fields: dict[str, Any], name: str, longest: int) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value or len(value) > longest:
        raise BadTurn(f"{name} must be a string of 1 to {longest} characters")
    return value


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise BadTurn(f"{name} must be a string of at most {LONGEST_TEXT} characters")
    return value


def _one_of(fields: dict[str, Any], name: str, choices: tuple[str | None, ...]) -> str | None:
    value = fields.get(name)
    if value not in choices:
        raise BadTurn(f"{name} must be one of {', '.join(filter(None, choices))}")
    return value
