"""What a text asks for: two readings of the same features, blended, with honest confidence."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from scipy import sparse

from components import linear, network
from components.features import Floats, Row, Vectorizer, View
from components.linear import Progress, Schedule, fit_temperature, one_hot, softmax
from components.network import Network
from components.persistence import (
    load_network,
    load_vectorizer,
    save_network,
    save_vectorizer,
)
from components.progress import report
from components.tables import Weights, product
from components.thesaurus import NO_THESAURUS, Thesaurus

Lesson = Callable[..., Any]

HELD_OUT_SHARE = 7
"""One example in so many is kept apart to measure how honest the confidence is."""


@dataclass(frozen=True)
class Plan:
    """How the readings are learnt."""

    linear: Schedule
    network: Schedule
    networks: int
    hidden: int
    rest_epochs: int
    """What was kept apart to measure confidence is worth learning too, and takes little."""

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Plan:
        """Read the plan from the component's settings."""
        return cls(
            Schedule(**config["linear"]),
            Schedule(**config["network"]),
            config["networks"],
            config["hidden"],
            config["rest_epochs"],
        )


@dataclass
class Readings:
    """The linear weights tell what is said outright, the networks what is alike in meaning."""

    weights: Weights
    networks: Sequence[Network]

    def scores_of(self, row: Row) -> Floats:
        """Score one row."""
        every = [product(row, self.weights), *(one.scores_of(row) for one in self.networks)]
        return np.asarray(np.mean(every, axis=0), dtype=np.float32)

    def scores(self, matrix: sparse.csr_matrix) -> Floats:
        """Score many rows."""
        every = [matrix @ self.weights, *(one.scores(matrix) for one in self.networks)]
        return np.asarray(np.mean(every, axis=0), dtype=np.float32)


def learn(matrix: sparse.csr_matrix, targets: Floats, plan: Plan) -> Readings:
    """Learn every reading from labelled rows."""

    def networks() -> Iterator[Lesson]:
        for at in range(plan.networks):
            schedule = replace(plan.network, seed=plan.network.seed + at)
            fresh = Network.fresh(matrix.shape[1], plan.hidden, targets.shape[1], schedule.seed)
            yield partial(network.train, matrix, targets, schedule, fresh)

    weights = partial(linear.train, matrix, targets, plan.linear)
    return _taught(weights, list(networks()), Steps(0.0, 0.7, plan.networks + 1))


def learn_on(
    readings: Readings, matrix: sparse.csr_matrix, targets: Floats, plan: Plan
) -> Readings:
    """Learn what was kept apart, too."""
    assert isinstance(readings.weights, np.ndarray)
    linear_plan = replace(plan.linear, epochs=plan.rest_epochs)
    network_plan = replace(plan.network, epochs=plan.rest_epochs)
    weights = partial(linear.train, matrix, targets, linear_plan, weights=readings.weights)
    networks = [
        partial(network.train, matrix, targets, network_plan, one) for one in readings.networks
    ]
    return _taught(weights, networks, Steps(0.75, 0.2, len(networks) + 1))


def _taught(weights: Lesson, networks: Sequence[Lesson], steps: Steps) -> Readings:
    """Learn readings side by side: numpy and scipy let other threads run while they reckon."""
    # The longest lessons first, so that no processor is idle at the end.
    lessons = [*networks, weights]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        running = [threads.submit(lesson, progress=steps.next()) for lesson in lessons]
        learnt = [one.result() for one in running]
    return Readings(learnt[-1], learnt[:-1])


class Steps:
    """Joins the progress of things done side by side into one share of the whole."""

    def __init__(self, start: float, share: float, count: int) -> None:
        self._start = start
        self._size = share / count
        self._done: list[float] = []
        self._telling = Lock()

    def next(self) -> Progress:
        """Return what the next thing tells its progress."""
        at = len(self._done)
        self._done.append(0.0)
        return partial(self._tell, at)

    def _tell(self, at: int, done: float) -> None:
        with self._telling:
            self._done[at] = done
            report(self._start + sum(self._done) * self._size, "learning")


class IntentModel:
    """Ranks intents by the blend of both readings."""

    def __init__(
        self,
        vectorizer: Vectorizer,
        readings: Readings,
        intents: Sequence[str],
        temperature: float,
    ) -> None:
        self.vectorizer = vectorizer
        self.readings = readings
        self.intents = list(intents)
        self.temperature = temperature

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        config: dict[str, Any],
        thesaurus: Thesaurus = NO_THESAURUS,
    ) -> IntentModel:
        """Learn from labelled texts, with what is known of words beforehand."""
        names = sorted(set(intents))
        labels = np.array([names.index(intent) for intent in intents])
        view = View(**config["view"])
        vectorizer, matrix = Vectorizer.fit_transform(texts, view, config["min_count"], thesaurus)
        plan = Plan.from_config(config)
        targets = one_hot(labels, len(names), config["smoothing"])
        apart = np.array([zlib.crc32(text.encode()) % HELD_OUT_SHARE == 0 for text in texts])
        readings = learn(matrix[~apart], targets[~apart], plan)
        temperature = fit_temperature(readings.scores(matrix[apart]), labels[apart])
        readings = learn_on(readings, matrix, targets, plan)
        return cls(vectorizer, readings, names, temperature)

    def ranking(self, text: str) -> tuple[list[dict[str, Any]], float]:
        """Return intents with confidences, best first, and the share of the text that is known."""
        row = self.vectorizer.row(text)
        if not len(row.columns):
            return [], 0.0
        scores = self.readings.scores_of(row) / np.float32(self.temperature)
        shares = softmax(scores[None, :])[0]
        best = np.argsort(-shares)
        ranked = [{"name": self.intents[at], "confidence": float(shares[at])} for at in best]
        return ranked, row.known_share

    def save(self, directory: Path) -> None:
        """Write the model to a directory."""
        save_vectorizer(directory / "intents", self.vectorizer, self.readings.weights)
        for at, one in enumerate(self.readings.networks):
            save_network(directory / f"network-{at}.npz", one)
        described = {
            "intents": self.intents,
            "temperature": self.temperature,
            "networks": len(self.readings.networks),
        }
        (directory / "classifier.json").write_text(json.dumps(described), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> IntentModel:
        """Read the model ``save`` wrote."""
        described = json.loads((directory / "classifier.json").read_text(encoding="utf-8"))
        vectorizer, weights = load_vectorizer(directory / "intents")
        paths = [directory / f"network-{at}.npz" for at in range(described["networks"])]
        readings = Readings(weights, [load_network(path) for path in paths])
        return cls(vectorizer, readings, described["intents"], described["temperature"])
