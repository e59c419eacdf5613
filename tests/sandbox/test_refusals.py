"""What is refused, and how it is said: all of it on one sandbox, for nothing of it changes it."""

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.engines import clone_database, drop_database
from tests.sandbox.conftest import (
    BALANCE,
    CATALOGUE,
    CLIENT,
    CONTRACT,
    ORDERING,
    ORDINARY,
    POOR,
    PROMISED,
    TICKETS,
    USAGE,
    Client,
    Clock,
    add,
    basic,
    delete,
    modify,
    note,
    running,
    settings_for,
    transfer,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

BUCKETS = f"{BALANCE}/bucket"
USES = f"{USAGE}/usage"
FORM = {"grant_type": "client_credentials"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bss(postgres_dsn: str, seeded_template: str) -> AsyncIterator[Client]:
    """A client of the one sandbox of this module."""
    dsn = await clone_database(postgres_dsn, template=seeded_template)
    async with running(settings_for(dsn), Clock()) as client:
        yield client
    await drop_database(postgres_dsn, dsn)


@pytest.mark.parametrize(
    ("headers", "form", "status", "error"),
    [
        (basic(CLIENT[0], "wrong"), FORM, 401, "invalid_client"),
        (basic("wrong", CLIENT[1]), FORM, 401, "invalid_client"),
        ({}, FORM, 401, "invalid_client"),
        ({"Authorization": "Basic %%%"}, FORM, 401, "invalid_client"),
        ({"Authorization": "Basic /w=="}, FORM, 401, "invalid_client"),
        (basic(*CLIENT), {"grant_type": "password"}, 400, "unsupported_grant_type"),
        (basic(*CLIENT), {}, 400, "unsupported_grant_type"),
    ],
)
async def test_no_token_for(
    bss: Client, headers: dict[str, str], form: dict[str, str], status: int, error: str
) -> None:
    answer = await bss.ask("POST", "/oauth/token", data=form, headers=headers)

    assert (answer.status, answer.body["error"]) == (status, error)
    assert {"code", "reason", "message", "status"} <= answer.body.keys()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", BUCKETS),
        ("GET", f"{BUCKETS}/main-{ORDINARY}"),
        ("POST", f"{BALANCE}/transferBalance"),
        ("GET", "/tmf-api/none"),
        ("POST", "/messages"),
        ("POST", "/sandbox/faults"),
        ("DELETE", "/sandbox/faults"),
        ("POST", "/sandbox/reset"),
    ],
)
async def test_every_address_asks_for_a_token(bss: Client, method: str, path: str) -> None:
    answer = await bss.ask(method, path)

    assert (answer.status, answer.body["reason"]) == (401, "Unauthorized")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"path": "/", "mode": "loud"},
        {"path": "tmf-api", "mode": "drop"},
        {"path": "/", "mode": "status", "status": 200},
        {"path": "/", "mode": "slow", "seconds": -1},
        {"path": "/", "mode": "drop", "times": 0},
    ],
)
async def test_a_fault_that_is_none(bss: Client, told: dict[str, Any]) -> None:
    answer = await bss.post("/sandbox/faults", told)

    assert (answer.status, answer.body["status"]) == (400, "400")
    assert (await bss.get(BUCKETS)).status == 206


@pytest.mark.parametrize(
    "body",
    [
        {"to": ORDINARY, "text": "no plus", "id": "1"},
        {"to": f"+{ORDINARY}", "text": "", "id": "1"},
        {"to": f"+{ORDINARY}", "text": "a\x00b", "id": "1"},
        {"to": f"+{ORDINARY}", "text": "x" * 1601, "id": "1"},
        {"to": f"+{ORDINARY}", "text": "no id"},
        ["to"],
    ],
)
async def test_an_sms_that_is_none(bss: Client, body: Any) -> None:
    answer = await bss.post("/messages", body)

    assert (answer.status, answer.body["code"]) == (400, "badRequest")


@pytest.mark.parametrize(
    "headers",
    [{"Host": "phone.example"}, {"X-Forwarded-For": "203.0.113.9"}, {"Forwarded": "for=x"}],
)
async def test_the_phone_is_for_this_machine(bss: Client, headers: dict[str, str]) -> None:
    for path in ("/phone", f"/phone/{ORDINARY}/messages"):
        answer = await bss.ask("GET", path, headers=headers)
        assert (answer.status, answer.body["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "query",
    [
        "limit=-1",
        "limit=ten",
        "limit=",
        "limit=1.5",
        "offset=-1",
        "offset=%00",
        "offset=1&offset=2",
        "fields=id&fields=name",
        "sort=%22;drop",
        "usageDate.gte=yesterday",
        "usageDate.lt=2026-99-99",
        "usageDate.lt=nan",
        "usageDate.lt=",
        "a..b=1",
        "=1",
        ".gt=1",
        "a.b.c.d.e.f.g.h.i=1",
        "%00=1",
    ],
)
async def test_a_query_that_says_nothing(bss: Client, query: str) -> None:
    answer = await bss.ask("GET", f"{USES}?{query}", headers=bss.bearer)

    assert (answer.status, answer.body["reason"]) == (400, "Bad Request")


@pytest.mark.parametrize(
    "query", ["usageDate.gte=10", "a.b=%00", "x='", "id=%F0%9F%98%80", "fields=", "sort=", "sort=,"]
)
async def test_a_query_that_finds_little(bss: Client, query: str) -> None:
    answer = await bss.ask("GET", f"{USES}?{query}", headers=bss.bearer)

    assert answer.status in (200, 206, 400)


@pytest.mark.parametrize("wanted", ["none", "%00", "%FF", "..%2F", "a" * 5000, "%F0%9F%98%80", "'"])
async def test_an_unknown_id_is_a_404(bss: Client, wanted: str) -> None:
    kinds = (f"{BALANCE}/bucket", f"{BALANCE}/transferBalance", f"{CATALOGUE}/productOffering")
    for path in (*kinds, f"{ORDERING}/productOrder", f"{TICKETS}/troubleTicket", USES):
        answer = await bss.ask("GET", f"{path}/{wanted}", headers=bss.bearer)
        assert (answer.status, answer.body["status"]) == (404, "404")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", f"{BALANCE}/bucket", "GET"),
        ("PATCH", f"{ORDERING}/productOrder/1", "GET"),
        ("PUT", f"{TICKETS}/troubleTicket", "GET,POST"),
        ("POST", f"{BALANCE}/bucket", "GET"),
    ],
)
async def test_what_is_not_served(bss: Client, method: str, path: str, allowed: str) -> None:
    answer = await bss.ask(method, path, headers=bss.bearer)

    assert (answer.status, answer.body["status"]) == (405, "405")
    assert answer.headers["Allow"] == allowed
    lost = await bss.ask("GET", "/tmf-api/none", headers=bss.bearer)
    assert (lost.status, lost.body["reason"]) == (404, "Not Found")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"productOrderItem": null}',
        b'{"productOrderItem": []}',
        b'{"productOrderItem": [{"id": 1, "action": "add"}]}',
        b'{"productOrderItem": [{"id": "1", "action": "buy"}]}',
        b'{"productOrderItem": [{"id": "1", "action": "add", "quantity": 1.5}]}',
        b'{"productOrderItem": [{"id": "1", "action": "noChange"}], "externalId": 5}',
        b'{"productOrderItem": [{"id": "1", "action": "noChange"}], "requestedStartDate": "today"}',
        b'{"productOrderItem": [{"id": "1", "action": "noChange"}], "more": 1e999}',
        b'{"productOrderItem": [{"id": "1", "action": "noChange"}], "more": '
        + b"[" * 50_000
        + b"]" * 50_000
        + b"}",
        b'{"productOrderItem": [{"id": "1", "action": "noChange"}], "externalId": "\\ud800"}',
    ],
)
async def test_a_body_that_is_none(bss: Client, body: bytes) -> None:
    answer = await bss.ask("POST", f"{ORDERING}/productOrder", data=body, headers=bss.bearer)

    assert (answer.status, answer.body["reason"]) == (400, "Bad Request")


async def test_a_body_too_large(bss: Client) -> None:
    path = f"{ORDERING}/productOrder"

    answer = await bss.ask(
        "POST", path, data=io.BytesIO(b" " * (1024 * 1024 + 1)), headers=bss.bearer
    )

    assert (answer.status, answer.body["status"]) == (413, "413")


@pytest.mark.parametrize(
    "item",
    [
        add("unheard-of", ORDINARY),
        add("data-5", "380509999999"),
        add("smart", ORDINARY),
        add("sim-block", ORDINARY),
        {**add("data-5", ORDINARY), "quantity": 1000},
        {"action": "add"},
        {"action": "add", "product": {"productSerialNumber": ORDINARY}},
        {"action": "add", "productOffering": {"id": "data-5"}, "product": {}},
        add("data-5\x00", "38\x00"),
        modify("max", "unheard-of"),
        modify("max", f"sim-{ORDINARY}"),
        delete("smart", f"tariff-{ORDINARY}"),
        delete("sim", f"sim-{ORDINARY}"),
        delete("promised-payment", f"promised-payment-{PROMISED}"),
    ],
)
async def test_what_is_not_to_be_had_is_rejected(bss: Client, item: dict[str, object]) -> None:
    assert note(await bss.order(item)) == ("rejected", "notAvailable")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"amount": {"amount": 145, "units": "UAH"}}, "insufficientFunds"),
        ({"amount": {"amount": 4.99, "units": "UAH"}}, "limitExceeded"),
        ({"amount": {"amount": 200.01, "units": "UAH"}}, "limitExceeded"),
        ({"amount": {"amount": 10.001, "units": "UAH"}}, "limitExceeded"),
        ({"amount": {"amount": 1e300, "units": "UAH"}}, "limitExceeded"),
        ({"amount": {"amount": -10, "units": "UAH"}}, "limitExceeded"),
        ({"amount": {"amount": 10, "units": "USD"}}, "limitExceeded"),
        ({"usageType": "data"}, "limitExceeded"),
        ({"receiverLogicalResource": {"id": "380509999999"}}, "unknownReceiver"),
        ({"receiverBucket": {"id": f"main-{CONTRACT}"}}, "unknownReceiver"),
        ({"logicalResource": [{"id": "38\x00"}]}, "insufficientFunds"),
    ],
)
async def test_a_transfer_that_cannot_be(bss: Client, changes: dict[str, Any], why: str) -> None:
    key = repr(changes)
    body = {**transfer(20, key), **changes}

    answer = await bss.post(f"{BALANCE}/transferBalance", body)

    assert (answer.status, answer.body["status"]) == (201, "failed")
    assert answer.body["description"] == f"{key}; {why}"
    assert (await bss.balance(ORDINARY), await bss.balance(POOR)) == (146.30, 3.40)
    found = await bss.get(f"{BALANCE}/transferBalance", description=key)
    assert [each["id"] for each in found.body] == [answer.body["id"]]
    assert "_key" not in found.body[0]
