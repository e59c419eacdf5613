"""JSON in and out, and the specifications' ``Error``."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from sandbox.bss.errors import Malformed, Refusal

Document = dict[str, Any]
T = TypeVar("T", bound=msgspec.Struct)

CURRENCY = "UAH"
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


def moment(at: datetime) -> str:
    """A time as the specifications write it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def dumps(value: object) -> str:
    """JSON of ASCII alone, so that any text a client thinks of can be kept."""
    # The integers of JSON have no largest one: msgspec would refuse what it has read before.
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def answer(
    value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """A response of JSON."""
    return web.Response(
        body=json.dumps(value, ensure_ascii=False, allow_nan=False).encode(),
        status=status,
        headers=headers,
        content_type="application/json",
        charset="utf-8",
    )


def error(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> web.Response:
    """A response that says what is wrong."""
    return answer(error_body(status, code, message), status, headers)


def error_body(status: int, code: str, message: str) -> Document:
    """The specifications' ``Error``."""
    return {
        "code": code,
        "reason": _PHRASES.get(status, "Error"),
        "message": message,
        "status": str(status),
        "@type": "Error",
    }


def refusal(refused: Refusal, headers: Mapping[str, str] | None = None) -> web.Response:
    """The response to what had to be refused."""
    return error(refused.status, refused.code, str(refused), headers)


async def read(request: web.Request, kind: type[T]) -> tuple[T, Document]:
    """Read a body.

    Returns:
        The body as its structure, and as it was sent, without attributes the structure lacks.

    Raises:
        Malformed: It is no JSON, or not what the specification says.
    """
    raw = await request.read()
    try:
        body = msgspec.json.decode(raw, type=kind)
        sent = json.loads(raw, parse_float=_finite)
    except (msgspec.MsgspecError, ValueError, RecursionError) as unreadable:
        raise Malformed(str(unreadable) or "the body cannot be read") from None
    known = {field.encode_name for field in msgspec.structs.fields(kind)}
    return body, {name: value for name, value in sent.items() if name in known}


def _finite(said: str) -> float:
    value = float(said)
    if not math.isfinite(value):
        raise Malformed(f"{said[:20]} is too large a number")
    return value
