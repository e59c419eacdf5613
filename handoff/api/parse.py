"""Requests of the console's REST, typed. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec

from handoff.domain.vocabulary import State
from handoff.services.ports import HistoryQuery

PAGE_LIMIT = 100
_LONGEST_NUMBER = 6


class RequestError(Exception):
    """A request that cannot be acted on."""


class SignIn(msgspec.Struct, frozen=True):
    """Who wants in, and their password."""

    login: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1_024)]


_sign_in_decoder = msgspec.json.Decoder(SignIn)


def parse_sign_in(body: bytes) -> SignIn:
    """The sign-in in a request body, or ``RequestError``."""
    try:
        sign_in = _sign_in_decoder.decode(body)
    except (msgspec.DecodeError, UnicodeError) as fault:
        raise RequestError("Send login and password as JSON.") from fault
    if "\x00" in sign_in.login:
        raise RequestError("A login cannot have this character.")
    return sign_in


def parse_history_query(values: Mapping[str, str]) -> HistoryQuery:
    """The search of the history page, or ``RequestError``."""
    state, text = values.get("state") or None, values.get("query") or None
    if state is not None and state not in set(State):
        raise RequestError("There is no such state.")
    if any("\x00" in value for value in values.values()):
        raise RequestError("A query cannot have this character.")
    before, before_id = _cursor(values.get("before"))
    return HistoryQuery(
        state=state,
        text=text[:200] if text else None,
        subscriber=values.get("subscriber") or None,
        before=before,
        before_id=before_id,
        limit=_limit(values.get("limit")),
    )


def history_cursor(opened_at: datetime, conversation_id: str) -> str:
    """The cursor behind a line of the history page."""
    return f"{opened_at.isoformat()}_{conversation_id}"


def _cursor(text: str | None) -> tuple[datetime | None, str]:
    if not text:
        return None, ""
    moment, _, conversation_id = text.partition("_")
    try:
        opened_at = datetime.fromisoformat(moment)
    except ValueError as fault:
        raise RequestError("There is no such cursor.") from fault
    if opened_at.tzinfo is None:
        raise RequestError("There is no such cursor.")
    return opened_at, conversation_id


def _limit(text: str | None) -> int:
    if not text:
        return PAGE_LIMIT // 2
    if len(text) > _LONGEST_NUMBER or not text.isascii() or not text.isdigit():
        raise RequestError("The limit is a number.")
    return max(1, min(int(text), PAGE_LIMIT))
