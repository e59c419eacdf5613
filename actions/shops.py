"""Where the operator's shops are."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.catalogue import Catalogue, City, Shop, catalogue

AWAITS_CITY = "store_locations/city"
"""What the bot waits for after it asked in which city: intent and entity."""


class FindShops(Action):
    """Tells the shops of the city named, else the nearest ones, else asks for the city."""

    def name(self) -> str:
        """Return the name rules know this action by."""
        return "action_find_shops"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[EventType]:
        """Answer with a response of the domain."""
        known = catalogue()
        language = tracker.get_slot("language") or known.default_language
        city = known.cities.get(tracker.get_slot("city") or "")
        if city is not None:
            response, facts = answer_for(city, known, language)
            dispatcher.utter_message(response=response, **facts)
            return [SlotSet("awaits", None)]
        was_asked = tracker.get_slot("awaits") == AWAITS_CITY
        dispatcher.utter_message(response="utter_city_unknown" if was_asked else "utter_ask_city")
        return [SlotSet("awaits", None if was_asked else AWAITS_CITY)]


def answer_for(city: City, known: Catalogue, language: str) -> tuple[str, dict[str, str]]:
    """Choose the response for a city and the facts it tells."""
    here = known.shops_in(city.id)
    if here:
        return "utter_shops", {"place": city.names[language], "shops": listed(here, language)}
    nearest, distance = known.nearest_with_shops(city)
    return "utter_no_shop_nearest", {
        "place": city.names[language],
        "nearest": nearest.names[language],
        "distance": str(distance),
        "shops": listed(known.shops_in(nearest.id), language),
    }


def listed(shops: list[Shop], language: str) -> str:
    """Write shops one a line."""
    return "\n".join(f"• {shop.address[language]}, {shop.hours[language]}" for shop in shops)
