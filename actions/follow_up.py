"""A question about what was just answered: "and how much is that?"."""

from __future__ import annotations

from collections.abc import Container

from actions.flow import Flow
from actions.phrases import domain_responses
from actions.visit import Visit

NOTHING_TO_SAY = "utter_help"


class FollowUp(Flow):
    """Tells the price of what was spoken of last."""

    intent = "follow_up"

    async def answer(self, visit: Visit) -> None:
        """Answer with the topic's price, or with all there is on the topic."""
        visit.say(answer_on(visit.topic, domain_responses()))
        # Whoever asks the price of what is offered may say yes to it next.
        visit.leave_open(visit.topic)


def answer_on(topic: str, responses: Container[str]) -> str:
    """Return the response that tells what a topic costs, else all there is on it."""
    known = (name for name in (f"utter_{topic}_price", f"utter_{topic}") if name in responses)
    return next(known, NOTHING_TO_SAY)
