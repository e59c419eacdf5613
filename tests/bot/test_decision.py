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
    names_what_was_asked,
    understood,
)

THRESHOLDS = Thresholds(
    answer=0.5,
    lead=0.1,
    known=0.3,
    guess=0.05,
    person=0.4,
    strange=0.1,
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
        # A tenth of a chance that an operator does not do this at all: ask.
        (ranking(top_up=0.8, out_of_scope=0.1), 1.0, "clarify", None, FALLBACK),
        (ranking(top_up=0.8, out_of_scope=0.09), 1.0, "answer", None, "top_up"),
        (
            ranking(human_handoff=0.8, out_of_scope=0.15),
            1.0,
            "handoff",
            "user_request",
            "human_handoff",
        ),
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


def asked(intent: str, entity: str, **more: Any) -> Situation:
    return Situation(awaited_intent=intent, awaited_entity=entity, **more)


TOP_UP = Verdict("answer", None, "top_up", 0.9)


@pytest.mark.parametrize(
    ("situation", "verdict", "words", "entities", "intent"),
    [
        # A whole sentence round a number is still the answer to "which number?".
        (asked("check_balance", "own_number"), TOP_UP, 5, ["phone_number"], "check_balance"),
        (asked("check_balance", "own_number"), UNCLEAR, 0, ["number"], "check_balance"),
        (asked("check_balance", "own_number"), TOP_UP, 12, ["phone_number"], "top_up"),
        (asked("check_balance", "own_number"), TOP_UP, 3, [], "top_up"),
        (asked("check_balance", "code"), UNCLEAR, 0, ["code"], "check_balance"),
        (asked("balance_transfer", "amount"), TOP_UP, 0, ["number"], "balance_transfer"),
        (asked("tariff_change", "tariff"), TOP_UP, 0, ["number"], "top_up"),
        # Yes and no, however they are said, answer what is to be confirmed and nothing else.
        (asked("data_package", "confirmation"), TOP_UP, 2, ["yes"], "affirm"),
        (asked("data_package", "confirmation"), TOP_UP, 2, ["no", "yes"], "deny"),
        (asked("data_package", "confirmation"), TOP_UP, 4, [], "top_up"),
        (asked("data_package", "data_package"), TOP_UP, 1, ["yes"], "top_up"),
        # Whatever is written is the text of a complaint, unless a person is asked for.
        (asked("complaint", "text"), TOP_UP, 9, [], "complaint"),
        # "Stop" is never taken for the value that was asked for.
        (asked("complaint", "text"), Verdict("answer", None, "cancel", 0.9), 2, [], "cancel"),
        (asked("x", "code"), Verdict("answer", None, "deny", 0.9), 1, ["code"], "deny"),
    ],
)
def test_answers_to_questions_of_the_bot(
    situation: Situation, verdict: Verdict, words: int, entities: list[str], intent: str
) -> None:
    assert in_conversation(verdict, situation, words=words, entities=entities).intent == intent


def test_a_person_is_called_whatever_was_asked() -> None:
    wanted = Verdict("handoff", "user_request", "human_handoff", 0.9)
    for entity in ("text", "code", "confirmation"):
        assert in_conversation(wanted, asked("x", entity), words=2, entities=["yes"]) is wanted


def test_a_complaint_is_the_text_where_the_bot_asked_for_one() -> None:
    angry = Verdict("handoff", "rule", "complaint", 0.9)
    written = in_conversation(angry, asked("complaint", "text"), words=9)
    assert (written.kind, written.intent) == ("answer", "complaint")
    assert in_conversation(angry, asked("complaint", "own_number"), words=9) is angry


def test_a_question_about_the_price_is_no_answer_to_another_question() -> None:
    about = asked("esim", "own_number", topic="esim")
    verdict = in_conversation(UNCLEAR, about, words=2, entities=["follow_up"])
    assert verdict.through == "follow_up"


WAITING = Situation(waiting_intent="check_balance", waiting_entity="code")


@pytest.mark.parametrize(
    ("words", "entities", "intent"),
    [(0, ["code"], "check_balance"), (0, ["number"], "top_up"), (6, ["code"], "top_up")],
)
def test_a_code_is_known_by_its_shape_even_late(
    words: int, entities: list[str], intent: str
) -> None:
    assert in_conversation(TOP_UP, WAITING, words=words, entities=entities).intent == intent


def test_a_price_is_asked_of_what_was_spoken_of_last() -> None:
    about = Situation(topic="esim")
    verdict = in_conversation(UNCLEAR, about, words=3, entities=["follow_up"])
    assert (verdict.kind, verdict.intent, verdict.through) == ("answer", "esim", "follow_up")
    assert in_conversation(UNCLEAR, Situation(), words=3, entities=["follow_up"]) is UNCLEAR


def test_an_answer_names_what_was_asked() -> None:
    which = asked("tariff_change", "tariff")
    assert names_what_was_asked(which, ["tariff"])
    assert not names_what_was_asked(which, ["service"])
    assert names_what_was_asked(asked("check_balance", "own_number"), ["number"])
    assert not names_what_was_asked(Situation(), ["tariff"])
