"""FastCharLR: what the subscriber wants, from character n-grams alone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.features import Floats, Vectorizer
from components.linear import Schedule, fit_temperature, one_hot, scores_of, softmax, train
from components.persistence import load_vectorizer, save_vectorizer
from components.progress import report

HELD_OUT_SHARE = 7
"""One example in so many is kept apart to measure how honest the confidence is."""


class IntentModel:
    """A linear classifier over n-grams whose confidence is calibrated."""

    def __init__(
        self, vectorizer: Vectorizer, weights: Floats, intents: Sequence[str], temperature: float
    ) -> None:
        self.vectorizer = vectorizer
        self.weights = weights
        self.intents = list(intents)
        self.temperature = temperature

    @classmethod
    def fit(
        cls, texts: Sequence[str], intents: Sequence[str], config: dict[str, Any]
    ) -> IntentModel:
        """Learn from labelled texts."""
        names = sorted(set(intents))
        labels = np.array([names.index(intent) for intent in intents])
        vectorizer = Vectorizer.fit(
            texts,
            smallest=config["smallest"],
            largest=config["largest"],
            words=config["words"],
            min_count=config["min_count"],
        )
        matrix = vectorizer.matrix(texts)
        schedule = Schedule(
            epochs=config["epochs"],
            rate=config["rate"],
            batch=config["batch"],
            dropout=config["dropout"],
            smoothing=config["smoothing"],
        )
        targets = one_hot(labels, len(names), schedule.smoothing)
        apart = np.array([zlib.crc32(text.encode()) % HELD_OUT_SHARE == 0 for text in texts])
        weights = train(
            matrix[~apart], targets[~apart], schedule, lambda done: report(done * 0.7, "learning")
        )
        temperature = fit_temperature(np.asarray(matrix[apart] @ weights), labels[apart])
        # What was kept apart to measure confidence is worth learning too, and that takes little.
        rest = replace(schedule, epochs=config["rest_epochs"])
        report(0.75, "learning")
        weights = train(matrix, targets, rest, weights=weights)
        report(0.95, "learning")
        return cls(vectorizer, weights, names, temperature)

    def ranking(self, text: str) -> tuple[list[dict[str, Any]], float]:
        """Return intents with confidences, best first, and the share of the text that is known."""
        row = self.vectorizer.row(text)
        if not len(row.columns):
            return [], 0.0
        shares = softmax(scores_of(row, self.weights)[None, :] / np.float32(self.temperature))[0]
        best = np.argsort(-shares)
        ranked = [{"name": self.intents[at], "confidence": float(shares[at])} for at in best]
        return ranked, row.known_share

    def save(self, directory: Path) -> None:
        """Write the model to a directory."""
        save_vectorizer(directory / "intents", self.vectorizer, self.weights)
        described = {"intents": self.intents, "temperature": self.temperature}
        (directory / "classifier.json").write_text(json.dumps(described), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> IntentModel:
        """Read the model ``save`` wrote."""
        described = json.loads((directory / "classifier.json").read_text(encoding="utf-8"))
        vectorizer, weights = load_vectorizer(directory / "intents")
        return cls(vectorizer, weights, described["intents"], described["temperature"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FastCharLR(GraphComponent):
    """Sets ``intent`` and ``intent_ranking``; leaves both empty where nothing can be read."""

    RANKING_LENGTH = 10

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the measured settings (bot/README.md)."""
        return {
            "smallest": 1,
            "largest": 5,
            "words": 2,
            "min_count": 2,
            "epochs": 10,
            "rest_epochs": 3,
            "rate": 0.5,
            "batch": 256,
            "dropout": 0.3,
            "smoothing": 0.0,
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
        )
        with self._storage.write_to(self._resource) as directory:
            self._model.save(directory)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave training examples alone."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify each message."""
        assert self._model is not None
        for message in messages:
            ranking, known = self._model.ranking(message.get("text") or "")
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set("intent", best, add_to_output=True)
            message.set("intent_ranking", ranking[: self.RANKING_LENGTH], add_to_output=True)
            message.set("known_share", round(known, 3), add_to_output=True)
        return messages
