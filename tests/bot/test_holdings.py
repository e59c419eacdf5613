"""What is left, what is on, what stands in the way, what is on a page: without any server."""

from __future__ import annotations

from decimal import Decimal

import pytest

from actions.allowances import is_low, response_for
from actions.bss.model import (
    Bucket,
    BucketKind,
    BucketStatus,
    Facts,
    Price,
    Product,
    ProductKind,
    ProductStatus,
    Quantity,
    SuspendReason,
)
from actions.choosing import MOST_CHOICES, Choice, page_of
from actions.services import switched_on
from actions.standing import debt_of, is_contract, is_paused


def bucket(kind: BucketKind, left: int | None, total: int | None) -> Bucket:
    return Bucket(
        id="b",
        kind=kind,
        name="tariff",
        status=BucketStatus.ACTIVE,
        remaining=None if left is None else Quantity(Decimal(left), "MB"),
        total=None if total is None else Quantity(Decimal(total), "MB"),
        ends=None,
        account_id=None,
        numbers=("380500000001",),
    )


def product(
    kind: ProductKind,
    name: str = "p",
    *,
    costs: int = 0,
    status: ProductStatus = ProductStatus.ACTIVE,
    facts: Facts | None = None,
) -> Product:
    return Product(
        id=name,
        kind=kind,
        name=name,
        status=status,
        started=None,
        offering_id=name,
        prices=(Price(Quantity(Decimal(costs), "UAH"), None),),
        facts=facts or Facts(),
        customer_id=None,
        number="380500000001",
    )


DATA, VOICE, SMS = BucketKind.DATA, BucketKind.VOICE, BucketKind.SMS


@pytest.mark.parametrize(
    ("buckets", "response"),
    [
        ([bucket(DATA, 500, 1000), bucket(VOICE, 50, 100)], "utter_allowance"),
        ([bucket(DATA, 100, 1000), bucket(VOICE, 0, 100)], "utter_allowance_low"),
        ([bucket(DATA, 101, 1000)], "utter_allowance"),
        # A package makes up for what is used up of the tariff.
        ([bucket(DATA, 0, 1000), bucket(DATA, 900, 1000)], "utter_allowance"),
        ([bucket(DATA, 0, 1000), bucket(DATA, None, None)], "utter_allowance"),
        ([bucket(DATA, 500, 1000), bucket(VOICE, 10, 100)], "utter_allowance_few"),
        ([bucket(VOICE, 90, 100), bucket(SMS, 0, 50)], "utter_allowance_few"),
        # How much there was is not told: only nothing is little.
        ([bucket(DATA, 5, None)], "utter_allowance"),
        ([bucket(DATA, 0, None)], "utter_allowance_low"),
    ],
)
def test_what_is_nearly_used_up_is_offered(buckets: list[Bucket], response: str) -> None:
    assert response_for(buckets) == response


def test_of_what_there_is_none_nothing_is_low() -> None:
    assert not is_low([bucket(VOICE, 1, 100)], DATA)


def test_what_costs_comes_first_and_subscriptions_before_all() -> None:
    held = [
        product(ProductKind.SERVICE, "free"),
        product(ProductKind.TARIFF, "tariff", costs=100),
        product(ProductKind.SERVICE, "paid", costs=5),
        product(ProductKind.SUBSCRIPTION, "subscription", costs=2),
        product(ProductKind.SERVICE, "gone", costs=5, status=ProductStatus.TERMINATED),
    ]
    assert [one.name for one in switched_on(held)] == ["subscription", "paid", "free"]


@pytest.mark.parametrize(
    ("reason", "status", "paused"),
    [
        (SuspendReason.OWN_REQUEST, ProductStatus.SUSPENDED, True),
        (SuspendReason.EXPIRED, ProductStatus.SUSPENDED, True),
        # Money brings it back, so it may be spent.
        (SuspendReason.NO_FUNDS, ProductStatus.SUSPENDED, False),
        (SuspendReason.OWN_REQUEST, ProductStatus.ACTIVE, False),
    ],
)
def test_a_paused_number(reason: SuspendReason, status: ProductStatus, paused: bool) -> None:
    tariff = product(ProductKind.TARIFF, status=status, facts=Facts(suspend_reason=reason))
    assert is_paused([tariff]) is paused
    assert not is_paused([product(ProductKind.SIM, status=status)])


def test_a_debt_is_one_of_a_contract_that_is_there() -> None:
    owed = Facts(debt=Decimal(208))
    contract = product(ProductKind.CONTRACT, facts=owed)
    ended = product(ProductKind.CONTRACT, facts=owed, status=ProductStatus.TERMINATED)
    promised = product(ProductKind.PROMISED_PAYMENT, facts=owed)
    assert debt_of([contract, ended, promised]) == 208
    assert debt_of([product(ProductKind.CONTRACT)]) == 0
    assert is_contract([contract])
    assert not is_contract([ended, promised])


def choices(count: int) -> list[Choice]:
    return [Choice(str(at), str(at)) for at in range(count)]


@pytest.mark.parametrize(
    ("count", "page", "first", "shown", "following"),
    [
        (MOST_CHOICES, None, "0", 6, None),
        (7, None, "0", 5, 1),
        (7, "1", "5", 2, 0),
        (11, "2", "10", 1, 0),
        (11, "3", "0", 5, 1),
        (7, "x", "0", 5, 1),
        (7, "-1", "0", 5, 1),
    ],
)
def test_many_choices_come_page_by_page(
    count: int, page: str | None, first: str, shown: int, following: int | None
) -> None:
    there, after = page_of(choices(count), page)
    assert (there[0].value, len(there), after) == (first, shown, following)


def test_no_choices_are_no_page() -> None:
    assert page_of([], "7") == ([], None)
