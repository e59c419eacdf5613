"""JSON, read with every value checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest

from actions.bss.errors import BssNonsense
from actions.bss.model import BucketStatus
from actions.bss.reading import UTC, Node, decode


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Bad gateway</body></html>",
        b'{"amount": NaN}',
        b'{"amount": -Infinity}',
        b"\xff\xfe{}",
        "{}".encode("utf-16"),
        b'{"amount": 1',
        b'{"amount": 1e99999999999999999999}',
        b"[" * 100_000,
        b"9" * 10_000,
    ],
)
def test_what_is_not_json_is_nonsense(body: bytes) -> None:
    with pytest.raises(BssNonsense, match=r"^bucket: not JSON"):
        decode(body, "bucket")


def test_fractions_are_exact() -> None:
    first, second = decode(b"[0.1, 0.2]", "x").items()
    assert first.number() + second.number() == Decimal("0.3")


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (Node.number, True),
        (Node.number, "5"),
        (Node.number, None),
        (Node.number, float("nan")),
        (Node.number, float("inf")),
        (Node.number, Decimal("NaN")),
        (Node.number, Decimal("sNaN")),
        (Node.number, Decimal("-Infinity")),
        (Node.number, Decimal("1e999999999")),
        (Node.number, Decimal("1e-999999999")),
        (Node.number, Decimal("0e999999999")),
        (Node.number, 10**400),
        (Node.amount, -1),
        (Node.whole, 1.5),
        (Node.text, 5),
        (Node.text, "a\x00b"),
        (Node.text, "a\ud800b"),
        (Node.text, "x" * 4_001),
        (Node.name, "  "),
        (Node.moment, "2026-06-01T10:00:00"),
        (Node.moment, "2026-06-01"),
        (Node.moment, "2026-02-30T10:00:00Z"),
        (Node.moment, "2026-06-01T25:00:00Z"),
        (Node.moment, "0001-01-01T00:00:00+23:59"),
        (Node.moment, "٢٠٢٦-06-01T10:00:00Z"),
        (Node.moment, 1_780_000_000),
        (Node.day, "tomorrow"),
        (Node.day, "2026-13-01"),
        (Node.items, {}),
        (Node.items, [0] * 1_001),
        (lambda node: node.choice(BucketStatus), "blocked"),
        (lambda node: node.choice(BucketStatus), []),
        (lambda node: node.find("x"), []),
        (lambda node: node.of("x"), {"x": None}),
    ],
)
def test_a_wrong_value_is_nonsense_named_by_its_place(
    read: Callable[[Node], object], value: object
) -> None:
    with pytest.raises(BssNonsense, match=r"^bucket\[3\]\.amount"):
        read(Node(value, "bucket[3].amount"))


def test_what_was_found_is_not_told() -> None:
    with pytest.raises(BssNonsense) as caught:
        Node("380500000001", "bucket").number()
    assert "0500" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "hour", "micros"),
    [
        ("2026-06-01T10:00:00Z", 10, 0),
        ("2026-06-01t10:00:00.5z", 10, 500_000),
        ("2026-06-01T10:00:00.123456789+03:00", 7, 123_456),
        ("2026-06-01T10:00:00-05:30", 15, 0),
    ],
)
def test_times_are_in_utc(said: str, hour: int, micros: int) -> None:
    at = Node(said, "x").moment()
    assert at.tzinfo is UTC
    assert (at.hour, at.microsecond) == (hour, micros)


def test_a_day_is_its_beginning() -> None:
    assert Node("2026-07-05", "x").day() == datetime(2026, 7, 5, tzinfo=UTC)
    assert Node("2026-07-05T12:00:00Z", "x").day().hour == 12


def test_a_missing_list_is_empty_and_null_is_missing() -> None:
    node = Node({"note": None, "name": "x"}, "order")
    assert node.each("note") == node.each("nothing") == []
    assert node.find("note") is None


def test_whole_numbers_may_be_written_as_fractions() -> None:
    assert Node(Decimal("65.0"), "x").whole() == 65
    assert Node(65.0, "x").whole() == 65
