"""Frames of the operators' socket, both ways. Pure."""

import re
from typing import Annotated

import msgspec

from handoff.domain.events import LogEntry
from handoff.domain.message import CLIENT_ID_LIMIT, DISPOSITION_LIMIT
from handoff.domain.queue import QueueChange
from handoff.domain.vocabulary import ConversationId, Presence
from handoff.services.screens import Shown, shown_entry, shown_event

# 16,000 characters, each written as two escapes of six bytes, and the rest of the frame.
FRAME_LIMIT = 256 * 1024

ClientId = Annotated[str, msgspec.Meta(min_length=1, max_length=CLIENT_ID_LIMIT)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Ref = str | int | None

_CURSOR = re.compile(r"(\d{1,18})-(\d{1,9})")


class FrameError(Exception):
    """A frame that cannot be acted on; ``code`` and ``ref`` go back to the client."""

    def __init__(self, code: str, message: str, ref: Ref = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.ref = ref


class Cursor(msgspec.Struct, frozen=True):
    """Where a reader is: in the operator's feed, and in the log of one conversation."""

    feed: int = 0
    log: int = 0

    def __str__(self) -> str:
        return f"{self.feed}-{self.log}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor a client says back; ``FrameError`` if none was ever like it."""
        match = _CURSOR.fullmatch(text)
        if match is None:
            raise FrameError("invalid", "There is no such cursor.")
        return cls(feed=int(match[1]), log=int(match[2]))


class Hello(msgspec.Struct, frozen=True):
    """The first frame: who it is, and what was seen already."""

    after: str | None = None
    ticket: str | None = None


class SetStatus(msgspec.Struct, frozen=True):
    """The operator comes, pauses, goes, or takes more or fewer."""

    status: Presence
    capacity: Annotated[int, msgspec.Meta(ge=1, le=50)] | None = None


class Accept(msgspec.Struct, frozen=True):
    """Claim a waiting conversation."""

    conversation: ConversationId


class Send(msgspec.Struct, frozen=True):
    """Say something to the subscriber."""

    conversation: ConversationId
    id: ClientId
    text: str


class AddNote(msgspec.Struct, frozen=True):
    """Leave a note for operators."""

    conversation: ConversationId
    id: ClientId
    text: str


class Typing(msgspec.Struct, frozen=True):
    """The operator is writing."""

    conversation: ConversationId


class Target(msgspec.Struct, frozen=True):
    """Whom to transfer to: one of the two."""

    operator: Name | None = None
    skill: Name | None = None


class Transfer(msgspec.Struct, frozen=True):
    """Give the conversation to another operator or skill."""

    conversation: ConversationId
    to: Target


class ReturnToBot(msgspec.Struct, frozen=True):
    """Give the conversation back to the bot."""

    conversation: ConversationId


class Close(msgspec.Struct, frozen=True):
    """End the conversation."""

    conversation: ConversationId
    disposition: Annotated[str, msgspec.Meta(max_length=DISPOSITION_LIMIT)] | None = None


class History(msgspec.Struct, frozen=True):
    """The past of a conversation, before a cursor or from the end."""

    conversation: ConversationId
    before: str | None = None


Command = (
    Hello | SetStatus | Accept | Send | AddNote | Typing | Transfer | ReturnToBot | Close | History
)

_KINDS: dict[str, type[Command]] = {
    "hello": Hello,
    "status": SetStatus,
    "accept": Accept,
    "send": Send,
    "note": AddNote,
    "typing": Typing,
    "transfer": Transfer,
    "return_to_bot": ReturnToBot,
    "close": Close,
    "history": History,
}


def parse_command(raw: str | bytes) -> tuple[Command, Ref]:
    """The command in a frame, with its reference.

    Raises:
        FrameError: too large, not a frame, of unknown type, or with a field that does not fit.
    """
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    if size > FRAME_LIMIT:
        raise FrameError("too_large", f"A frame may have {FRAME_LIMIT} bytes; this one has {size}.")
    content = _json_object(raw)
    ref = _ref(content)
    kind = content.get("type")
    if not isinstance(kind, str):
        raise FrameError("invalid", "A frame needs a type.", ref)
    if kind not in _KINDS:
        raise FrameError("unknown_type", "There is no command of this type.", ref)
    try:
        return msgspec.convert(content, _KINDS[kind]), ref
    except msgspec.ValidationError as fault:
        raise FrameError("invalid", str(fault), ref) from fault


def encode(frame: Shown) -> str:
    """A frame as it goes over the socket."""
    return msgspec.json.encode(frame).decode()


def ok(ref: Ref, **more: object) -> Shown:
    """The command was done."""
    return {"type": "ok", "ref": ref} | more


def error(code: str, message: str, ref: Ref = None) -> Shown:
    """Why a command was not done."""
    return {"type": "error", "ref": ref, "code": code, "message": message}


def event(entry: LogEntry, feed: int) -> Shown:
    """An entry of one's own conversation, with the cursor behind it."""
    return shown_event(entry) | {"cursor": str(Cursor(feed=feed, log=entry.log))}


def queue(change: QueueChange) -> Shown:
    """What has changed in the queue."""
    return {
        "type": "queue",
        "added": [shown_entry(entry) for entry in change.added],
        "changed": [shown_entry(entry) for entry in change.changed],
        "removed": list(change.removed),
    }


def typing(conversation: ConversationId, text: str) -> Shown:
    """What the subscriber has typed so far."""
    return {
        "type": "typing",
        "conversation": conversation,
        "author": {"kind": "subscriber", "name": None},
        "text": text,
    }


def read(conversation: ConversationId, seq: int) -> Shown:
    """How far the subscriber has read."""
    return {"type": "read", "conversation": conversation, "seq": seq}


def _ref(content: dict[str, object]) -> Ref:
    ref = content.get("ref")
    return ref if isinstance(ref, str | int) else None


def _json_object(raw: str | bytes) -> dict[str, object]:
    try:
        content = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        raise FrameError("invalid", "A frame is one JSON object.") from fault
    if not isinstance(content, dict):
        raise FrameError("invalid", "A frame is one JSON object.")
    return content
