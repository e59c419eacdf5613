"""The specifications' resources as our types."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from bss.pure import samples

from actions.bss import model, parse
from actions.bss.errors import BssNonsense, BssRefused, BssUnavailable, NotFound
from actions.bss.model import Quantity
from actions.bss.reading import UTC, Node

Parse = Callable[[Node], object]

RESOURCES: dict[str, tuple[Parse, dict[str, Any]]] = {
    "bucket": (parse.parse_bucket, samples.bucket()),
    "main": (parse.parse_bucket, samples.main_bucket()),
    "top_up": (parse.parse_top_up, samples.top_up()),
    "transfer": (parse.parse_transfer, samples.transfer()),
    "product": (parse.parse_product, samples.product()),
    "sim": (parse.parse_product, samples.sim()),
    "offering": (parse.parse_offering, samples.offering()),
    "order": (parse.parse_order, samples.order()),
    "usage": (parse.parse_usage, samples.usage()),
    "ticket": (parse.parse_ticket, samples.ticket()),
    "grant": (parse.parse_grant, {"access_token": "t", "token_type": "Bearer", "expires_in": 600}),
}
GARBAGE: list[object] = [
    None,
    True,
    0,
    -1,
    10**400,
    float("nan"),
    Decimal("1e-999999999"),
    "",
    " ",
    "x",
    "\ud800",
    "9" * 5_000,
    [],
    [None],
    [[]],
    ["x"],
    [{}],
    {},
    {"value": "x"},
    {"id": 1},
]


def node(value: object) -> Node:
    return Node(value, "resource")


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        yield from places(item, (*path, key))


def put(document: dict[str, Any], path: tuple[Any, ...], value: object) -> object:
    if not path:
        return value
    changed: Any = copy.deepcopy(document)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return changed


@pytest.mark.parametrize("name", RESOURCES)
def test_garbage_at_any_place_is_nonsense_or_passed_over(name: str) -> None:
    read, document = RESOURCES[name]
    read(node(document))
    refused = 0
    for path in places(document):
        for garbage in GARBAGE:
            try:
                read(node(put(document, path, garbage)))
            except BssNonsense:
                refused += 1
    assert refused > 20 * len(document) / 2


# What tells a subscriber a figure, a state or an owner: garbage there is never passed over.
TELLING: dict[str, list[tuple[Any, ...]]] = {
    "bucket": [
        ("usageType",),
        ("status",),
        ("remainingValue", "amount"),
        ("remainingValue", "units"),
        ("logicalResource",),
        ("logicalResource", 0),
        ("logicalResource", 0, "id"),
    ],
    "top_up": [("amount",), ("amount", "amount"), ("amount", "units"), ("status",)],
    "transfer": [("amount", "amount"), ("amount", "units"), ("status",), ("description",)],
    "product": [
        ("status",),
        ("productSerialNumber",),
        ("productPrice", 0, "price", "taxIncludedAmount", "value"),
        ("productPrice", 0, "price", "taxIncludedAmount", "unit"),
    ],
    "offering": [
        ("productOfferingPrice", 0, "price"),
        ("productOfferingPrice", 0, "price", "value"),
        ("productOfferingPrice", 0, "priceType"),
    ],
    "order": [("id",), ("state",)],
    "usage": [
        ("usageDate",),
        ("usageType",),
        ("ratedProductUsage",),
        ("ratedProductUsage", 0, "taxIncludedRatingAmount", "value"),
        ("usageCharacteristic", 0, "value"),
    ],
    "ticket": [("status",)],
    "grant": [("token_type",)],
}
# A word or a count may be right by its form; what is wrong by its form is always refused.
WRONG_FORM: list[object] = [
    None,
    True,
    float("nan"),
    10**400,
    Decimal("1e-999999999"),
    " ",
    "\ud800",
    [None],
    {},
]


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, paths in TELLING.items() for path in paths]
)
def test_what_is_told_is_never_half_read(name: str, path: tuple[Any, ...]) -> None:
    read, document = RESOURCES[name]
    for garbage in WRONG_FORM:
        if path[-1] == "logicalResource" and garbage is None:
            continue
        with pytest.raises(BssNonsense):
            read(node(put(document, path, garbage)))


def test_a_bucket() -> None:
    read = parse.parse_bucket(node(samples.bucket(unheardOf={"x": 1})))
    assert read.kind is model.BucketKind.DATA
    assert read.remaining == Quantity(Decimal("10240.5"), "MB")
    assert read.total == Quantity(Decimal(15360), "MB")
    assert read.ends == datetime(2026, 7, 1, 18, tzinfo=UTC)
    assert read.account_id == "A-1"
    assert read.numbers == (samples.NUMBER,)
    assert samples.NUMBER not in repr(read)


def test_only_allowances_may_be_unlimited() -> None:
    said = samples.bucket(remainingValue=None, remainingValueName="unlimited")
    assert parse.parse_bucket(node(said)).remaining is None
    with pytest.raises(BssNonsense, match="remainingValue is missing"):
        parse.parse_bucket(node({**samples.main_bucket(), "remainingValue": None}))


@pytest.mark.parametrize(
    "changes",
    [
        {"remainingValue": {"amount": 3, "units": "GB"}},
        {"remainingValue": {"amount": -1, "units": "MB"}},
        {"remainingValueName": "15 GB"},
        {"remainingValueName": "much"},
        {"usageType": "voice"},
        {"usageType": "monetary", "remainingValue": {"amount": 1, "units": "hryvnias"}},
    ],
)
def test_a_figure_in_another_unit_is_nonsense(changes: dict[str, Any]) -> None:
    with pytest.raises(BssNonsense):
        parse.parse_bucket(node(samples.bucket(**changes)))


def test_an_account_sorts_its_buckets() -> None:
    said = [samples.main_bucket(-12.5), samples.bonus_bucket(), samples.bucket()]
    said.append(samples.bucket(id="data-2", status="expired"))
    account = parse.account_of([parse.parse_bucket(node(one)) for one in said], "bucket")
    assert account.money == Quantity(Decimal("-12.5"), "UAH")
    assert account.points == Quantity(Decimal(70), "points")
    assert (account.id, account.bucket_id) == ("A-1", f"main-{samples.NUMBER}")
    assert len(account.allowances) == 2
    assert [one.id for one in account.of(model.BucketKind.DATA)] == ["data-1"]


@pytest.mark.parametrize("mains", [0, 2])
def test_a_number_has_one_account(mains: int) -> None:
    said = [samples.bucket(), *[samples.main_bucket()] * mains]
    with pytest.raises(BssNonsense, match="not one main account"):
        parse.account_of([parse.parse_bucket(node(one)) for one in said], "bucket")


def test_a_top_up() -> None:
    read = parse.parse_top_up(node(samples.top_up(status="created", confirmationDate=None)))
    assert read.amount == Quantity(Decimal(200), "UAH")
    assert read.status is model.ActionStatus.CREATED
    assert read.confirmed is None
    assert read.channel == "EasyPay"


def test_a_transfer_that_failed_tells_its_key_and_why() -> None:
    said = samples.transfer("k-1; unknownReceiver", status="failed", transferCost=None)
    read = parse.parse_transfer(node(said))
    assert (read.key, read.reason) == ("k-1", model.TransferReason.UNKNOWN_RECEIVER)
    assert not read.is_done
    done = parse.parse_transfer(node(samples.transfer()))
    assert (done.key, done.reason, done.is_done) == ("k-1", None, True)
    assert done.fee == Quantity(Decimal(2), "UAH")


def test_a_tariff() -> None:
    read = parse.parse_product(node(samples.product()))
    assert read.kind is model.ProductKind.TARIFF
    assert read.prices == (model.Price(Quantity(Decimal("250.5"), "UAH"), model.Period.MONTH),)
    assert read.facts.next_charge_at == datetime(2026, 7, 5, tzinfo=UTC)
    assert read.facts.next_charge_amount == Decimal("250.5")
    assert read.customer_id == "C-7"
    assert read.is_active
    assert read.is_had


def test_a_sim_keeps_its_codes_out_of_sight() -> None:
    read = parse.parse_product(node(samples.sim()))
    assert (read.facts.puk, read.facts.sim_type) == ("01234567", model.SimType.ESIM)
    for secret in ("01234567", "8938", samples.NUMBER, "C-7"):
        assert secret not in repr(read)


@pytest.mark.parametrize(
    "more",
    [
        {"puk": 1234567},
        {"puk": "1234567"},
        {"simType": "paper"},
        {"iccid": "x"},
        {"nextChargeAmount": True},
        {"nextChargeAmount": {"value": 5}},
        {"nextChargeDate": "soon"},
        {"suspendReason": "mood"},
        {"debt": "5"},
    ],
)
def test_a_wrong_characteristic_is_nonsense(more: dict[str, Any]) -> None:
    with pytest.raises(BssNonsense):
        parse.parse_product(node(samples.product(more=more)))


def test_a_characteristic_said_twice_is_nonsense() -> None:
    said = samples.characteristics(kind="tariff") * 2
    with pytest.raises(BssNonsense, match="twice"):
        parse.parse_product(node(samples.product(productCharacteristic=said)))


def test_money_may_be_said_with_its_currency() -> None:
    said = samples.product("contract", more={"billAmount": {"value": 312.4, "unit": "UAH"}})
    assert parse.parse_product(node(said)).facts.bill_amount == Decimal("312.4")


def test_products_of_other_kinds_are_told_apart() -> None:
    assert parse.parse_product(node(samples.product("tv-set"))).kind is model.ProductKind.OTHER
    with pytest.raises(BssNonsense, match="kind is missing"):
        parse.parse_product(node(samples.product(productCharacteristic=[])))


def test_a_product_has_one_owner() -> None:
    owners = [{"id": one, "role": "customer"} for one in ("C-1", "C-2")]
    with pytest.raises(BssNonsense, match="more than one customer"):
        parse.parse_product(node(samples.product(relatedParty=owners)))


def test_the_specification_s_own_slip_is_understood() -> None:
    read = parse.parse_product(node(samples.product(status="aborted ")))
    assert read.status is model.ProductStatus.ABORTED


def test_an_offering() -> None:
    read = parse.parse_offering(node(samples.offering()))
    assert read.prices == (model.Price(Quantity(Decimal(110), "UAH"), None),)
    assert [read.megabytes, read.days, read.fee, read.sms] == [15360, 28, 0, None]
    assert read.minutes is None
    assert read.unlimited == {model.BucketKind.VOICE}


def test_the_price_the_specification_names_counts() -> None:
    price = {"value": 100, "unit": "UAH", "taxIncludedAmount": {"value": 120, "unit": "UAH"}}
    said = samples.offering(
        productOfferingPrice=[
            {"priceType": "recurring", "recurringChargePeriod": "day", "price": price}
        ]
    )
    (read,) = parse.parse_offering(node(said)).prices
    assert read == model.Price(Quantity(Decimal(120), "UAH"), model.Period.DAY)


def test_a_price_and_its_period_agree() -> None:
    price = {"value": 100, "unit": "UAH"}
    said = samples.offering(productOfferingPrice=[{"priceType": "recurring", "price": price}])
    with pytest.raises(BssNonsense, match="disagree"):
        parse.parse_offering(node(said))


@pytest.mark.parametrize(
    ("state", "has_ended"),
    [("completed", True), ("rejected", True), ("partial", True), ("held", False)],
)
def test_an_order_ends(state: str, *, has_ended: bool) -> None:
    read = parse.parse_order(node(samples.order(state=state)))
    assert (read.has_ended, read.is_done) == (has_ended, state == "completed")


def test_an_order_tells_why_it_failed() -> None:
    notes = [{"text": "seen by a person"}, {"text": "insufficientFunds"}]
    read = parse.parse_order(node(samples.order(state="failed", note=notes)))
    assert read.reason is model.OrderReason.INSUFFICIENT_FUNDS
    assert parse.parse_order(node(samples.order(state="failed"))).reason is None


def test_a_usage() -> None:
    read = parse.parse_usage(node(samples.usage()))
    assert (read.kind, read.seconds, read.roaming) == (model.UsageKind.VOICE, 65, "Poland")
    assert read.cost == Quantity(Decimal("1.5"), "UAH")
    assert samples.NUMBER not in repr(read)
    assert samples.OTHER not in repr(read)


def test_a_ticket() -> None:
    read = parse.parse_ticket(node(samples.ticket()))
    assert (read.id, read.status) == ("T-10024", model.TicketStatus.IN_PROGRESS)
    assert read.notes == ("called back",)
    assert read.numbers == (samples.NUMBER,)


@pytest.mark.parametrize(
    "said",
    [
        {"access_token": "two words", "token_type": "Bearer"},
        {"access_token": "a\r\nX: 1", "token_type": "Bearer"},
        {"access_token": "a", "token_type": "mac"},
        {"access_token": "a", "token_type": "Bearer", "expires_in": "600"},
        {"token_type": "Bearer"},
    ],
)
def test_what_is_no_token(said: dict[str, Any]) -> None:
    with pytest.raises(BssNonsense) as caught:
        parse.parse_grant(node(said))
    assert "words" not in str(caught.value)


def test_a_status_is_its_error() -> None:
    error = b'{"code": "60", "reason": "insufficientFunds", "message": "380500000001"}'
    parse.check_status(206, b"", "x")
    with pytest.raises(BssRefused) as caught:
        parse.check_status(409, error, "productOrder")
    assert (caught.value.status, caught.value.code) == (409, "60")
    assert caught.value.reason == "insufficientFunds"
    assert "3805" not in str(caught.value)
    with pytest.raises(NotFound):
        parse.check_status(404, b"<html>", "x")
    with pytest.raises(BssUnavailable):
        parse.check_status(503, b"", "x")
    with pytest.raises(BssNonsense):
        parse.check_status(302, b"", "x")


@pytest.mark.parametrize("header", ["-1", "many", "1.5", "99999999", "\u0661"])
def test_a_total_is_a_count(header: str) -> None:
    with pytest.raises(BssNonsense):
        parse.parse_total(header, "x")
    assert parse.parse_total("42", "x") == 42
    assert parse.parse_total(None, "x") is None
