"""Amounts, phone numbers and names."""

from __future__ import annotations

import pytest
from components.entities import (
    Catalogue,
    amounts_in,
    base_of,
    phones_in,
    places_in,
    sold_in,
    values_in,
)

from abonent_bot import project


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    places = str(project.BOT / "operator" / "places.yml")
    return Catalogue([*places_in(places), *sold_in(str(project.OPERATOR))])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("переказала 200 грн вчора", "200"),
        ("1 200,50 гривен", "1200.50"),
        ("₴50", "50"),
        ("100uah", "100"),
        ("сняли 3 гривны", "3"),
    ],
)
def test_finds_amounts(text: str, value: str) -> None:
    (found,) = amounts_in(text)
    assert found.value == value
    assert text[found.start : found.end].strip()


@pytest.mark.parametrize("text", ["*101#", "5 ГБ", "номер 0500000012", "через 3 дня"])
def test_finds_no_amount_where_none_is(text: str) -> None:
    assert amounts_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "+380500000012",
        "380500000012",
        "050 000 00 12",
        "(050)000-00-12",
        "0500000012",
        "+380 50 000 00 12",
        "+38 (050) 000-00-12",
    ],
)
def test_finds_phone_numbers(text: str) -> None:
    (found,) = phones_in(f"на {text} пожалуйста")
    assert found.value == "+380500000012"


@pytest.mark.parametrize("text", ["*101*0500000012#", "12345", "2026-11-22"])
def test_finds_no_phone_in_codes_and_dates(text: str) -> None:
    assert phones_in(text) == []


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("магазин у Львові", "city", "lviv"),
        ("в одессе", "city", "odesa"),
        ("Кривому Розі", "city", "kryvyi_rih"),
        ("у Києві на Садовій", "city", "kyiv"),
        ("в сумах", "city", "sumy"),
        ("роумінг у Туреччині", "country", "turkey"),
        ("going to the United States", "country", "usa"),
        ("хочу на смарт", "tariff", "smart"),
        ("Horizon Max", "tariff", "max"),
        ("подключи 5 гб", "data_package", "data-5"),
        ("подключи 15гб", "data_package", "data-15"),
        ("хочу безліміт", "data_package", "data-day"),
        ("отключите гороскоп", "service", "horoscope"),
        ("увімкніть голосову пошту", "service", "voicemail"),
        ("по-английски пожалуйста", "spoken_language", "en"),
    ],
)
def test_finds_names_in_any_case(catalogue: Catalogue, text: str, entity: str, value: str) -> None:
    assert [(one.entity, one.value) for one in catalogue.find(text)] == [(entity, value)]


@pytest.mark.parametrize(
    "text", ["ровно 100", "сумма платежа", "максимум", "киевлянин", "25 гб", ""]
)
def test_finds_no_name_in_other_words(catalogue: Catalogue, text: str) -> None:
    assert catalogue.find(text) == []


def test_short_and_latin_words_have_no_endings() -> None:
    assert (base_of("США"), base_of("Odesa"), base_of("Одеса")) == ("сша", "odesa", "одес")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.entity, one.value) for one in values_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("123456", [("code", "123456")]),
        ("код 123 456", [("code", "123456")]),
        ("0500000012", [("phone_number", "+380500000012")]),
        ("50 грн", [("amount", "50")]),
        ("50", [("number", "50")]),
        ("T-10024", [("ticket", "T-10024")]),
        ("моя заявка т10024", [("ticket", "T-10024")]),
        ("*101#", []),
        (
            "перекажи 100 грн на 050 000 00 12",
            [("phone_number", "+380500000012"), ("amount", "100")],
        ),
        ("да", [("yes", "да")]),
        ("ні", [("no", "ні")]),
    ],
)
def test_each_figure_is_one_thing(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found
