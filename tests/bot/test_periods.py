"""Days as people named them, on a day that is told."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from actions.bss.reading import UTC
from actions.periods import Period, day_there, last_days, one_day, period_of, written

TODAY = date(2026, 11, 27)
KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("0/0", TODAY, TODAY),
        ("-1/-1", date(2026, 11, 26), date(2026, 11, 26)),
        ("-6/0", date(2026, 11, 21), TODAY),
        ("=11-05/=11-05", date(2026, 11, 5), date(2026, 11, 5)),
        ("=11-27/=11-27", TODAY, TODAY),
        ("=11-28/=11-28", date(2025, 11, 28), date(2025, 11, 28)),
        ("=02-29/=02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("month:0", date(2026, 11, 1), TODAY),
        ("month:-1", date(2026, 10, 1), date(2026, 10, 31)),
        ("month:-11", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_days_named_are_days_of_the_calendar(value: str, first: date, last: date) -> None:
    assert period_of(value, TODAY) == Period(first, last)


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "=02-30/=02-30", "=13-01/=13-01", "1/1", "-1/-2", "-1/1", "=11-05", "-1",
     "month:1", "month:-100", "-99999/0", "=11-05/=11-05; drop"],
)  # fmt: skip
def test_no_days_are_made_of_what_names_none(value: str) -> None:
    assert period_of(value, TODAY) is None


def test_a_stretch_over_new_year_began_the_year_before() -> None:
    period = period_of("=12-30/=01-02", date(2027, 1, 5))
    assert period == Period(date(2026, 12, 30), date(2027, 1, 2))


@pytest.mark.parametrize("value", ["-1/-1", "-6/0", "month:0", "month:-1", "=12-30/=01-02"])
def test_what_a_button_carries_means_the_same_days_later(value: str) -> None:
    period = period_of(value, TODAY)
    assert period is not None
    assert period_of(period.value, TODAY) == period
    assert period_of(period.value, date(2026, 11, 28)) == period


def test_last_month_in_january_is_december() -> None:
    period = period_of("month:-1", date(2027, 1, 5))
    assert period == Period(date(2026, 12, 1), date(2026, 12, 31))


def test_a_day_begins_and_ends_where_the_operator_is() -> None:
    day = one_day(date(2026, 11, 5))
    assert day.since(KYIV) == datetime(2026, 11, 4, 22, tzinfo=UTC)
    assert day.until(KYIV) == datetime(2026, 11, 5, 22, tzinfo=UTC)


def test_the_day_the_clocks_change_has_another_length() -> None:
    day = one_day(date(2026, 10, 25))
    assert (day.until(KYIV) - day.since(KYIV)).total_seconds() == 25 * 3600


def test_it_is_tomorrow_there_before_it_is_here() -> None:
    assert day_there(datetime(2026, 11, 5, 22, 30, tzinfo=UTC), KYIV) == date(2026, 11, 6)


def test_the_last_days_end_today() -> None:
    assert last_days(30, TODAY) == Period(date(2026, 10, 29), TODAY)


def test_a_day_of_another_year_is_written_with_it() -> None:
    assert written(date(2026, 11, 5), "uk", TODAY) == "5 листопада"
    assert written(date(2025, 12, 5), "uk", TODAY).startswith("5 грудня 2025")
    assert written(date(2025, 12, 5), "en", TODAY) == "5 December 2025"
