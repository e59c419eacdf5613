"""Money, amounts and dates as each language writes them (CLDR, by Babel)."""

from __future__ import annotations

from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Union

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

MEGABYTES_IN_GIGABYTE = 1024

Figure = Union[Decimal, int]


def money(amount: Figure, language: str, currency: str = "UAH") -> str:
    """Write a sum of money; whole hryvnias have no kopiykas."""
    exact = Decimal(amount)
    pattern = "#,##0 ¤" if exact == exact.to_integral_value() else "#,##0.00 ¤"
    written = format_currency(
        exact, currency, pattern, locale=language, currency_digits=False, group_separator=True
    )
    return written.replace("UAH", "₴")


def megabytes(amount: Figure, language: str) -> str:
    """Write an amount of data in megabytes or gigabytes."""
    exact = Decimal(amount)
    if exact < MEGABYTES_IN_GIGABYTE:
        return _unit(exact.to_integral_value(), "digital-megabyte", language)
    return _unit(
        (exact / MEGABYTES_IN_GIGABYTE).quantize(Decimal("0.1")), "digital-gigabyte", language
    )


def minutes(amount: Figure, language: str) -> str:
    """Write minutes of talking, rounded down."""
    return _unit(Decimal(amount).to_integral_value(), "duration-minute", language)


def seconds(amount: int, language: str) -> str:
    """Write how long a call was."""
    whole, rest = divmod(amount, 60)
    told = [_unit(Decimal(rest), "duration-second", language)] if rest or not whole else []
    return " ".join([*([minutes(whole, language)] if whole else []), *told])


def count(amount: Figure, language: str) -> str:
    """Write a plain number."""
    return format_decimal(amount, locale=language)


def day(moment: datetime, language: str, zone: tzinfo) -> str:
    """Write a day: "5 грудня"."""
    return format_date(moment.astimezone(zone), "d MMMM", locale=language)


def day_of_year(moment: datetime, language: str, zone: tzinfo) -> str:
    """Write a day that may be in another year: "5 грудня 2027"."""
    return format_date(moment.astimezone(zone), "d MMMM y", locale=language)


def day_and_time(moment: datetime, language: str, zone: tzinfo) -> str:
    """Write a day and the time of it: "5 груд., 14:20"."""
    return format_datetime(moment.astimezone(zone), "d MMM, HH:mm", tzinfo=zone, locale=language)


def _unit(amount: Decimal, unit: str, language: str) -> str:
    number = amount.to_integral_value() if amount == amount.to_integral_value() else amount
    return format_unit(number, unit, length="short", locale=language).replace("\u00a0", " ")


def phone(number: str) -> str:
    """Write a number as people read it: "+380 50 000 00 01"."""
    digits = "".join(character for character in number if character.isdigit())
    if len(digits) != 12 or not digits.startswith("380"):
        return number
    return f"+380 {digits[3:5]} {digits[5:8]} {digits[8:10]} {digits[10:]}"
