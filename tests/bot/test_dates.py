"""Days as people name them."""

from __future__ import annotations

import pytest
from components.dates import dates_in_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("за что сняли вчера", "-1/-1"),
        ("позавчора зняли 20 грн", "-2/-2"),
        ("what did you charge today", "0/0"),
        ("звонки за 5 октября", "=10-05/=10-05"),
        ("дзвінки за 12 листопада", "=11-12/=11-12"),
        ("calls on November 3rd", "=11-03/=11-03"),
        ("calls on 3 Nov", "=11-03/=11-03"),
        ("деталізація за 05.11", "=11-05/=11-05"),
        ("списание 1.12.2026", "=12-01/=12-01"),
        ("за последние 7 дней", "-6/0"),
        ("за останні 3 дні", "-2/0"),
        ("last 10 days", "-9/0"),
        ("расходы за неделю", "-6/0"),
        ("за прошлую неделю", "-7/0"),
        ("витрати за минулий місяць", "month:-1"),
        ("за этот месяц", "month:0"),
        ("this month", "month:0"),
    ],
)
def test_finds_a_day_or_a_stretch_of_days(text: str, value: str) -> None:
    assert [one.value for one in dates_in_text(text)] == [value]


@pytest.mark.parametrize(
    "text",
    ["", "тариф смарт", "50 грн", "32.13", "99 октября", "050 000 00 01", "мая мама", "1.5 гб"],
)
def test_finds_none_elsewhere(text: str) -> None:
    assert dates_in_text(text) == []
