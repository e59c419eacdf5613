"""Read the body of a turn. Pure: JSON in, a Turn or a named error out."""

from __future__ import annotations

import json
import re
from typing import Any

from abonent_bot.turn import Contact, Turn

LONGEST_TEXT = 16_000
LONGEST_ID = 256
LANGUAGES = ("ru", "uk", "en")
_NUMBER = re.compile(r"\+\d{7,15}")


class BadTurn(Exception):
    """The body is not a turn; the message says which field and why."""


def read_turn(body: bytes) -> Turn:
    """Read a request's body.

    Raises:
        BadTurn: it is not JSON, or a field is missing or of the wrong kind.
    """
    fields = _fields(body)
    payload = fields.get("payload")
    contact = _contact(fields.get("contact"))
    if sum(one is not None for one in (payload, fields.get("text"), contact)) != 1:
        raise BadTurn("give either text, payload or contact")
    return Turn(
        conversation=_string(fields, "conversation", LONGEST_ID),
        id=_string(fields, "turn", LONGEST_ID),
        text="" if contact else _text(fields, "text" if payload is None else "payload"),
        payload=None if payload is None else _string(fields, "payload", LONGEST_TEXT),
        language=_one_of(fields, "language", (None, *LANGUAGES)),
        channel=_string({"channel": "web", **fields}, "channel", LONGEST_ID),
        subscriber=_optional(fields, "subscriber", LONGEST_ID),
        number=_number(fields.get("number")),
        contact=contact,
        is_suggestion=_one_of(fields, "mode", (None, "answer", "suggest")) == "suggest",
    )


def read_text(body: bytes) -> str:
    """Read the body ``{"text": ...}`` of a message that is only to be understood.

    Raises:
        BadTurn: it is not JSON, or the text is missing or of the wrong kind.
    """
    return _text(_fields(body), "text")


def _fields(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except ValueError as error:
        raise BadTurn("the body is not JSON") from error
    if not isinstance(fields, dict):
        raise BadTurn("the body is not an object")
    return fields


def _string(fields: dict[str, Any], name: str, longest: int) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value or len(value) > longest:
        raise BadTurn(f"{name} must be a string of 1 to {longest} characters")
    return value


def _optional(fields: dict[str, Any], name: str, longest: int) -> str | None:
    return None if fields.get(name) is None else _string(fields, name, longest)


def _number(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise BadTurn("number must be + and 7 to 15 digits")
    return value


def _contact(value: Any) -> Contact | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("own"), bool):
        raise BadTurn("contact must be an object with number and own")
    number = _number(value.get("number"))
    if number is None:
        raise BadTurn("a contact needs its number")
    return Contact(number, value["own"])


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
