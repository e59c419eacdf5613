"""Reads JSON with every value checked; what does not fit is named by its place. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import NoReturn, TypeVar

from actions.bss.errors import BssNonsense

T = TypeVar("T")
E = TypeVar("E", bound="Enum")

TEXT_LIMIT = 4_000
ITEMS_LIMIT = 1_000
GREATEST = 10**12
_DIGITS = 20
# On Python 3.10 there is no datetime.UTC.
UTC = timezone(timedelta(0))

_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = re.compile(
    rf"({_DATE})[Tt]([0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}})(?:\.([0-9]{{1,9}}))?(?:([Zz])|([+-][0-9]{{2}}:[0-9]{{2}}))"
)
# JSON can say both, and neither can be shown or kept.
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def decode(body: bytes, where: str) -> Node:
    """Read a body: JSON in UTF-8, fractions exact.

    Raises:
        BssNonsense: it is not that.
    """
    try:
        value = json.loads(body.decode(), parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError) as fault:
        raise BssNonsense(f"{where}: not JSON ({type(fault).__name__}).") from None
    return Node(value, where)


def maybe(node: Node | None, read: Callable[[Node], T]) -> T | None:
    """Read what may be missing."""
    return None if node is None else read(node)


class Node:
    """A JSON value and its place."""

    __slots__ = ("_value", "where")

    def __init__(self, value: object, where: str) -> None:
        self._value = value
        self.where = where

    def find(self, name: str) -> Node | None:
        """Return a field, or None if it is missing or null."""
        if not isinstance(self._value, dict):
            self._wrong("an object")
        value = self._value.get(name)
        return None if value is None else Node(value, f"{self.where}.{name}")

    def of(self, name: str) -> Node:
        """Return a field that must be there."""
        node = self.find(name)
        if node is None:
            self.fail(f"{name} is missing")
        return node

    def items(self) -> list[Node]:
        """Return the items of a list."""
        if not isinstance(self._value, list):
            self._wrong("a list")
        if len(self._value) > ITEMS_LIMIT:
            self.fail("too long a list")
        return [Node(value, f"{self.where}[{at}]") for at, value in enumerate(self._value)]

    def each(self, name: str) -> list[Node]:
        """Return the items of a field's list; none if it is missing."""
        node = self.find(name)
        return [] if node is None else node.items()

    def text(self) -> str:
        """Return a text."""
        if not isinstance(self._value, str):
            self._wrong("a text")
        if len(self._value) > TEXT_LIMIT or _UNUSABLE.search(self._value):
            self.fail("a text too long or with unusable characters")
        return self._value

    def name(self) -> str:
        """Return a text that says something: an id, a name."""
        text = self.text().strip()
        if not text:
            self.fail("an empty text")
        return text

    def matching(self, pattern: re.Pattern[str]) -> str:
        """Return a text of a form."""
        text = self.text()
        if not pattern.fullmatch(text):
            self.fail("a text of another form")
        return text

    def number(self) -> Decimal:
        """Return a finite number, exactly as written."""
        value = self._value
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            self._wrong("a number")
        number = value if isinstance(value, Decimal) else Decimal(str(value))
        # The exponent is bounded too: written out, 1e-999999999 would fill the memory.
        is_small = number.is_finite() and abs(_exponent(number)) <= _DIGITS
        if not is_small or not -GREATEST <= number <= GREATEST:
            self.fail("a number out of all bounds")
        return number

    def amount(self) -> Decimal:
        """Return a number that is not negative."""
        number = self.number()
        if number < 0:
            self.fail("a negative number")
        return number

    def whole(self) -> int:
        """Return a whole number that is not negative."""
        amount = self.amount()
        if amount != amount.to_integral_value():
            self.fail("a number that is not whole")
        return int(amount)

    def choice(self, kind: type[E]) -> E:
        """Return one of the values the specification allows."""
        try:
            # The specification itself writes one value with a space at its end.
            return kind(self.text().strip())
        except ValueError:
            self.fail(f"none of {kind.__name__}")

    def moment(self) -> datetime:
        """Return a date-time of RFC 3339 in UTC."""
        found = _MOMENT.fullmatch(self.text())
        if found is None:
            self.fail("no date-time with its offset")
        date, time, fraction, zulu, offset = found.groups()
        micros = (fraction or "0")[:6].ljust(6, "0")
        try:
            moment = datetime.fromisoformat(f"{date}T{time}.{micros}{'+00:00' if zulu else offset}")
            return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("no date-time there is")

    def day(self) -> datetime:
        """Return a date-time, or a date alone as the beginning of that day in UTC."""
        if not re.fullmatch(_DATE, self.text()):
            return self.moment()
        return Node(f"{self._value}T00:00:00Z", self.where).moment()

    def is_object(self) -> bool:
        """Whether it has fields."""
        return isinstance(self._value, dict)

    def is_saying(self, text: str) -> bool:
        """Whether it is just this text."""
        return self._value == text

    def fail(self, found: str) -> NoReturn:
        """Say what was found here."""
        raise BssNonsense(f"{self.where}: {found}.")

    def _wrong(self, asked: str) -> NoReturn:
        self.fail(f"{asked} is asked, found {type(self._value).__name__}")


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)
