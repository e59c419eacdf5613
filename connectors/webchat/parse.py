"""Frames a subscriber's client may send, typed. Pure."""

from typing import Annotated

import msgspec

from handoff.domain.conversation import Page
from handoff.domain.message import CLIENT_ID_LIMIT

FRAME_LIMIT = 64 * 1024

ClientId = Annotated[str, msgspec.Meta(min_length=1, max_length=CLIENT_ID_LIMIT)]
ShortText = Annotated[str, msgspec.Meta(max_length=512)]


class FrameError(Exception):
    """A frame that cannot be acted on; ``code``, ``id`` and ``field`` go back to the client."""

    def __init__(
        self, code: str, message: str, frame_id: str | None = None, *, field: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.frame_id = frame_id
        self.field = field


class Hello(msgspec.Struct, frozen=True):
    """The first frame: who it is, and what they have seen already."""

    visitor: str | None = None
    conversation: str | None = None
    after: int | None = None
    locale: ShortText | None = None
    page: Page | None = None
    identity: str | None = None


class SendMessage(msgspec.Struct, frozen=True):
    """A message, under the client's own id."""

    id: ClientId
    text: str


class PressButton(msgspec.Struct, frozen=True):
    """A button of the bot was pressed."""

    id: ClientId
    payload: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class Typing(msgspec.Struct, frozen=True):
    """What is typed so far."""

    text: str = ""


class Read(msgspec.Struct, frozen=True):
    """Everything up to ``seq`` was seen."""

    seq: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class Rate(msgspec.Struct, frozen=True):
    """The subscriber's score of the conversation."""

    score: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: Annotated[str, msgspec.Meta(max_length=4_000)] | None = None


class RequestPerson(msgspec.Struct, frozen=True):
    """The subscriber asks for a person."""


class LeaveQueue(msgspec.Struct, frozen=True):
    """The subscriber goes back to the bot."""


Frame = Hello | SendMessage | PressButton | Typing | Read | Rate | RequestPerson | LeaveQueue

_KINDS: dict[str, type[Frame]] = {
    "hello": Hello,
    "message": SendMessage,
    "button": PressButton,
    "typing": Typing,
    "read": Read,
    "rate": Rate,
    "human": RequestPerson,
    "leave_queue": LeaveQueue,
}


def parse_frame(raw: str | bytes) -> Frame:
    """The frame in a text message of the socket.

    Raises:
        FrameError: too large, not a frame, of unknown type, or with a field that does not fit.
    """
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    if size > FRAME_LIMIT:
        raise FrameError("too_large", f"A frame may have {FRAME_LIMIT} bytes; this one has {size}.")
    content = _json_object(raw)
    frame_id = content.get("id")
    frame_id = frame_id if isinstance(frame_id, str) else None
    kind = content.get("type")
    if not isinstance(kind, str):
        raise FrameError("invalid", "A frame needs a type.", frame_id)
    if kind not in _KINDS:
        raise FrameError("unknown_type", "There is no frame of this type.", frame_id)
    try:
        return msgspec.convert(content, _KINDS[kind])
    except msgspec.ValidationError as fault:
        raise FrameError("invalid", str(fault), frame_id) from fault


def _json_object(raw: str | bytes) -> dict[str, object]:
    try:
        content = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        raise FrameError("invalid", "A frame is one JSON object.") from fault
    if not isinstance(content, dict):
        raise FrameError("invalid", "A frame is one JSON object.")
    return content
