"""A question about what was just answered: "and how much is that?"."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.flow import Flow, visited
from actions.phrases import domain_responses
from actions.tools import tools
from actions.visit import Visit

NOTHING_TO_SAY = "utter_help"


class FollowUp(Flow):
    """Tells the price of what was spoken of last."""

    intent = "follow_up"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Answer with the topic's price, or with all there is on the topic."""
        topic = str(tracker.get_slot("topic") or "")
        response = answer_on(topic, domain_responses())

        async def answer(visit: Visit) -> None:
            visit.say(response)

        events = await visited(Visit(self.intent, dispatcher, tracker, tools()), answer)
        return [*events, *_still_asked(tracker, topic)]

    async def answer(self, visit: Visit) -> None:
        """Answered by ``run``, which knows the topic."""
        raise NotImplementedError


def answer_on(topic: str, responses: Container[str]) -> str:
    """Return the response that tells what a topic costs, else all there is on it."""
    known = (name for name in (f"utter_{topic}_price", f"utter_{topic}") if name in responses)
    return next(known, NOTHING_TO_SAY)


def _still_asked(tracker: Tracker, topic: str) -> list[EventType]:
    """A question on the topic stays open: whoever asks its price may say yes to it next."""
    awaited = str(tracker.get_slot("awaits") or "")
    if awaited.partition("/")[0] != topic or not topic:
        return []
    return [SlotSet("awaits", awaited), SlotSet("task", tracker.get_slot("task"))]
