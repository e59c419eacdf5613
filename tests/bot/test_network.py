"""The hidden layer's mathematics."""

from __future__ import annotations

import numpy as np
import pytest
from components.features import Row
from components.linear import Schedule, one_hot
from components.network import Network, train
from scipy import sparse

SCHEDULE = Schedule(epochs=300, rate=0.1, batch=16, dropout=0.0)
EITHER = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=np.float32)
"""Exclusive or: no linear weights tell these apart."""


def learnt(schedule: Schedule = SCHEDULE) -> Network:
    rows = sparse.csr_matrix(np.hstack([EITHER, np.ones((4, 1), np.float32)]).repeat(4, axis=0))
    targets = one_hot(np.array([0, 1, 1, 0]).repeat(4), 2, 0.0)
    return train(rows, targets, schedule, Network.fresh(3, 64, 2, seed=3))


def test_learns_what_no_line_divides() -> None:
    rows = sparse.csr_matrix(np.hstack([EITHER, np.ones((4, 1), np.float32)]))
    assert learnt().scores(rows).argmax(axis=1).tolist() == [0, 1, 1, 0]


def test_learns_the_same_each_time() -> None:
    schedule = Schedule(epochs=3, rate=0.1, batch=4, dropout=0.4)
    assert np.array_equal(learnt(schedule).learning, learnt(schedule).learning)


def test_one_row_scores_as_in_a_matrix() -> None:
    network = learnt()
    row = Row(np.array([1, 2], np.int32), np.array([0.5, 1.0], np.float32), 1.0)
    matrix = sparse.csr_matrix(np.array([[0, 0.5, 1.0]], np.float32))
    assert network.scores_of(row) == pytest.approx(network.scores(matrix)[0], abs=1e-5)


def test_tells_how_far_it_is() -> None:
    told: list[float] = []
    rows = sparse.csr_matrix(np.eye(2, dtype=np.float32))
    schedule = Schedule(epochs=4, rate=0.1, batch=2, dropout=0.0)
    train(rows, rows.toarray(), schedule, Network.fresh(2, 4, 2, seed=1), told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]
