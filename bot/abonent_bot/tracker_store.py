"""Conversations as the bot remembers them: the last turns and the slots, never more."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Iterable, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from abonent_bot.key_value import KeyValueStore


class CompactTrackerStore(TrackerStore):
    """Keeps a conversation small, so that its 150th turn costs what its first did."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        host: str = "",
        turns: int = 10,
        ttl_seconds: int = 2_592_000,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.values = KeyValueStore(host, prefix="abonent:bot:")
        self._turns = turns
        self._ttl_seconds = ttl_seconds

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the last turns and the slots of a conversation."""
        document = {
            "age": tracker.events[-1].timestamp if tracker.events else 0.0,
            "slots": self._changed_slots(tracker),
            "loop": tracker.active_loop_name,
            "events": [event.as_dict() for event in last_turns(tracker.events, self._turns)],
        }
        await self.values.put(_key(tracker.sender_id), document, ttl_seconds=self._ttl_seconds)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """Return the conversation as it was saved last, or None for a new one."""
        document = await self.values.get(_key(sender_id))
        if document is None:
            return None
        tracker = self.init_tracker(sender_id)
        recent = [_event_of(stored) for stored in document["events"]]
        tracker.events.extend(self._known([*_opening(document), *recent]))
        tracker.replay_events()
        return tracker

    def _known(self, events: list[Event]) -> list[Event]:
        """Leave out slots that a newer model has no more."""
        slots = {slot.name for slot in self.domain.slots}
        return [e for e in events if not isinstance(e, SlotSet) or e.key in slots]

    async def keys(self) -> Iterable[Text]:
        """Return nothing: conversations are looked up, never listed."""
        return []

    def _changed_slots(self, tracker: DialogueStateTracker) -> dict[str, Any]:
        return {
            name: slot.value
            for name, slot in tracker.slots.items()
            if slot.value != slot.initial_value
        }


def last_turns(events: Iterable[Event], turns: int) -> list[Event]:
    """Return the events from the subscriber's last messages on, at most so many messages."""
    kept = list(events)
    starts = [at for at, event in enumerate(kept) if isinstance(event, UserUttered)]
    return kept[starts[-turns] :] if len(starts) >= turns else kept[starts[0] :] if starts else []


@lru_cache(maxsize=128)
def _event_class(name: str) -> type[Event]:
    # Rasa walks through all subclasses of its events for each one it reads.
    found: type[Event] = Event.resolve_by_type(name, None)
    return found


def _event_of(stored: dict[str, Any]) -> Event:
    fields = dict(stored)
    return _event_class(fields.pop("event"))._from_parameters(fields)


def _opening(document: dict[str, Any]) -> list[Event]:
    opening: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    opening += [SlotSet(name, value) for name, value in document["slots"].items()]
    if document["loop"]:
        opening.append(ActiveLoop(document["loop"]))
    return [*opening, ActionExecuted(ACTION_LISTEN_NAME)]


def _key(conversation: str) -> str:
    return "conversation:" + conversation


__all__ = ["CompactTrackerStore", "last_turns"]
