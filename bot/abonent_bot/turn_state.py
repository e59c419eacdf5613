"""What a conversation remembers between turns, read from its slots. Pure."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components.decision import Situation

OPEN_SECONDS = 600
"""A question that was not answered in this time is closed."""


def situation_of(tracker: DialogueStateTracker, now: float) -> Situation:
    """Return what the bot remembers of its own last questions."""
    intent, _, entity = (tracker.get_slot("awaits") or "").partition("/")
    proof = open_proof(tracker, now) or {}
    return Situation(
        was_asked_what=bool(tracker.get_slot("clarified")),
        awaited_intent=intent or None,
        awaited_entity=entity or None,
        waiting_intent=proof.get("intent"),
        waiting_entity=proof.get("entity"),
        topic=tracker.get_slot("topic"),
    )


def open_proof(tracker: DialogueStateTracker, now: float) -> dict[str, Any] | None:
    """Return the flow that still waits to know whose number it is."""
    proof: dict[str, Any] | None = tracker.get_slot("proof")
    return proof if proof and now - float(proof.get("at", 0)) < OPEN_SECONDS else None


def was_set(tracker: DialogueStateTracker, slot: str) -> bool:
    """Tell whether a slot was set since the subscriber's last message."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, SlotSet) and event.key == slot:
            return True
    return False


def last_intent(tracker: DialogueStateTracker) -> str | None:
    """Return what the last message meant."""
    messages = (event for event in reversed(tracker.events) if isinstance(event, UserUttered))
    last = next(messages, None)
    return None if last is None else (last.intent or {}).get("name")


_INNER_SLOTS = frozenset(
    {
        "awaits",
        "caller",
        "clarified",
        "language_asked_in",
        "order",
        "proof",
        "task",
        "then",
        "topic",
        "unclear",
    }
)
_RASA_SLOTS = frozenset({"session_started_metadata", "requested_slot"})


def told_slots(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return the slots that mean something outside."""
    return {
        name: value
        for name, value in tracker.current_slot_values().items()
        if value is not None and name not in _INNER_SLOTS | _RASA_SLOTS
    }
