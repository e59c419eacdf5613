"""What a run of the benchmarks finds out, as values. Pure."""

import math
from collections.abc import Sequence

import msgspec

MILLISECONDS = "ms"
MEGABYTES = "MB"
KILOBYTES = "KB"
SECONDS = "s"


class Spread(msgspec.Struct, frozen=True):
    """How a number of measurements spread."""

    p50: float
    p95: float
    p99: float
    count: int


class Beside(msgspec.Struct, frozen=True):
    """What a figure is set against: measured in the same run, on the same machine."""

    name: str
    measured: Spread | float
    is_yardstick: bool = True


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the table."""

    part: str
    name: str
    unit: str
    measured: Spread | float
    beside: Beside | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the median, or the value, is that of the yardstick, where there is one."""
        if self.beside is None or not self.beside.is_yardstick:
            return None
        below = middle(self.beside.measured)
        return middle(self.measured) / below if below else None


class Machine(msgspec.Struct, frozen=True):
    """What the figures were measured on, without its name."""

    system: str
    processor: str
    cores: int
    memory_gb: float
    python: str


class Report(msgspec.Struct, frozen=True):
    """A whole run."""

    taken_at: str
    version: str
    is_quick: bool
    seconds: float
    machine: Machine
    figures: tuple[Figure, ...]


def spread(values: Sequence[float], *, scale: float = 1.0) -> Spread:
    """Return how measurements spread, each multiplied by ``scale``.

    Raises:
        ValueError: there are none.
    """
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(value * scale for value in values)
    return Spread(
        p50=_rounded(_percentile(ordered, 0.50)),
        p95=_rounded(_percentile(ordered, 0.95)),
        p99=_rounded(_percentile(ordered, 0.99)),
        count=len(ordered),
    )


def middle(measured: Spread | float) -> float:
    """Return the median of a spread, or the value itself."""
    return measured.p50 if isinstance(measured, Spread) else measured


def _percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of all do not exceed (nearest rank)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _rounded(value: float) -> float:
    return round(value, 3)
