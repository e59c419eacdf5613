"""Days as people named them, made days of the calendar. Pure: what day it is, is told.

The values are those of ``bot/components/dates.py``: ``FROM/TO``, both days included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from babel.dates import format_date

_FROM_TODAY = re.compile(r"-?\d{1,3}")
_CALENDAR = re.compile(r"=(\d{2})-(\d{2})")
_MONTH = re.compile(r"month:(0|-\d{1,2})")
MOST_YEARS_BACK = 8
"""The 29th of February is at most so far away."""


@dataclass(frozen=True)
class Period:
    """Days of the calendar, the first and the last included."""

    first: date
    last: date

    @property
    def is_one_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def value(self) -> str:
        """The period as buttons carry it: it means the same days tomorrow."""
        return f"={self.first:%m-%d}/={self.last:%m-%d}"

    def since(self, zone: tzinfo) -> datetime:
        """Return when it begins there, in UTC."""
        return _midnight(self.first, zone)

    def until(self, zone: tzinfo) -> datetime:
        """Return when it is over there, in UTC."""
        return _midnight(self.last + timedelta(days=1), zone)


def period_of(value: str, today: date) -> Period | None:
    """Return the days a value means; None if it means none that were.

    A day of the calendar is the last one there was; a stretch ends today at the latest.
    """
    month = _MONTH.fullmatch(value)
    if month:
        return _month(today, int(month[1]))
    first_said, _, last_said = value.partition("/")
    last = _day(last_said, today)
    # A stretch over New Year began in the year before the one it ended in.
    first = last and _day(first_said, last if first_said.startswith("=") else today)
    if first is None or last is None or not first <= last <= today:
        return None
    return Period(first, last)


def last_days(days: int, today: date) -> Period:
    """Return so many days, today the last of them."""
    return Period(today - timedelta(days=days - 1), today)


def one_day(day: date) -> Period:
    """Return a day alone."""
    return Period(day, day)


def day_there(moment: datetime, zone: tzinfo) -> date:
    """Return what day it is somewhere at a moment."""
    return moment.astimezone(zone).date()


def written(day: date, language: str, today: date) -> str:
    """Write a day: "5 грудня", with its year where that is another one."""
    pattern = "d MMMM" if day.year == today.year else "d MMMM y"
    return format_date(day, pattern, locale=language)


def _day(said: str, today: date) -> date | None:
    if _FROM_TODAY.fullmatch(said):
        return today + timedelta(days=int(said))
    found = _CALENDAR.fullmatch(said)
    return _latest(int(found[1]), int(found[2]), today) if found else None


def _latest(month: int, day: int, today: date) -> date | None:
    """Return the last such day there was."""
    for year in range(today.year, today.year - MOST_YEARS_BACK - 1, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None


def _month(today: date, ago: int) -> Period:
    months = today.year * 12 + today.month - 1 + ago
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return Period(first, min(today, following - timedelta(days=1)))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(timezone.utc)
