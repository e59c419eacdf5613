"""What operators' screens show of conversations, entries and operators: plain values, no rules.

Both the live queue and the REST pages show these, so that a screen needs one reader.
"""

import msgspec

from handoff.domain.events import LogEntry, Message, Note
from handoff.domain.operator import Operator
from handoff.domain.queue import QueueEntry, summary
from handoff.services.ports import ConversationView

Shown = dict[str, object]


def shown_entry(entry: QueueEntry) -> Shown:
    """A waiting conversation, whole."""
    return _plain(entry)


def shown_conversation(view: ConversationView) -> Shown:
    """An operator's own conversation: all a queue entry has, and where it stands."""
    conversation = view.conversation
    return {
        "conversation": conversation.id,
        "state": conversation.state,
        "seq": conversation.seq,
        "log": conversation.log,
        "read_seq": conversation.read_seq,
        "channel": conversation.channel,
        "subscriber": _plain(view.subscriber),
        "language": conversation.language,
        "reason": conversation.reason,
        "skill": conversation.skill,
        "priority": conversation.priority,
        "since": conversation.queued_at,
        "assigned_at": conversation.assigned_at,
        "summary": summary(conversation),
        "intent": conversation.intent,
        "confidence": conversation.confidence,
        "preview": conversation.preview,
        "page": None if conversation.page is None else _plain(conversation.page),
    }


def shown_past_conversation(view: ConversationView) -> Shown:
    """A line of the history page."""
    conversation = view.conversation
    return {
        "conversation": conversation.id,
        "channel": conversation.channel,
        "subscriber": _plain(view.subscriber),
        "language": conversation.language,
        "state": conversation.state,
        "reason": conversation.reason,
        "operator": view.operator_name,
        "opened_at": conversation.opened_at,
        "closed_at": conversation.closed_at,
        "disposition": conversation.disposition,
        "score": conversation.score,
        "intent": conversation.intent,
        "summary": summary(conversation),
        "preview": conversation.preview,
    }


def shown_event(entry: LogEntry) -> Shown:
    """An entry of the log as operators see it: the inner kinds too."""
    shown: Shown = {
        "type": "event",
        "conversation": entry.conversation,
        "log": entry.log,
        "at": entry.at,
    }
    if entry.seq is not None:
        shown["seq"] = entry.seq
    shown |= _plain(entry.event)
    if isinstance(entry.event, Message | Note):
        shown["author"] = {"name": None} | _plain(entry.event.author)
    return shown


def shown_operator(operator: Operator) -> Shown:
    """An operator with presence and load."""
    return {
        "id": operator.id,
        "name": operator.name,
        "role": operator.role,
        "presence": operator.presence,
        "capacity": operator.capacity,
        "load": operator.load,
        "skills": list(operator.skills),
        "languages": list(operator.languages),
    }


def shown_account(operator: Operator) -> Shown:
    """The operator who is signed in."""
    return shown_operator(operator) | {"login": operator.login}


def _plain(value: object) -> Shown:
    built: Shown = msgspec.to_builtins(value)
    return built
