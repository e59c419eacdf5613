"""Classify by the most similar training examples: a yardstick for the comparison alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from components.features import Vectorizer, View
from components.linear import softmax

NEIGHBOURS = 12
SHARPNESS = 10.0
FLOOR = 0.01


class NeighbourModel:
    """The intents of the nearest examples, each weighed by its likeness."""

    def __init__(
        self, vectorizer: Vectorizer, examples: sparse.csc_matrix, intents: Sequence[str]
    ) -> None:
        self.vectorizer = vectorizer
        self.examples = examples
        self.names = sorted(set(intents))
        self.labels = np.array([self.names.index(intent) for intent in intents])

    @classmethod
    def fit(
        cls, texts: Sequence[str], intents: Sequence[str], config: dict[str, Any]
    ) -> NeighbourModel:
        """Remember labelled texts."""
        view = View(**config["view"])
        vectorizer, matrix = Vectorizer.fit_transform(texts, view, config["min_count"])
        return cls(vectorizer, matrix.tocsc(), intents)

    @property
    def size(self) -> int:
        """Return how many bytes the examples take."""
        parts = (self.examples.data, self.examples.indices, self.examples.indptr)
        return sum(int(part.nbytes) for part in parts)

    def ranking(self, text: str) -> tuple[list[dict[str, Any]], float]:
        """Return intents with confidences, best first, and the share of the text that is known."""
        row = self.vectorizer.row(text)
        if not len(row.columns):
            return [], 0.0
        alike = np.asarray(self.examples[:, row.columns] @ row.values).ravel()
        nearest = np.argpartition(-alike, NEIGHBOURS)[:NEIGHBOURS]
        votes = np.full(len(self.names), FLOOR)
        np.add.at(votes, self.labels[nearest], np.exp(SHARPNESS * alike[nearest] / 2))
        shares = softmax(np.log(votes)[None, :].astype(np.float32))[0]
        best = np.argsort(-shares)
        ranked = [{"name": self.names[at], "confidence": float(shares[at])} for at in best]
        return ranked, row.known_share
