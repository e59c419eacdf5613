"""Weights as bytes."""

from __future__ import annotations

import numpy as np
import pytest
from components.features import Row
from components.tables import packed, product

WEIGHTS = np.array([[1.0, -2.0, 0.5], [0.0, 0.0, 0.0], [100.0, 3.0, -70.0]], dtype=np.float32)
ROW = Row(np.array([0, 2], np.int32), np.array([2.0, 0.1], np.float32), 1.0)


def test_rounds_each_row_by_its_own_measure() -> None:
    table = packed(WEIGHTS)
    assert table.rows.dtype == np.int8
    restored = table.rows * table.units[:, None]
    assert np.abs(restored - WEIGHTS).max(axis=1) == pytest.approx([0, 0, 0], abs=0.4)
    assert np.abs(restored[0] - WEIGHTS[0]).max() < 0.01


def test_multiplies_bytes_as_it_does_numbers() -> None:
    exact = product(ROW, WEIGHTS)
    assert exact == pytest.approx([12.0, -3.7, -6.0], abs=1e-5)
    assert product(ROW, packed(WEIGHTS)) == pytest.approx(exact, abs=0.1)


def test_is_packed_once() -> None:
    table = packed(WEIGHTS)
    assert packed(table) is table
