"""The last component: puts the decision on the message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from components.decision import Thresholds, decide

DIALOGUE_INTENTS = (
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "cancel",
    "help",
    "bot_challenge",
    "change_language",
    "out_of_scope",
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DecisionMaker(GraphComponent):
    """Sets ``decision`` and ``guesses``; the intent is ``nlu_fallback`` where none is certain."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the thresholds; ``bot/config.yml`` has the measured ones."""
        return {
            "answer": 0.4,
            "lead": 0.1,
            "known": 0.35,
            "guess": 0.03,
            "person": 0.4,
            "strange": 0.1,
            "rules": ["complaint"],
            "no_guess": list(DIALOGUE_INTENTS),
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._thresholds = Thresholds.from_config(config)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DecisionMaker:
        """Make the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide on each message."""
        for message in messages:
            verdict = decide(
                message.get("intent_ranking") or [],
                message.get("known_share") or 0.0,
                self._thresholds,
            )
            message.set(
                "intent",
                {"name": verdict.intent, "confidence": verdict.confidence},
                add_to_output=True,
            )
            message.set("decision", verdict.kind, add_to_output=True)
            message.set("reason", verdict.reason, add_to_output=True)
            message.set("guesses", list(verdict.guesses), add_to_output=True)
        return messages
