"""The actions, called as the SDK calls them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.catalogue import City, catalogue, distance_km
from actions.shops import FindShops, answer_for


def find(**slots: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    tracker = Tracker("c", slots, {}, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = FindShops().run(dispatcher, tracker, {})
    return dispatcher.messages, {event["name"]: event["value"] for event in events}


def test_tells_the_shops_of_a_city() -> None:
    (message,), slots = find(city="kyiv", language="ru")
    assert message["response"] == "utter_shops"
    assert message["place"] == "Киев"
    assert message["shops"].count("•") == len(catalogue().shops_in("kyiv")) >= 2
    assert slots == {"awaits": None}


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
def test_tells_the_nearest_where_there_is_none(language: str) -> None:
    (message,), _ = find(city="irpin", language=language)
    assert message["response"] == "utter_no_shop_nearest"
    assert message["nearest"] == catalogue().cities["kyiv"].names[language]
    assert 15 <= int(message["distance"]) <= 30


def test_asks_for_the_city_and_waits_for_it() -> None:
    (message,), slots = find(city=None, language="uk")
    assert message["response"] == "utter_ask_city"
    assert slots == {"awaits": "store_locations/city"}


def test_does_not_ask_twice_in_a_row() -> None:
    (message,), slots = find(city=None, awaits="store_locations/city")
    assert message["response"] == "utter_city_unknown"
    assert slots == {"awaits": None}


def test_every_shop_is_in_a_city_that_is_known() -> None:
    known = catalogue()
    for city in known.cities.values():
        for language in ("ru", "uk", "en"):
            response, facts = answer_for(city, known, language)
            assert response in {"utter_shops", "utter_no_shop_nearest"}
            assert facts["shops"]
    assert {shop.city for shop in known.shops} <= set(known.cities)


def test_distances_are_those_of_the_globe() -> None:
    kyiv, lviv = catalogue().cities["kyiv"], catalogue().cities["lviv"]
    assert distance_km(kyiv.at, lviv.at) == pytest.approx(469, abs=5)
    assert isinstance(kyiv, City)


def test_the_action_server_finds_every_action() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert {"action_find_shops", "action_check_balance", "action_affirm"} <= set(executor.actions)
    call = {
        "next_action": "action_find_shops",
        "sender_id": "c",
        "tracker": {
            "sender_id": "c",
            "slots": {"city": "lviv"},
            "events": [],
            "latest_message": {},
        },
        "domain": {},
    }
    result = asyncio.run(executor.run(call))
    assert result["responses"][0]["response"] == "utter_shops"
