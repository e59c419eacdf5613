"""FastCharLR: what the subscriber wants, and whether a message asks for two things."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.entities import plain_place_names
from components.intent_model import IntentModel
from components.parts import Bars, Part, requests_of
from components.thesaurus import Thesaurus, concepts_in_files


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FastCharLR(GraphComponent):
    """Sets ``intent``, ``intent_ranking`` and, where a message asks for two things, ``requests``.

    The ranking is that of the request to be served first; it is empty where nothing can be read.
    """

    RANKING_LENGTH = 10

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the measured settings (docs/nlu.md)."""
        return {
            "view": {"smallest": 1, "largest": 4, "words": 2, "stems": 4, "concepts": 3},
            "thesaurus": "nlu_data/thesaurus",
            "places": "bot/operator/places.yml",
            "min_count": 3,
            "networks": 2,
            "hidden": 64,
            "linear": {"epochs": 4, "rate": 0.5, "batch": 256, "dropout": 0.3},
            "network": {"epochs": 5, "rate": 0.05, "batch": 256, "dropout": 0.3},
            "rest_epochs": 2,
            "smoothing": 0.0,
            "parts": {"added": 0.25, "joined": 0.95, "loose": 0.92, "whole": 0.95},
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model
        self._bars = Bars(**config["parts"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FastCharLR:
        """Make the component for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FastCharLR:
        """Make the component from a trained model."""
        with model_storage.read_from(resource) as directory:
            model = IntentModel.load(directory)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training examples."""
        examples = training_data.intent_examples
        self._model = IntentModel.fit(
            [example.get("text") for example in examples],
            [example.get("intent") for example in examples],
            self._config,
            thesaurus_from(self._config),
        )
        with self._storage.write_to(self._resource) as directory:
            self._model.save(directory)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave training examples alone."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify each message."""
        for message in messages:
            self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        assert self._model is not None
        text = message.get("text") or ""
        ranking, known = self._model.ranking(text)
        parts = requests_of(text, ranking, self._ranked, self._bars)
        if parts:
            ranking = [dict(ranked) for ranked in parts[0].ranking]
            message.set("requests", [told(part) for part in parts], add_to_output=True)
        best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
        message.set("intent", best, add_to_output=True)
        message.set("intent_ranking", ranking[: self.RANKING_LENGTH], add_to_output=True)
        message.set("known_share", round(known, 3), add_to_output=True)

    def _ranked(self, text: str) -> list[dict[str, Any]]:
        assert self._model is not None
        return self._model.ranking(text)[0]


def thesaurus_from(config: dict[str, Any]) -> Thesaurus:
    """Read the concepts, with the names of places as concepts of their own."""
    concepts = concepts_in_files(Path(config["thesaurus"]))
    return Thesaurus.of({**concepts, **plain_place_names(config["places"])})


def told(part: Part) -> dict[str, Any]:
    """Return a request as it stands on the message."""
    return {"text": part.text, "intent": part.intent, "confidence": round(part.confidence, 4)}
