"""Rows of the tables as records of the domain, and back."""

from collections.abc import Iterable
from typing import Any

import asyncpg
import msgspec

from handoff.domain.conversation import Conversation, Page
from handoff.domain.events import Event, LogEntry
from handoff.domain.operator import Operator
from handoff.domain.queue import QueueEntry, SubscriberRef, summary
from handoff.domain.vocabulary import (
    Channel,
    ConversationId,
    Language,
    OperatorId,
    Presence,
    Reason,
    Role,
    State,
)
from handoff.services.ports import ConversationView

_event_decoder = msgspec.json.Decoder(Event)
_FIELDS = tuple(field.name for field in msgspec.structs.fields(Conversation))


def encode(value: object) -> str:
    """A value for a ``jsonb`` column."""
    return msgspec.json.encode(value).decode()


def conversation(row: asyncpg.Record) -> Conversation:
    """A row of ``conversation``."""
    values: dict[str, Any] = {name: row[name] for name in _FIELDS}
    values["channel"] = Channel(row["channel"])
    values["language"] = Language(row["language"])
    values["state"] = State(row["state"])
    values["reason"] = Reason(row["reason"]) if row["reason"] else None
    values["page"] = msgspec.json.decode(row["page"], type=Page) if row["page"] else None
    return Conversation(**values)


def entry(row: asyncpg.Record) -> LogEntry:
    """A row of ``event``."""
    return LogEntry(
        conversation=ConversationId(row["conversation_id"]),
        log=row["log"],
        at=row["at"],
        event=_event_decoder.decode(row["body"]),
        seq=row["seq"],
    )


def entries(rows: Iterable[asyncpg.Record]) -> list[LogEntry]:
    """Rows of ``event``, in the order they came."""
    return [entry(row) for row in rows]


def operator(row: asyncpg.Record) -> Operator:
    """A row of ``operator`` with its load."""
    return Operator(
        id=OperatorId(row["id"]),
        login=row["login"],
        name=row["name"],
        role=Role(row["role"]),
        skills=tuple(row["skills"]),
        languages=tuple(Language(language) for language in row["languages"]),
        capacity=row["capacity"],
        presence=Presence(row["presence"]),
        seen_at=row["seen_at"],
        load=row["load"],
    )


def view(row: asyncpg.Record) -> ConversationView:
    """A conversation joined with its subscriber and operator."""
    return ConversationView(
        conversation=conversation(row),
        subscriber=_subscriber(row),
        operator_name=row["operator_name"],
        vouched_number=row["subscriber_number"],
    )


def queue_entry(row: asyncpg.Record) -> QueueEntry:
    """A waiting conversation joined with its subscriber."""
    waiting = conversation(row)
    return QueueEntry(
        conversation=waiting.id,
        channel=waiting.channel,
        subscriber=_subscriber(row),
        language=waiting.language,
        reason=waiting.reason or Reason.RULE,
        skill=waiting.skill,
        priority=waiting.priority,
        since=waiting.queued_at or waiting.opened_at,
        summary=summary(waiting),
        intent=waiting.intent,
        confidence=waiting.confidence,
        preview=waiting.preview,
        page=waiting.page,
    )


def conversation_values(changed: Conversation) -> tuple[object, ...]:
    """The parameters of ``update_conversation``."""
    return (
        changed.id,
        changed.language,
        changed.state,
        changed.log,
        changed.seq,
        changed.operator_id,
        changed.last_operator_id,
        changed.reason,
        changed.skill,
        changed.priority,
        changed.queued_at,
        changed.assigned_at,
        changed.released_at,
        changed.closed_at,
        changed.disposition,
        changed.score,
        changed.intent,
        changed.confidence,
        changed.request,
        changed.preview,
        page_value(changed.page),
        changed.number,
    )


def page_value(page: Page | None) -> str | None:
    """The parameter of a ``page`` column."""
    return None if page is None else encode(page)


def _subscriber(row: asyncpg.Record) -> SubscriberRef:
    return SubscriberRef(
        id=row["subscriber_id"],
        name=row["subscriber_name"],
        number=row["subscriber_number"] or row["number"],
    )
