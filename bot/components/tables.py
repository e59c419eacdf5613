"""Large tables of weights kept as bytes: a quarter of the size, and what that changes is noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

import numpy as np
import numpy.typing as npt

from components.features import Floats, Row

LARGEST = 127


@dataclass(frozen=True)
class Table:
    """Rows of bytes, and what one unit of each row is."""

    rows: npt.NDArray[np.int8]
    units: Floats


Weights = Union[Floats, Table]
"""What is being learnt is plain numbers, what is loaded a table."""


def packed(weights: Weights) -> Table:
    """Round each row to bytes."""
    if isinstance(weights, Table):
        return weights
    units = np.abs(weights).max(axis=1) / LARGEST
    units[units == 0] = 1
    return Table(np.rint(weights / units[:, None]).astype(np.int8), units.astype(np.float32))


def product(row: Row, weights: Weights) -> Floats:
    """Multiply one sparse row with the weights, touching only those of its features."""
    if isinstance(weights, Table):
        values = row.values * weights.units[row.columns]
        chosen = weights.rows[row.columns].astype(np.float32)
    else:
        values, chosen = row.values, weights[row.columns]
    return np.asarray(values @ chosen, dtype=np.float32)
