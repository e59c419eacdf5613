"""The bot's wording: a response's variation in the subscriber's language, the facts filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Dict, Optional, Text

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from ruamel.yaml import YAML

from abonent_bot.operator_data import Operator, operator_from, said_in
from components.decision import PERSON_WANTED

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
OFFERS_GUESSES = "utter_clarify"


class Answers(TemplatedNaturalLanguageGenerator):
    """Chooses by the ``language`` slot and fills in slots and the operator's facts."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._operator: Operator = operator_from(endpoint_config.kwargs["operator"])
        self._labels = load_labels(endpoint_config.kwargs["labels"])

    async def generate(
        self,
        utter_action: Text,
        tracker: DialogueStateTracker,
        output_channel: Text,
        **kwargs: Any,
    ) -> Optional[Dict[Text, Any]]:
        """Return the answer to give, or None when there is no such response."""
        slots = tracker.current_slot_values()
        language = slots.get("language") or self._operator.default_language
        chosen = chosen_variation(self.responses.get(utter_action, []), language)
        if chosen is None:
            return None
        facts = {**self._operator.facts(language), **_spoken(slots), **_spoken(kwargs)}
        answer = {
            "text": filled(chosen["text"], facts),
            "buttons": [
                {
                    "title": filled(button["title"], facts),
                    "payload": filled(button["payload"], facts),
                }
                for button in chosen.get("buttons", [])
            ],
        }
        if utter_action == OFFERS_GUESSES:
            answer["buttons"] = self._guesses(tracker, language)
        return answer

    def _guesses(self, tracker: DialogueStateTracker, language: str) -> list[dict[str, str]]:
        message = tracker.latest_message
        guesses = (message.parse_data.get("guesses") or []) if message else []
        return [
            {"title": said_in(self._labels[intent], language), "payload": f"/{intent}"}
            for intent in [*guesses, PERSON_WANTED]
            if intent in self._labels
        ]


def chosen_variation(variations: list[dict[str, Any]], language: str) -> dict[str, Any] | None:
    """Return the variation for a language, else the one without a condition."""
    unconditional = None
    for variation in variations:
        conditions = variation.get("condition") or []
        if not conditions:
            unconditional = unconditional or variation
        elif all(one["name"] == "language" and one["value"] == language for one in conditions):
            return variation
    return unconditional


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Put facts in the places of their names; JSON braces in payloads are no places.

    Raises:
        KeyError: a name that is neither a slot nor a fact; ``validate`` finds these beforehand.
    """
    return PLACEHOLDER.sub(lambda match: facts[match[1]], text)


def load_labels(path: str) -> dict[str, dict[str, str]]:
    """Read how each intent is called on a button."""
    loaded: dict[str, dict[str, str]] = YAML(typ="safe").load(
        Path(path).read_text(encoding="utf-8")
    )
    return loaded


def _spoken(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: str(value)
        for name, value in values.items()
        if isinstance(value, (str, int, float)) and not isinstance(value, bool)
    }


__all__ = ["Answers", "chosen_variation", "filled", "load_labels"]
