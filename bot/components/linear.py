"""Multinomial logistic regression on sparse rows, trained and run with numpy and scipy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from components.features import Floats, Integers

Labels = npt.NDArray[np.int64]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn."""

    epochs: int
    rate: float
    batch: int
    dropout: float
    decay: float = 0.0
    seed: int = 7


def softmax(scores: Floats) -> Floats:
    """Turn rows of scores into rows of probabilities."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def compact(
    batch: sparse.csr_matrix, dropout: float, random: np.random.Generator
) -> tuple[sparse.csr_matrix, Labels]:
    """Return rows without a random share of their values, over the columns left, and these.

    The values that stay are scaled up, so that their sum is what it was on average.
    """
    kept = random.random(len(batch.data), dtype=np.float32) >= dropout
    ends = np.concatenate([[0], np.cumsum(kept)])[batch.indptr]
    left = batch.indices[kept]
    # Marking all columns there are takes a fifth of the time of sorting those of a batch.
    occurs = np.zeros(batch.shape[1], dtype=np.bool_)
    occurs[left] = True
    columns = np.flatnonzero(occurs)
    place_of = np.zeros(batch.shape[1], dtype=np.int32)
    place_of[columns] = np.arange(len(columns), dtype=np.int32)
    values = batch.data[kept] / np.float32(1 - dropout)
    rows = sparse.csr_matrix((values, place_of[left], ends), shape=(batch.shape[0], len(columns)))
    return rows, columns


def train(
    matrix: sparse.csr_matrix,
    targets: Floats,
    schedule: Schedule,
    progress: Progress | None = None,
    weights: Floats | None = None,
) -> Floats:
    """Learn the weights that make the targets most probable.

    Mini-batches with AdaGrad: the weights of a batch are few, so a step touches little memory,
    and dropping features at random keeps any one word from deciding alone.

    Args:
        matrix: one sparse row an example.
        targets: one row an example, the wanted probability of each class.
        schedule: how long and how fast.
        progress: told the share done after each epoch.
        weights: what was learnt before and is to be learnt on, else nothing.

    Returns:
        One row of weights a feature, one column a class.
    """
    random = np.random.default_rng(schedule.seed)
    if weights is None:
        weights = np.zeros((matrix.shape[1], targets.shape[1]), dtype=np.float32)
    squares = np.full_like(weights, 1e-8)
    for epoch in range(schedule.epochs):
        order = random.permutation(matrix.shape[0])
        rate = schedule.rate * (1 - epoch / schedule.epochs) ** 0.5
        for start in range(0, len(order), schedule.batch):
            chosen = order[start : start + schedule.batch]
            _step(weights, squares, matrix[chosen], targets[chosen], rate, schedule, random)
        if progress:
            progress((epoch + 1) / schedule.epochs)
    return weights


def _step(
    weights: Floats,
    squares: Floats,
    batch: sparse.csr_matrix,
    targets: Floats,
    rate: float,
    schedule: Schedule,
    random: np.random.Generator,
) -> None:
    rows, columns = compact(batch, schedule.dropout, random)
    local = weights[columns]
    slopes = rows.T @ (softmax(rows @ local) - targets) / np.float32(len(targets))
    slopes += np.float32(schedule.decay) * local
    squares[columns] += slopes * slopes
    weights[columns] = local - np.float32(rate) * slopes / np.sqrt(squares[columns])


def one_hot(labels: Labels, classes: int, smoothing: float) -> Floats:
    """Return the targets of labelled examples, a little of each given to all other classes."""
    targets = np.full((len(labels), classes), smoothing / classes, dtype=np.float32)
    targets[np.arange(len(labels)), labels] += np.float32(1 - smoothing)
    return targets


def fit_temperature(scores: Floats, labels: Labels) -> float:
    """Return the divisor of scores that makes their probabilities honest on held-out labels."""

    def surprise(log_temperature: float) -> float:
        probabilities = softmax(scores / np.float32(np.exp(log_temperature)))
        return float(-np.log(probabilities[np.arange(len(labels)), labels] + 1e-9).mean())

    found = optimize.minimize_scalar(surprise, bounds=(-2.5, 2.5), method="bounded")
    return float(np.exp(found.x))


__all__ = [
    "Integers",
    "Schedule",
    "compact",
    "fit_temperature",
    "one_hot",
    "softmax",
    "train",
]
