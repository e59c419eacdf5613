"""Money is neither lost nor doubled, whoever asks for it at the same time."""

import asyncio
from typing import Any

import asyncpg
import pytest

from tests.sandbox.conftest import (
    BALANCE,
    CONTRACT,
    ORDERING,
    ORDINARY,
    POOR,
    PROMISED,
    TICKETS,
    Answer,
    Client,
    Clock,
    add,
    note,
    running,
    settings_for,
    transfer,
)

FEE = 2


async def send(bss: Client, *arguments: Any, **more: Any) -> Answer:
    answer = await bss.post(f"{BALANCE}/transferBalance", transfer(*arguments, **more))
    assert answer.status == 201, answer
    return answer


async def sum_of_money(dsn: str) -> float:
    connection = await asyncpg.connect(dsn)
    try:
        said = "SELECT sum(remaining) FROM bss.bucket WHERE usage_type = 'monetary'"
        return float(await connection.fetchval(said))
    finally:
        await connection.close()


async def test_a_transfer_debits_and_credits(bss: Client) -> None:
    answer = await send(bss, 50.25, "k1")

    assert answer.body["status"] == "completed"
    assert answer.body["transferCost"] == {"unit": "UAH", "value": FEE}
    assert await bss.balance(ORDINARY) == pytest.approx(146.30 - 50.25 - FEE)
    assert await bss.balance(POOR) == pytest.approx(3.40 + 50.25)


async def test_neither_promised_money_nor_credit_is_given_away(bss: Client) -> None:
    promised = await send(bss, 20, "k1", sender=PROMISED)
    credit = await send(bss, 20, "k2", sender=CONTRACT)
    itself = await send(bss, 20, "k3", to=ORDINARY)

    assert promised.body["description"] == "k1; insufficientFunds"
    assert credit.body["description"] == "k2; insufficientFunds"
    assert itself.body["description"] == "k3; unknownReceiver"


async def test_the_limit_is_a_days(bss: Client) -> None:
    await bss.top_up(ORDINARY, 1000)
    first, second = await send(bss, 150, "k1"), await send(bss, 51, "k2")
    bss.clock.move(24 * 3600)
    await bss.sign_in()
    third = await send(bss, 51, "k3")

    assert first.body["status"] == third.body["status"] == "completed"
    assert second.body["description"] == "k2; limitExceeded"


async def test_simultaneous_transfers_share_one_days_limit(bss: Client, dsn: str) -> None:
    await bss.top_up(ORDINARY, 1000)
    whole = await sum_of_money(dsn)

    answers = await asyncio.gather(*(send(bss, 45, f"k{n}") for n in range(12)))

    done = [answer for answer in answers if answer.body["status"] == "completed"]
    assert len(done) == 4
    assert await sum_of_money(dsn) == pytest.approx(whole - 4 * FEE)
    assert await bss.balance(POOR) == pytest.approx(3.40 + 4 * 45)


async def test_transfers_there_and_back_lose_nothing(bss: Client, dsn: str) -> None:
    await bss.top_up(POOR, 150)
    whole = await sum_of_money(dsn)
    there = [send(bss, 5, f"t{n}") for n in range(10)]
    back = [send(bss, 5, f"b{n}", sender=POOR, to=ORDINARY) for n in range(10)]

    answers = await asyncio.gather(
        *(each for pair in zip(there, back, strict=True) for each in pair)
    )

    assert all(answer.body["status"] == "completed" for answer in answers)
    assert await bss.balance(ORDINARY) == pytest.approx(146.30 - 10 * FEE)
    assert await sum_of_money(dsn) == pytest.approx(whole - 20 * FEE)


async def test_one_key_is_one_transfer(dsn: str) -> None:
    clock = Clock()
    async with running(settings_for(dsn), clock) as one, running(settings_for(dsn), clock) as two:
        asked = [send(client, 20, "the key") for _ in range(8) for client in (one, two)]
        answers = await asyncio.gather(*asked)

        assert len({answer.body["id"] for answer in answers}) == 1
        assert {answer.body["status"] for answer in answers} == {"completed"}
        assert await one.balance(ORDINARY) == pytest.approx(146.30 - 20 - FEE)


async def test_one_key_is_one_order(dsn: str) -> None:
    clock = Clock()
    async with running(settings_for(dsn), clock) as one, running(settings_for(dsn), clock) as two:
        item = add("data-5", ORDINARY)
        asked = [client.place(item, "the key") for _ in range(8) for client in (one, two)]
        placed = await asyncio.gather(*asked)
        clock.move(2)

        assert len({order["id"] for order in placed}) == 1
        read = [
            client.get(f"{ORDERING}/productOrder", externalId="the key") for client in (one, two)
        ]
        lists = await asyncio.gather(*read)
        assert [[note(order) for order in each.body] for each in lists] == [
            [("completed", None)]
        ] * 2
        assert await one.balance(ORDINARY) == pytest.approx(146.30 - 45)
        assert (await one.place(item, "the key"))["state"] == "completed"


async def test_one_key_is_one_ticket(bss: Client) -> None:
    body = {
        "description": "Slow at night",
        "severity": "minor",
        "ticketType": "complaint",
        "externalId": "the key",
        "relatedEntity": [{"id": ORDINARY, "role": "number", "@referredType": "LogicalResource"}],
    }
    asked = [bss.post(f"{TICKETS}/troubleTicket", body) for _ in range(10)]
    answers = await asyncio.gather(*asked)

    assert {answer.status for answer in answers} == {201}
    assert {answer.body["id"] for answer in answers} == {answers[0].body["id"]}
    found = await bss.get(f"{TICKETS}/troubleTicket", relatedEntity__id=ORDINARY)
    assert [each["status"] for each in found.body] == ["acknowledged"]
    assert found.body[0]["id"].startswith("T-100")


async def test_simultaneous_orders_take_no_more_than_there_is(dsn: str) -> None:
    clock = Clock()
    async with running(settings_for(dsn), clock) as one, running(settings_for(dsn), clock) as two:
        clients = [one, two] * 5
        placed = await asyncio.gather(*(each.place(add("data-5", ORDINARY)) for each in clients))
        clock.move(2)
        # Both come to carry the orders out, and to pass money on, at the same time.
        paths = [f"{ORDERING}/productOrder/{order['id']}" for order in placed]
        reads = [each.get(path) for each, path in zip(clients, paths, strict=True)]
        *read, _ = await asyncio.gather(*reads, send(two, 5, "meanwhile"))

        ends = sorted(note(answer.body) for answer in read)
        assert ends == [("completed", None)] * 3 + [("failed", "insufficientFunds")] * 7
        assert await one.balance(ORDINARY) == pytest.approx(146.30 - 3 * 45 - 5 - FEE)
        assert len(await one.products(ORDINARY, productOffering__id="data-5")) == 3


async def test_a_contract_is_stopped_at_its_credit(bss: Client) -> None:
    ends = [note(await bss.order(add("data-15", CONTRACT))) for _ in range(12)]

    assert ends == [("completed", None)] * 10 + [("failed", "insufficientFunds")] * 2
    assert await bss.balance(CONTRACT) == pytest.approx(-312.40 - 10 * 110)


async def test_simultaneous_promises_are_one(bss: Client) -> None:
    placed = await asyncio.gather(*(bss.place(add("promised-payment", POOR)) for _ in range(6)))
    bss.clock.move(2)

    reads = [bss.get(f"{ORDERING}/productOrder/{order['id']}") for order in placed]
    ends = sorted(note(answer.body) for answer in await asyncio.gather(*reads))

    assert ends == [("completed", None)] + [("failed", "promisedNotRepaid")] * 5
    assert await bss.balance(POOR) == pytest.approx(53.40)


async def test_simultaneous_top_ups_all_arrive(bss: Client) -> None:
    answers = await asyncio.gather(*(bss.top_up(PROMISED, 20) for _ in range(6)))

    assert {answer.body["status"] for answer in answers} == {"completed"}
    assert await bss.balance(PROMISED) == pytest.approx(31.60 + 120 - 52)
    listed = await bss.get(
        f"{BALANCE}/topupBalance", logicalResource__id=PROMISED, sort="-requestedDate"
    )
    assert len(listed.body) == 7
    assert listed.body[0]["confirmationDate"] >= listed.body[-1]["confirmationDate"]
