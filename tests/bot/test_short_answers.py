"""Yes, no, and "how much is that?"."""

from __future__ import annotations

import pytest
from components.mood import is_angry
from components.short_answers import follow_up_in, no_in, yes_in


@pytest.mark.parametrize(
    "text", ["да", "Да, подключай!", "так", "ага, давай", "yes please", "ok", "угу", "підтверджую"]
)
def test_yes(text: str) -> None:
    assert yes_in(text)
    assert no_in(text) is None


@pytest.mark.parametrize(
    "text", ["нет", "не надо", "ні, дякую", "no", "don't", "отмена", "да нет", "так, стоп"]
)
def test_no(text: str) -> None:
    assert no_in(text)
    assert yes_in(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "🤷", "данные", "такси", "yesterday", "да я вообще-то хотел спросить про другой тариф"],
)
def test_neither(text: str) -> None:
    assert yes_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "и сколько это стоит?", "а сколько?", "скільки це коштує", "почём", "how much is it?",
        "and how much does that cost", "а ціна?", "это бесплатно?", "сколько стоит в месяц",
    ],
)  # fmt: skip
def test_asks_for_the_price_of_what_was_spoken_of(text: str) -> None:
    assert follow_up_in(text) == "price"


@pytest.mark.parametrize(
    "text",
    [
        "сколько стоит роуминг в Польше",
        "сколько у меня денег",
        "how much data is left",
        "цена айфона",
        "",
    ],
)
def test_a_price_of_something_named_is_a_question_of_its_own(text: str) -> None:
    assert follow_up_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "да вы издеваетесь",
        "ВЕРНИТЕ МОИ ДЕНЬГИ",
        "where is my money???",
        "скільки можна чекати",
        "useless bot",
    ],
)
def test_tells_anger(text: str) -> None:
    assert is_angry(text)


@pytest.mark.parametrize(
    "text", ["", "СМС", "SIM PUK", "сколько денег?", "дякую!!", "подскажите баланс", "жахаюся? ні"]
)
def test_tells_no_anger_where_there_is_none(text: str) -> None:
    assert not is_angry(text)
