"""The last line of `make test` sums up what the runners say."""

import pytest

from scripts.test import PYTEST, VITEST, Counts, counts_of


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("============ 12 passed in 3.21s ============", Counts(12, 0)),
        ("====== 1 failed, 12 passed, 2 errors in 63.21s (0:01:03) ======", Counts(12, 3)),
        ("12 passed in 3.21s", Counts(12, 0)),
        ("\x1b[32m\x1b[1m12 passed\x1b[0m\x1b[32m in 3.21s\x1b[0m", Counts(12, 0)),
        ("=== 3 passed, 1 xfailed, 1 xpassed in 1s ===", Counts(4, 1)),
        ("the 12 passed in silence", None),
        ("tests/unit/test_x.py ....", None),
    ],
)
def test_pytests_closing_line(line: str, counts: Counts | None) -> None:
    assert counts_of(line, PYTEST) == counts


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("      Tests  57 passed (57)", Counts(57, 0)),
        ("      Tests  2 failed | 55 passed (57)", Counts(55, 2)),
        ("\x1b[2m      Tests \x1b[22m \x1b[32m57 passed\x1b[39m\x1b[90m (57)\x1b[39m", Counts(57)),
        (" Test Files  9 passed (9)", None),
    ],
)
def test_vitests_closing_line(line: str, counts: Counts | None) -> None:
    assert counts_of(line, VITEST) == counts


def test_counts_add_up() -> None:
    assert Counts(1, 2) + Counts(3, 4) == Counts(4, 6)
