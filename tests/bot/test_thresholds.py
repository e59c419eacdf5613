"""What thresholds cost."""

from __future__ import annotations

import pytest
from components.decision import Verdict

from abonent_bot import project
from abonent_bot.thresholds import Judged, cost_of, price_of, price_rows, prices, thresholds_of


@pytest.mark.parametrize(
    ("verdict", "meant", "cost"),
    [
        (Verdict("answer", None, "top_up", 0.9), "top_up", 0),
        (Verdict("answer", None, "top_up", 0.9), "refund", 3),
        (Verdict("clarify", None, "nlu_fallback", 0.4), "refund", 1),
        (Verdict("handoff", "user_request", "human_handoff", 0.9), "refund", 2),
        (Verdict("handoff", "user_request", "human_handoff", 0.9), "human_handoff", 0),
        (Verdict("answer", None, "top_up", 0.9), "human_handoff", 4),
    ],
)
def test_each_fault_has_its_price(verdict: Verdict, meant: str, cost: float) -> None:
    assert cost_of(verdict, meant) == cost


def judged(confidence: float, is_right: bool) -> Judged:
    ranking = [{"name": "top_up", "confidence": confidence}]
    return Judged(ranking, 1.0, "top_up" if is_right else "refund")


def test_asks_where_it_is_seldom_right() -> None:
    doubtful = [judged(0.52, False)] * 3 + [judged(0.52, True)]
    certain = [judged(0.9, True)] * 6
    best = prices(doubtful + certain, thresholds_of(project.CONFIG))[0]
    assert best.thresholds.answer > 0.52
    assert (best.wrong, best.asked) == (0.0, 0.4)
    assert best.cost == pytest.approx(0.4)


def test_answers_where_it_is_mostly_right() -> None:
    mostly = [judged(0.52, True)] * 9 + [judged(0.52, False)]
    best = prices(mostly, thresholds_of(project.CONFIG))[0]
    assert best.thresholds.answer <= 0.52
    assert best.cost == pytest.approx(0.3)


def test_shows_what_it_found() -> None:
    price = price_of([judged(0.9, True)], thresholds_of(project.CONFIG))
    assert price_rows([price])[1][3:] == ("0.000", "0.000", "0.000")
