"""What the flows of money reckon and write, without a billing system."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from actions.bss.model import Facts, Product, ProductKind, ProductStatus
from actions.bss.reading import UTC
from actions.calls import page_of, pages_of
from actions.holdings import next_charge
from actions.phrases import phrased
from actions.records import masked
from actions.transfers import Rules, sum_in

RULES = Rules.of({"least": 5, "most": 200, "fee": 2})


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("50", Decimal(50)),
        ("50.5", Decimal("50.5")),
        ("50,25", Decimal("50.25")),
        ("50.255", None),
        ("a lot", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e400", None),
        ("", None),
    ],
)
def test_a_sum_is_of_whole_kopiykas(said: str, amount: Decimal | None) -> None:
    assert sum_in(said) == amount


@pytest.mark.parametrize(
    ("amount", "is_allowed"),
    [("4.99", False), ("5", True), ("200", True), ("200.01", False), ("-5", False)],
)
def test_limits_are_allowed_themselves(amount: str, is_allowed: bool) -> None:
    assert RULES.allow(Decimal(amount)) is is_allowed


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("380500012345", "+380 50 ••• •• 45"),
        ("+380500012345", "+380 50 ••• •• 45"),
        ("4915112345678", "+491 ••• •• 78"),
        ("577", "577"),
        ("Horizon", "Horizon"),
    ],
)
def test_the_middle_of_a_number_is_hidden(number: str, shown: str) -> None:
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("said", "page"), [(None, 1), ("2", 2), ("3", 3), ("99", 3), ("0", 1), ("-1", 1), ("x", 1)]
)
def test_a_page_there_is_not_is_the_nearest(said: str | None, page: int) -> None:
    assert page_of(said, 17) == page


@pytest.mark.parametrize(("items", "pages"), [(0, 1), (1, 1), (8, 1), (9, 2), (16, 2), (17, 3)])
def test_eight_lines_are_a_page(items: int, pages: int) -> None:
    assert pages_of(items) == pages


def test_a_part_is_worded_in_the_language_else_in_the_operators() -> None:
    condition = [{"type": "slot", "name": "language", "value": "en"}]
    told: list[dict[str, Any]] = [{"text": "{n} шт."}, {"text": "{n} pcs", "condition": condition}]
    assert phrased(told, "en", {"n": "2"}) == "2 pcs"
    assert phrased(told, "ru", {"n": "2"}) == "2 шт."
    with pytest.raises(KeyError):
        phrased(told, "en", {})


NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TARIFF = Product(
    id="tariff-1",
    kind=ProductKind.TARIFF,
    name="Horizon Start",
    status=ProductStatus.ACTIVE,
    started=None,
    offering_id="start",
    prices=(),
    facts=Facts(next_charge_at=NOW + timedelta(days=3), next_charge_amount=Decimal(120)),
    customer_id=None,
    number="380500000001",
)


def test_the_next_charge_is_told_where_one_comes() -> None:
    assert next_charge(TARIFF, NOW) == (NOW + timedelta(days=3), Decimal(120))


@pytest.mark.parametrize(
    "tariff",
    [
        None,
        replace(TARIFF, status=ProductStatus.SUSPENDED),
        replace(TARIFF, facts=replace(TARIFF.facts, next_charge_at=NOW - timedelta(days=1))),
        replace(TARIFF, facts=replace(TARIFF.facts, next_charge_at=None)),
        replace(TARIFF, facts=replace(TARIFF.facts, next_charge_amount=None)),
    ],
)
def test_no_charge_is_told_where_none_is_known_to_come(tariff: Product | None) -> None:
    assert next_charge(tariff, NOW) is None
