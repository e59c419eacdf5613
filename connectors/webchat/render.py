"""Frames to a subscriber's client. Pure."""

import msgspec

from handoff.domain.events import Author, LogEntry, Message, StateChanged
from handoff.domain.vocabulary import AuthorKind, ConversationId, State

Frame = dict[str, object]


def encode(frame: Frame) -> str:
    """A frame as it goes over the socket."""
    return msgspec.json.encode(frame).decode()


def welcome(visitor_token: str, conversation: ConversationId, state: State, seq: int) -> Frame:
    """Who the visitor is, and which conversation with how many events follows."""
    return {
        "type": "welcome",
        "visitor": visitor_token,
        "conversation": conversation,
        "state": state,
        "seq": seq,
    }


def event(entry: LogEntry) -> Frame:
    """An entry of the log that a subscriber may see."""
    frame: Frame = {
        "type": "event",
        "conversation": entry.conversation,
        "seq": entry.seq,
        "at": entry.at,
    }
    if isinstance(entry.event, Message):
        return frame | _message(entry.event)
    if isinstance(entry.event, StateChanged):
        return frame | _state(entry.event)
    raise TypeError(f"A subscriber may not see {type(entry.event).__name__}.")


def queue_place(position: int, eta_seconds: int | None, operators_online: int) -> Frame:
    """The present place in the queue."""
    return {
        "type": "queue",
        "position": position,
        "eta_seconds": eta_seconds,
        "operators_online": operators_online,
    }


def typing(kind: AuthorKind, name: str | None = None) -> Frame:
    """Somebody is writing to the subscriber."""
    return {"type": "typing", "author": _author(Author(kind, name=name))}


def error(code: str, message: str, frame_id: str | None = None, **more: object) -> Frame:
    """Why a frame was not acted on."""
    frame: Frame = {"type": "error", "code": code, "message": message} | more
    return frame if frame_id is None else frame | {"id": frame_id}


def _message(message: Message) -> Frame:
    frame: Frame = {"kind": "message", "author": _author(message.author), "text": message.text}
    if message.author.kind is AuthorKind.SUBSCRIBER:
        frame["id"] = message.id
    if message.buttons:
        frame["buttons"] = [{"title": b.title, "payload": b.payload} for b in message.buttons]
    if message.author.kind is AuthorKind.BOT:
        frame |= {"decision": message.decision, "intent": message.intent}
    return frame


def _state(change: StateChanged) -> Frame:
    frame: Frame = {"kind": "state", "state": change.state, "reason": change.reason}
    if change.state is State.QUEUED:
        frame |= {
            "position": change.position,
            "eta_seconds": change.eta_seconds,
            "operators_online": change.operators_online,
        }
    if change.operator is not None:
        frame["operator"] = {"name": change.operator.name}
    return frame


def _author(author: Author) -> dict[str, str | None]:
    return {"kind": author.kind, "name": author.name}
