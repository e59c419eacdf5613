"""One hidden layer over sparse rows: what linear weights cannot tell, on numpy and scipy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from components.features import Floats, Row
from components.linear import Progress, Schedule, compact, softmax
from components.tables import Weights, product

FIRST_WEIGHT = 0.02
FIRST_OUTPUT = 0.05
FIRST_SQUARE = 1e-6


@dataclass
class Network:
    """Features are summed into a short vector, what is negative in it is cut off, and that is
    what a linear layer scores: features that mean alike end up alike in the vector."""

    embedding: Weights
    bias: Floats
    output: Floats

    @classmethod
    def fresh(cls, features: int, hidden: int, classes: int, seed: int) -> Network:
        """Make a network that has learnt nothing."""
        random = np.random.default_rng(seed)
        return cls(
            FIRST_WEIGHT * random.standard_normal((features, hidden), dtype=np.float32),
            np.zeros(hidden, dtype=np.float32),
            FIRST_OUTPUT * random.standard_normal((hidden, classes), dtype=np.float32),
        )

    @property
    def learning(self) -> Floats:
        """The embedding while it is plain numbers; what was loaded learns no more."""
        assert isinstance(self.embedding, np.ndarray)
        return self.embedding

    def scores(self, matrix: sparse.csr_matrix) -> Floats:
        """Score many rows."""
        hidden = np.maximum(matrix @ self.learning + self.bias, 0)
        return np.asarray(hidden @ self.output, dtype=np.float32)

    def scores_of(self, row: Row) -> Floats:
        """Score one row, touching only the vectors of its features."""
        summed = product(row, self.embedding)
        return np.asarray(np.maximum(summed + self.bias, 0) @ self.output, dtype=np.float32)


@dataclass
class _Squares:
    """The sums of squared slopes by which AdaGrad measures its steps.

    A feature's vector has one sum for all its values: half the work, and no worse for it.
    """

    embedding: Floats
    bias: Floats
    output: Floats

    @classmethod
    def of(cls, network: Network) -> _Squares:
        return cls(
            np.full(len(network.learning), FIRST_SQUARE, dtype=np.float32),
            np.full_like(network.bias, FIRST_SQUARE),
            np.full_like(network.output, FIRST_SQUARE),
        )


@dataclass(frozen=True)
class _Batch:
    """Some rows over the few columns that occur in them, and what they should say."""

    rows: sparse.csr_matrix
    columns: npt.NDArray[np.int64]
    targets: Floats
    kept: Floats
    """What each hidden value is multiplied by: nought where it is dropped."""


def train(
    matrix: sparse.csr_matrix,
    targets: Floats,
    schedule: Schedule,
    network: Network,
    progress: Progress | None = None,
) -> Network:
    """Learn on, in place, to make the targets most probable.

    Args:
        matrix: one sparse row an example.
        targets: one row an example, the wanted probability of each class.
        schedule: how long and how fast; features and hidden values are dropped alike.
        network: where to begin.
        progress: told the share done after each epoch.
    """
    random = np.random.default_rng(schedule.seed)
    squares = _Squares.of(network)
    for epoch in range(schedule.epochs):
        order = random.permutation(matrix.shape[0])
        rate = np.float32(schedule.rate * (1 - epoch / schedule.epochs) ** 0.5)
        for start in range(0, len(order), schedule.batch):
            chosen = order[start : start + schedule.batch]
            kept = _kept((len(chosen), len(network.bias)), schedule.dropout, random)
            rows, columns = compact(matrix[chosen], schedule.dropout, random)
            _step(network, squares, _Batch(rows, columns, targets[chosen], kept), rate)
        if progress:
            progress((epoch + 1) / schedule.epochs)
    return network


def _kept(shape: tuple[int, int], dropout: float, random: np.random.Generator) -> Floats:
    is_kept = random.random(shape, dtype=np.float32) >= dropout
    return np.asarray(is_kept / np.float32(1 - dropout), dtype=np.float32)


def _step(network: Network, squares: _Squares, batch: _Batch, rate: np.float32) -> None:
    vectors = network.learning[batch.columns]
    summed = batch.rows @ vectors + network.bias
    hidden = np.maximum(summed, 0) * batch.kept
    wrong = (softmax(hidden @ network.output) - batch.targets) / np.float32(len(batch.targets))
    back = (wrong @ network.output.T) * batch.kept * (summed > 0)
    _move(network.output, squares.output, hidden.T @ wrong, rate)
    _move(network.bias, squares.bias, back.sum(axis=0), rate)
    slopes = batch.rows.T @ back
    squares.embedding[batch.columns] += np.einsum("ij,ij->i", slopes, slopes) / slopes.shape[1]
    slopes *= (-rate / np.sqrt(squares.embedding[batch.columns]))[:, None]
    slopes += vectors
    network.learning[batch.columns] = slopes


def _move(values: Floats, sums: Floats, slopes: Floats, rate: np.float32) -> None:
    np.add(sums, slopes * slopes, out=sums)
    np.subtract(values, rate * slopes / np.sqrt(sums), out=values)
