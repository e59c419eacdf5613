"""Two requests in one message."""

from __future__ import annotations

from typing import Any

import pytest
from components.parts import Bars, Link, cuts_of, requests_of

from abonent_bot.understanding import Understanding

BARS = Bars(added=0.25, joined=0.85, loose=0.85, whole=0.95)
KEYS = {
    "баланс": "check_balance",
    "тариф": "tariff_current",
    "украли": "sim_lost",
    "человека": "human_handoff",
    "привет": "greet",
    "ужас": "complaint",
}


def classify(text: str, confidence: float = 0.9) -> list[dict[str, Any]]:
    """Rank by the one word that is known; what has several is anything."""
    found = [intent for word, intent in KEYS.items() if word in text.lower()]
    if not found:
        return []
    return [{"name": found[0], "confidence": confidence if len(found) == 1 else 0.5}]


def asked(text: str) -> list[str]:
    return [part.intent for part in requests_of(text, classify(text), classify, BARS)]


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("какой баланс и какой тариф", ["check_balance", "tariff_current"]),
        ("какой тариф, и ещё покажите баланс", ["tariff_current", "check_balance"]),
        ("баланс какой?\nи какой тариф", ["check_balance", "tariff_current"]),
        ("покажіть баланс, а ще тариф", ["check_balance", "tariff_current"]),
        # What is urgent comes first even if it is asked last.
        ("какой баланс? и ещё телефон украли", ["sim_lost", "check_balance"]),
        ("какой тариф, дайте человека", ["human_handoff", "tariff_current"]),
        # A greeting, a complaint or the same request told twice is no second request.
        ("привет, какой баланс", []),
        ("ужас какой. баланс покажите", []),
        ("покажите баланс, баланс хочу знать", []),
        ("какой баланс", []),
        ("", []),
    ],
)
def test_finds_two_requests(text: str, intents: list[str]) -> None:
    assert asked(text) == intents


def test_doubtful_halves_are_one_request_unless_words_add_something() -> None:
    def unsure(text: str) -> list[dict[str, Any]]:
        return classify(text, confidence=0.6)

    joined, marked = "какой баланс и какой тариф", "какой баланс, а также какой тариф"
    assert requests_of(joined, unsure(joined), unsure, BARS) == []
    assert len(requests_of(marked, unsure(marked), unsure, BARS)) == 2


def test_a_clear_message_is_not_cut_at_a_comma() -> None:
    clear = [{"name": "tariff_current", "confidence": 0.97}]
    assert requests_of("какой баланс, какой тариф", clear, classify, BARS) == []
    assert requests_of("какой баланс - какой тариф", clear, classify, BARS) == []


@pytest.mark.parametrize("between", [" и ", ", и ", "? ", "\n", "; "])
def test_a_clear_message_has_a_second_request_where_it_is_joined(between: str) -> None:
    # A lost phone named last must not be drowned by a request that is surely there, too.
    clear = [{"name": "check_balance", "confidence": 0.99}]
    found = requests_of(f"какой баланс{between}украли телефон", clear, classify, BARS)
    assert [part.intent for part in found] == ["sim_lost", "check_balance"]


def test_keeps_the_text_of_each_request() -> None:
    parts = requests_of("Какой баланс? Также какой тариф", [], classify, BARS)
    assert [part.text for part in parts] == ["Какой баланс", "какой тариф"]


@pytest.mark.parametrize(
    ("text", "count"),
    [("да, и", 0), ("what is my balance and also my plan", 1), ("а, б, в, г, д, е", 0)],
)
def test_cuts_only_where_something_is_left(text: str, count: int) -> None:
    assert len([cut for cut in cuts_of(text) if cut.link is Link.ADDED]) == count
    assert len(cuts_of("раз один, два дважды, три трижды, пять пятью, шесть, семь семью")) <= 4


def test_the_model_finds_two_requests(model: Any) -> None:
    raw = Understanding(model).raw("какой у меня баланс, и ещё телефон украли, заблокируйте")
    assert [one["intent"] for one in raw["requests"]] == ["sim_lost", "check_balance"]
    assert raw["intent"]["name"] == "sim_lost"


def test_one_request_has_no_list(model: Any) -> None:
    assert "requests" not in Understanding(model).raw("сколько у меня денег на счету")
