"""The classifier's mathematics."""

from __future__ import annotations

import numpy as np
import pytest
from components.linear import Schedule, fit_temperature, one_hot, softmax, train
from scipy import sparse

SCHEDULE = Schedule(epochs=30, rate=0.5, batch=4, dropout=0.0)


def test_learns_what_tells_classes_apart() -> None:
    rows = sparse.csr_matrix(np.eye(3, dtype=np.float32)[[0, 1, 2] * 4])
    labels = np.array([0, 1, 2] * 4)
    weights = train(rows, one_hot(labels, 3, 0.0), SCHEDULE)
    assert (np.asarray(rows @ weights).argmax(axis=1) == labels).all()


def test_learns_the_same_each_time() -> None:
    rows = sparse.random(40, 20, 0.3, "csr", np.float32, random_state=1)
    targets = one_hot(np.arange(40) % 3, 3, 0.1)
    schedule = Schedule(epochs=3, rate=0.5, batch=8, dropout=0.4)
    assert np.array_equal(train(rows, targets, schedule), train(rows, targets, schedule))


def test_goes_on_from_what_was_learnt() -> None:
    rows = sparse.csr_matrix(np.eye(2, dtype=np.float32))
    learnt = np.array([[9, -9], [-9, 9]], dtype=np.float32)
    more = train(rows, one_hot(np.array([0, 1]), 2, 0.0), SCHEDULE, weights=learnt.copy())
    assert np.allclose(more, learnt, atol=0.5)


def test_probabilities_sum_to_one_however_large_the_scores() -> None:
    shares = softmax(np.array([[1e4, 0, -1e4]], dtype=np.float32))
    assert shares.sum() == pytest.approx(1.0)
    assert shares[0, 0] == pytest.approx(1.0)


def test_targets_share_a_little() -> None:
    assert one_hot(np.array([1]), 2, 0.2).tolist() == [[pytest.approx(0.1), pytest.approx(0.9)]]


def test_overconfident_scores_are_cooled() -> None:
    random = np.random.default_rng(3)
    labels = random.integers(0, 2, 2000)
    # Right three times of four, but sure of it every time.
    said = np.where(random.random(2000) < 0.75, labels, 1 - labels)
    scores = np.where(np.eye(2)[said] > 0, 10.0, 0.0).astype(np.float32)
    temperature = fit_temperature(scores, labels)
    assert softmax(scores / temperature).max(axis=1).mean() == pytest.approx(0.75, abs=0.02)
