"""The measuring itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from abonent_bot.evaluation import Case, Outcome, cases_in, macro_f1, outcome_of


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
