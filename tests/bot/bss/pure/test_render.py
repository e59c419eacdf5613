"""What is asked for, as the specifications want it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from actions.bss import NewOrder, NewTicket, NewTransfer, Severity, TicketType, render

NUMBER = "+380500000001"


def test_switching_on_names_the_number() -> None:
    asked = render.order(NewOrder.switch_on("c:1", "data-5", number=NUMBER))
    assert asked == {
        "externalId": "c:1",
        "channel": [{"id": "chat", "role": "channel"}],
        "category": "selfService",
        "productOrderItem": [
            {
                "id": "1",
                "action": "add",
                "quantity": 1,
                "productOffering": {"id": "data-5"},
                "product": {"productSerialNumber": "380500000001"},
            }
        ],
    }


@pytest.mark.parametrize(
    ("asked", "action"),
    [
        (NewOrder.switch_off("k", "games", product="P-1"), "delete"),
        (NewOrder.change("k", "family", product="P-1"), "modify"),
    ],
)
def test_switching_off_and_changing_name_the_product(asked: NewOrder, action: str) -> None:
    (item,) = json.loads(render.body(render.order(asked)))["productOrderItem"]
    assert (item["action"], item["product"]) == (action, {"id": "P-1"})


def transfer(**changes: str | Decimal) -> NewTransfer:
    said = {"key": "k", "bucket": "main-1", "amount": Decimal("50.25")}
    return NewTransfer(**{"sender": NUMBER, "receiver": "380500000002", **said, **changes})  # type: ignore[arg-type]


def test_a_transfer() -> None:
    assert render.transfer(transfer()) == {
        "reason": "gift",
        "description": "k",
        "logicalResource": [{"id": "380500000001"}],
        "bucket": {"id": "main-1"},
        "amount": {"amount": 50.25, "units": "UAH"},
        "usageType": "monetary",
        "receiverLogicalResource": {"id": "380500000002"},
        "receiverBucket": {"id": "main-380500000002"},
        "receiverBucketUsageType": "monetary",
        "channel": {"id": "chat"},
    }
    whole = render.transfer(transfer(amount=Decimal("50.00")))
    assert json.dumps(whole["amount"]) == '{"amount": 50, "units": "UAH"}'


@pytest.mark.parametrize("amount", ["0", "-5", "0.001", "NaN", "Infinity", "1e12"])
def test_a_sum_is_whole_cents_above_nothing(amount: str) -> None:
    with pytest.raises(ValueError, match="no sum"):
        render.transfer(transfer(amount=Decimal(amount)))


def test_a_ticket() -> None:
    description = "немає\x00 зв'язку \ud800" + "x" * 5_000
    asked = NewTicket("k", TicketType.COMPLAINT, Severity.MINOR, "No signal", description, NUMBER)
    said = json.loads(render.body(render.ticket(asked)))
    assert said["relatedEntity"] == [
        {"id": "380500000001", "role": "number", "@referredType": "LogicalResource"}
    ]
    assert (said["ticketType"], said["severity"]) == ("complaint", "minor")
    assert (said["externalId"], said["channel"]) == ("k", {"id": "chat"})
    assert said["description"].startswith("немає зв'язку xxx")
    assert len(said["description"]) == 4_000
    assert "0500" not in repr(asked)


def test_a_message_has_the_plus() -> None:
    said = render.message("380500000001", "Код 123", "sms-1")
    assert said == {"to": "+380500000001", "text": "Код 123", "id": "sms-1"}


@pytest.mark.parametrize(
    "number", ["", "+", "380 50", "++380500000001", "380500000001&limit=9", "0501", "٣٨٠٥٠٠٠٠٠٠٠١"]
)
def test_what_is_no_number(number: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        render.digits(number)


@pytest.mark.parametrize("key", ["", "a; insufficientFunds", "a b", "ключ", "x" * 129])
def test_what_is_no_key(key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        render.checked_key(key)


def test_an_order_names_one_thing() -> None:
    whole = NewOrder.switch_on("k", "data-5", number=NUMBER)
    for wrong in (
        NewOrder("k", whole.action, "data-5"),
        NewOrder("k", whole.action, "data-5", product="P-1", number=NUMBER),
    ):
        with pytest.raises(ValueError, match="either a product or a number"):
            render.order(wrong)


def test_an_id_stays_within_its_place() -> None:
    assert render.path("http://bss/order", "../a?b#c") == "http://bss/order/..%2Fa%3Fb%23c"
    with pytest.raises(ValueError, match="no id"):
        render.path("http://bss/order", "a\r\nb")


def test_times_are_said_in_utc() -> None:
    at = datetime(2026, 6, 1, 3, tzinfo=timezone(timedelta(hours=3)))
    assert render.moment(at) == "2026-06-01T00:00:00.000Z"
    with pytest.raises(ValueError, match="zone"):
        render.moment(at.replace(tzinfo=None))
    query = (("usageDate.gte", "2026-06-01T00:00:00+00:00"),)
    assert render.query_string(query) == "usageDate.gte=2026-06-01T00%3A00%3A00%2B00%3A00"


def test_credentials_may_hold_anything() -> None:
    assert render.basic("bot:1", "ключ +") == ("bot%3A1", "%D0%BA%D0%BB%D1%8E%D1%87+%2B")
