"""Percentiles and ratios."""

import pytest

from bench.figures import Beside, Figure, spread


def test_percentiles_are_measured_values() -> None:
    spreads = spread([number / 1000 for number in range(1, 101)], scale=1000)
    assert (spreads.p50, spreads.p95, spreads.p99, spreads.count) == (50, 95, 99, 100)


def test_one_value_is_every_percentile() -> None:
    spreads = spread([7.0])
    assert (spreads.p50, spreads.p95, spreads.p99) == (7, 7, 7)


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="nothing"):
        spread([])


def test_ratio_is_that_of_the_medians() -> None:
    beside = Beside("straight", spread([0.010, 0.020, 0.030]))
    figure = Figure("answers", "chat", "ms", spread([0.030, 0.050, 0.070]), beside)
    assert figure.ratio == 2.5


def test_what_is_no_yardstick_has_no_ratio() -> None:
    figure = Figure("memory", "bot", "MB", 100, Beside("RSS", 120, is_yardstick=False))
    assert figure.ratio is None
