"""Days as people name them, told from today, since a component has no clock. Pure.

A value is ``FROM/TO``, both days included: ``-1/-1`` is yesterday, ``-6/0`` the last seven days,
``=11-05/=11-05`` the fifth of November, ``month:0`` this month, ``month:-1`` the last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = (
    "январ|січн|january|jan",
    "феврал|лют(?:ий|ого|ому)|february|feb",
    "март|берез(?:ень|ня|ні)|march",
    "апрел|квітн|april|apr",
    "ма[йяе]\\b|травн|may\\b",
    "июн|червн|june|jun",
    "июл|липн|july|jul",
    "август|серпн|august|aug",
    "сентябр|верес(?:ень|ня|ні)|september|sept?",
    "октябр|жовт(?:ень|ня|ні)|october|oct",
    "ноябр|листопад|november|nov",
    "декабр|груд(?:ень|ня|ні)|december|dec",
)
_MONTH = "|".join(f"(?P<m{at}>{stems})" for at, stems in enumerate(_MONTHS, 1))
_DAY_MONTH = re.compile(
    rf"\b(?P<day>[0-3]?\d)(?:-?(?:го|ого|е|st|nd|rd|th))?\s+(?:{_MONTH})\w*", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"\b(?:{_MONTH})\w*\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b", re.IGNORECASE)
_FIGURES = re.compile(
    r"(?<![\d.])(?P<day>[0-3]?\d)[./](?P<month>[01]\d)(?:[./](?:20)?\d\d)?(?![\d.]*\d)"
)
_LAST = r"прошл\w+|последн\w+|минул\w+|останн\w+|last|past"
_NAMED = (
    (r"позавчера|позавчора|day before yesterday", "-2/-2"),
    (r"вчера\w*|вчора\w*|учора\w*|yesterday", "-1/-1"),
    (r"сегодня\w*|сьогодн\w*|today", "0/0"),
    (rf"(?:за )?(?:{_LAST}) (?:недел\w+|тижн\w+|тиждень|week)", "-7/0"),
    (r"(?:за |на |в )?(?:эт\w+ |ц\w+ |this )?(?:недел[юеи]|тижд?\w+|week)\b", "-6/0"),
    (r"(?:прошл\w+|прошедш\w+|минул\w+|last|previous) (?:месяц\w*|місяц\w*|month)", "month:-1"),
    (r"(?:за |в |у )?(?:эт\w+ |ц\w+ |this )?(?:месяц\w*|місяц\w*|month)\b", "month:0"),
)
_LAST_DAYS = re.compile(
    r"(?:последн\w+|останн\w+|last|past|за)\s+(?P<n>\d{1,2})\s+(?:дн\w+|дней|день|days?)",
    re.IGNORECASE,
)
_BY_NAME = tuple((re.compile(rf"\b(?:{words})", re.IGNORECASE), value) for words, value in _NAMED)


@dataclass(frozen=True)
class Days:
    """A stretch of days, with its place in the text."""

    value: str
    start: int
    end: int


def dates_in_text(text: str) -> list[Days]:
    """Find the first stretch of days a message names."""
    for find in (_calendar_day, _last_days, _named_day):
        found = find(text)
        if found is not None:
            return [found]
    return []


def _calendar_day(text: str) -> Days | None:
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        match = pattern.search(text)
        if match:
            month = next(at for at in range(1, 13) if match[f"m{at}"])
            return _on(match, month)
    match = _FIGURES.search(text)
    return _on(match, int(match["month"])) if match else None


def _on(match: re.Match[str], month: int) -> Days | None:
    day = int(match["day"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    value = f"={month:02}-{day:02}"
    return Days(f"{value}/{value}", match.start(), match.end())


def _last_days(text: str) -> Days | None:
    match = _LAST_DAYS.search(text)
    if match is None or not int(match["n"]):
        return None
    return Days(f"{1 - int(match['n'])}/0", match.start(), match.end())


def _named_day(text: str) -> Days | None:
    for pattern, value in _BY_NAME:
        match = pattern.search(text)
        if match:
            return Days(value, match.start(), match.end())
    return None
