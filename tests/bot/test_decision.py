"""Whether to answer, to ask, or to call a person."""

from __future__ import annotations

from typing import Any

import pytest
from components.decision import (
    FALLBACK,
    Situation,
    Thresholds,
    Verdict,
    decide,
    guesses_of,
    in_conversation,
    understood,
)

THRESHOLDS = Thresholds(
    answer=0.5,
    lead=0.1,
    known=0.3,
    guess=0.05,
    person=0.4,
    rules=frozenset({"complaint"}),
    no_guess=frozenset({"greet", "affirm"}),
)


def ranking(**confidences: float) -> list[dict[str, Any]]:
    ranked = sorted(confidences.items(), key=lambda pair: -pair[1])
    return [{"name": name, "confidence": confidence} for name, confidence in ranked]


@pytest.mark.parametrize(
    ("ranked", "known", "kind", "reason", "intent"),
    [
        (ranking(top_up=0.9), 1.0, "answer", None, "top_up"),
        (ranking(top_up=0.5), 1.0, "answer", None, "top_up"),
        (ranking(top_up=0.49), 1.0, "clarify", None, FALLBACK),
        # Two that are nearly as probable: ask, do not toss a coin.
        (ranking(top_up=0.52, refund=0.45), 1.0, "clarify", None, FALLBACK),
        (ranking(human_handoff=0.45), 1.0, "handoff", "user_request", "human_handoff"),
        (ranking(human_handoff=0.35), 1.0, "clarify", None, FALLBACK),
        (ranking(complaint=0.9), 1.0, "handoff", "rule", "complaint"),
        (ranking(out_of_scope=0.9), 1.0, "answer", None, "out_of_scope"),
        # An emoji or Chinese must never be taken for "yes".
        (ranking(affirm=0.99), 0.1, "clarify", None, FALLBACK),
        ([], 1.0, "clarify", None, FALLBACK),
    ],
)
def test_decides(
    ranked: list[dict[str, Any]], known: float, kind: str, reason: str | None, intent: str
) -> None:
    verdict = decide(ranked, known, THRESHOLDS)
    assert (verdict.kind, verdict.reason, verdict.intent) == (kind, reason, intent)


def test_offers_the_best_three_that_are_worth_it() -> None:
    ranked = ranking(greet=0.3, top_up=0.2, refund=0.15, invoice=0.1, esim=0.08, puk_code=0.01)
    assert guesses_of(ranked, THRESHOLDS) == ("top_up", "refund", "invoice")
    assert guesses_of(ranking(puk_code=0.01), THRESHOLDS) == ()


def test_never_offers_a_person_as_a_guess() -> None:
    assert guesses_of(ranking(human_handoff=0.3, top_up=0.2), THRESHOLDS) == ("top_up",)


@pytest.mark.parametrize(
    ("intent", "kind"),
    [("top_up", "answer"), ("human_handoff", "handoff"), ("complaint", "handoff")],
)
def test_a_pressed_button_is_certain(intent: str, kind: str) -> None:
    assert understood(intent, 1.0, THRESHOLDS).kind == kind


UNCLEAR = Verdict("clarify", None, FALLBACK, 0.2, ("top_up",))


def test_the_first_misunderstanding_is_asked_about() -> None:
    assert in_conversation(UNCLEAR, Situation(), words=2) is UNCLEAR


def test_the_second_in_a_row_calls_a_person() -> None:
    verdict = in_conversation(UNCLEAR, Situation(was_asked_what=True), words=2)
    assert (verdict.kind, verdict.reason) == ("handoff", "low_confidence")


def test_an_answer_after_a_question_is_an_answer() -> None:
    clear = Verdict("answer", None, "top_up", 0.9)
    assert in_conversation(clear, Situation(was_asked_what=True), words=2) is clear


ASKED = Situation(awaited_intent="store_locations", awaited_entity="city")


@pytest.mark.parametrize(
    ("verdict", "words", "entities", "intent"),
    [
        (UNCLEAR, 1, [], "store_locations"),
        (UNCLEAR, 9, [], FALLBACK),
        (UNCLEAR, 0, [], FALLBACK),
        # "Lviv" alone looks like a question about coverage; just asked for a city, it is one.
        (Verdict("answer", None, "coverage", 0.6), 1, ["city"], "store_locations"),
        (Verdict("answer", None, "coverage", 0.6), 7, ["city"], "coverage"),
        (Verdict("answer", None, "coverage", 0.6), 1, ["amount"], "coverage"),
        (Verdict("handoff", "user_request", "human_handoff", 0.9), 1, ["city"], "human_handoff"),
    ],
)
def test_a_few_words_answer_the_question_just_asked(
    verdict: Verdict, words: int, entities: list[str], intent: str
) -> None:
    assert in_conversation(verdict, ASKED, words=words, entities=entities).intent == intent
