"""The measuring itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from abonent_bot.evaluation import cases_in, of_goals, outcome_of
from abonent_bot.measures import Case, Outcome, calibration_error, macro_f1


def outcome(meant: str, best: str, decision: str = "answer") -> Outcome:
    parsed = {
        "intent": best if decision != "clarify" else "nlu_fallback",
        "ranking": [{"intent": best, "confidence": 0.9}],
        "decision": decision,
        "language": "uk",
    }
    return outcome_of(Case("plain.uk", "текст", meant, "uk"), parsed)


def test_asking_is_not_answering_wrongly() -> None:
    assert outcome("top_up", "refund").is_wrong
    assert not outcome("top_up", "refund", "clarify").is_wrong
    assert not outcome("top_up", "top_up").is_wrong


def test_macro_f1_counts_each_intent_alike() -> None:
    outcomes = [outcome("top_up", "top_up")] * 9 + [outcome("refund", "top_up")]
    # top_up: precision 0.9, recall 1; refund: never found.
    assert macro_f1(outcomes) == pytest.approx((2 * 9 / (10 + 9) + 0) / 2)


def test_reads_cases_with_their_language(tmp_path: Path) -> None:
    (tmp_path / "typos.yml").write_text(
        "nlu:\n- intent: top_up\n  metadata:\n    language: ru\n  examples: |\n    - полож деньги\n"
    )
    (tmp_path / "plain.en.yml").write_text(
        "nlu:\n- intent: refund\n  examples: |\n    - money back\n"
    )
    assert cases_in(tmp_path) == [
        Case("plain.en", "money back", "refund", "en"),
        Case("typos", "полож деньги", "top_up", "ru"),
    ]


def test_confidence_is_honest_where_it_is_the_share_that_is_right() -> None:
    case = Case("plain.uk", "текст", "top_up", "uk")
    right = Outcome(case, "top_up", "top_up", "answer", "uk", (), confidence=0.75)
    wrong = Outcome(case, "refund", "refund", "answer", "uk", (), confidence=0.75)
    assert calibration_error([right, right, right, wrong]) == pytest.approx(0.0)
    assert calibration_error([wrong]) == pytest.approx(0.75)
    assert calibration_error([]) == 0.0


def test_tells_which_goals_are_reached() -> None:
    goals = of_goals([outcome("top_up", "top_up")] * 9 + [outcome("top_up", "refund", "clarify")])
    told = {line.split("  ")[0]: line for line in goals.splitlines()}
    assert told["plain.uk, macro-F1"].endswith("missed")
    assert told["plain, answered wrongly"].endswith("reached")
    assert "0.100" in told["plain, asked needlessly"]
    assert told["plain.ru, macro-F1"].split()[-2:] == ["-", "-"]


def test_counts_how_far_a_set_is_behind_plain() -> None:
    plain = [outcome("top_up", "top_up")]
    hard = outcome_of(
        Case("translit", "tekst", "top_up", "uk"),
        {
            "intent": "refund",
            "ranking": [{"intent": "refund", "confidence": 0.9}],
            "decision": "answer",
            "language": "uk",
        },
    )
    lines = of_goals([*plain, hard]).splitlines()
    behind = next(line for line in lines if line.startswith("translit"))
    assert "1.000" in behind
