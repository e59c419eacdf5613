"""Orders, transfers and tickets: made once, whatever becomes of the answer."""

from __future__ import annotations

import asyncio
import time
from decimal import Decimal
from typing import Any

import pytest
from aiohttp import web
from bss.pure import samples
from bss.pure.samples import NUMBER, OTHER
from bss.wire.server import (
    MESSAGES,
    ORDER,
    TICKET,
    TOKEN,
    TRANSFER,
    Asked,
    Behaviour,
    Server,
    drops,
    raw,
    refuses,
    says,
)

from actions.bss import (
    Bss,
    BssNonsense,
    BssRefused,
    BssUnavailable,
    NewOrder,
    NewTicket,
    NewTransfer,
    NotAsked,
    OutcomeUnknown,
    Severity,
    TicketType,
)
from actions.bss.model import OrderReason, OrderState, TransferReason

ASKED = NewOrder.switch_on("k-1", "data-5", number=NUMBER)


class Books:
    """Orders kept as a billing system keeps them."""

    def __init__(self, *states: str, loses: int = 0, slow: float = 0) -> None:
        self.made: list[dict[str, Any]] = []
        self._states = list(states) or ["completed"]
        self._loses = loses
        self._slow = slow

    async def post(self, asked: Asked) -> web.StreamResponse:
        order = samples.order(asked.body["externalId"], state="acknowledged")
        self.made.append(order)
        await asyncio.sleep(self._slow)
        if self._loses:
            self._loses -= 1
            return await drops(asked)
        return web.json_response(order, status=201)

    async def find(self, asked: Asked) -> web.StreamResponse:
        key = asked.query["externalId"]
        return web.json_response([one for one in self.made if one["externalId"] == key])

    async def get(self, _: Asked) -> web.StreamResponse:
        state = self._states.pop(0) if len(self._states) > 1 else self._states[0]
        notes = [{"text": "debt"}] if state == "failed" else []
        return web.json_response(samples.order(state=state, note=notes))

    def opened_in(self, server: Server) -> Books:
        server.on("POST", ORDER, self.post)
        server.on("GET", ORDER, self.find)
        server.on("GET", f"{ORDER}/O-1", self.get)
        return self


async def test_an_order_is_followed_to_its_end(server: Server, client: Bss) -> None:
    books = Books("acknowledged", "inProgress", "completed").opened_in(server)
    order = await client.orders.place(ASKED)
    assert order.is_done
    assert len(books.made) == 1
    (posted,) = server.requests("POST", ORDER)
    assert posted.body["productOrderItem"][0]["productOffering"] == {"id": "data-5"}
    assert len(server.requests("GET", f"{ORDER}/O-1")) == 3


async def test_an_order_that_fails_tells_why(server: Server, client: Bss) -> None:
    Books("failed").opened_in(server)
    order = await client.orders.place(ASKED)
    assert (order.state, order.reason) == (OrderState.FAILED, OrderReason.DEBT)


async def test_an_order_that_takes_long_is_told_as_it_stands(server: Server, client: Bss) -> None:
    Books("inProgress").opened_in(server)
    started = time.monotonic()
    order = await client.orders.place(ASKED)
    assert order.state is OrderState.IN_PROGRESS
    assert 0.4 < time.monotonic() - started < 0.9


@pytest.mark.parametrize("fault", [refuses(500), refuses(404), raw(b"<"), drops, says({}, after=2)])
async def test_an_order_placed_stays_placed_if_it_cannot_be_followed(
    server: Server, client: Bss, fault: Behaviour
) -> None:
    Books().opened_in(server)
    server.on("GET", f"{ORDER}/O-1", fault)
    started = time.monotonic()
    order = await client.orders.place(ASKED)
    assert order.state is OrderState.ACKNOWLEDGED
    assert time.monotonic() - started < 0.9


async def test_another_s_order_is_not_taken_for_ours(server: Server, client: Bss) -> None:
    Books().opened_in(server)
    server.on("GET", f"{ORDER}/O-1", says(samples.order(id="O-2")))
    assert (await client.orders.place(ASKED)).state is OrderState.ACKNOWLEDGED
    server.on("GET", ORDER, says([samples.order("k-2")]))
    with pytest.raises(BssNonsense):
        await client.orders.place(ASKED)
    server.on("GET", ORDER, says([]))
    server.on("POST", ORDER, says(samples.order("k-2"), 201))
    with pytest.raises(OutcomeUnknown):
        await client.orders.place(ASKED)


async def test_a_key_makes_one_order_however_often_it_is_asked(server: Server, client: Bss) -> None:
    books = Books().opened_in(server)
    for _ in range(3):
        assert (await client.orders.place(ASKED)).is_done
    assert len(books.made) == 1
    assert len(server.requests("POST", ORDER)) == 1


async def test_an_order_whose_answer_is_lost_is_found(server: Server, client: Bss) -> None:
    books = Books(loses=1).opened_in(server)
    assert (await client.orders.place(ASKED)).is_done
    assert len(books.made) == 1
    assert len(server.requests("POST", ORDER)) == 1


async def test_an_order_whose_answer_is_too_slow_is_found(server: Server, client: Bss) -> None:
    books = Books(slow=2).opened_in(server)
    order = await client.orders.place(ASKED)
    assert order.state in {OrderState.ACKNOWLEDGED, OrderState.COMPLETED}
    assert len(books.made) == 1
    assert len(server.requests("POST", ORDER)) == 1


async def test_an_order_found_late_is_found(server: Server, client: Bss) -> None:
    server.on("GET", ORDER, says([]), says([]), says([samples.order()]))
    server.on("POST", ORDER, drops)
    assert (await client.orders.place(ASKED)).is_done
    assert len(server.requests("POST", ORDER)) == 1


@pytest.mark.parametrize("lost", [drops, refuses(500), raw(b"<html>", 201), says({}, 201, after=2)])
@pytest.mark.parametrize("looked_up", [says([]), refuses(500), raw(b"<html>")])
async def test_what_cannot_be_found_out_is_said_to_be_unknown(
    server: Server, client: Bss, lost: Behaviour, looked_up: Behaviour
) -> None:
    server.on("GET", ORDER, says([]), looked_up)
    server.on("POST", ORDER, lost)
    with pytest.raises(OutcomeUnknown):
        await client.orders.place(ASKED)
    assert len(server.requests("POST", ORDER)) == 1


async def test_without_a_look_up_nothing_is_ordered(server: Server, client: Bss) -> None:
    server.on("GET", ORDER, refuses(500))
    with pytest.raises(BssUnavailable) as caught:
        await client.orders.place(ASKED)
    assert not isinstance(caught.value, OutcomeUnknown)
    assert server.requests("POST", ORDER) == []


async def test_a_refusal_of_an_order_is_its_outcome(server: Server, client: Bss) -> None:
    server.on("GET", ORDER, says([]))
    server.on("POST", ORDER, refuses(400, "25", "missing"))
    with pytest.raises(BssRefused) as caught:
        await client.orders.place(ASKED)
    assert caught.value.code == "25"
    assert len(server.requests("GET", ORDER)) == 1


async def test_an_order_that_was_not_sent_is_not_done(server: Server, client: Bss) -> None:
    async def forget(_: Asked) -> web.StreamResponse:
        server.good_tokens.clear()
        return web.json_response([])

    server.on("GET", ORDER, forget)
    server.on("POST", TOKEN, server.grant, refuses(500))
    with pytest.raises(NotAsked):
        await client.orders.place(ASKED)


def transfer() -> NewTransfer:
    return NewTransfer("k-1", f"main-{NUMBER}", Decimal(50), sender=NUMBER, receiver=OTHER)


async def test_money_is_sent_once(server: Server, client: Bss) -> None:
    server.on("GET", TRANSFER, says([]), says([samples.transfer()]))
    server.on("POST", TRANSFER, says(samples.transfer(), 201))
    for _ in range(2):
        assert (await client.balance.transfer(transfer())).is_done
    (posted,) = server.requests("POST", TRANSFER)
    assert posted.body["amount"] == {"amount": 50, "units": "UAH"}
    query = server.requests("GET", TRANSFER)[0].query
    assert query["description"] == "k-1"
    assert query["logicalResource.id"] == NUMBER


async def test_a_transfer_that_failed_tells_why(server: Server, client: Bss) -> None:
    failed = samples.transfer("k-1; limitExceeded", status="failed")
    server.on("GET", TRANSFER, says([]), says([failed]))
    server.on("POST", TRANSFER, drops)
    made = await client.balance.transfer(transfer())
    assert (made.is_done, made.reason) == (False, TransferReason.LIMIT_EXCEEDED)


@pytest.mark.parametrize("key", ["k-2", "k-11", ""])
async def test_another_s_transfer_is_not_taken_for_ours(
    server: Server, client: Bss, key: str
) -> None:
    server.on("GET", TRANSFER, says([]))
    server.on("POST", TRANSFER, says(samples.transfer(key), 201))
    with pytest.raises(OutcomeUnknown):
        await client.balance.transfer(transfer())


async def test_a_ticket_is_opened_once(server: Server, client: Bss) -> None:
    server.on("GET", TICKET, says([]), says([samples.ticket()]))
    server.on("POST", TICKET, drops)
    asked = NewTicket("k-1", TicketType.COMPLAINT, Severity.MINOR, "No signal", "At home.", NUMBER)
    for _ in range(2):
        assert (await client.tickets.open(asked)).id == "T-10024"
    assert len(server.requests("POST", TICKET)) == 1


async def test_a_message_is_sent(server: Server, client: Bss) -> None:
    server.on("POST", MESSAGES, raw(b"", 202))
    await client.sms.send(NUMBER, "Код 1234", id_="sms-1")
    await client.sms.send(NUMBER, "Код 1234")
    first, second = server.requests("POST", MESSAGES)
    assert first.body == {"to": f"+{NUMBER}", "text": "Код 1234", "id": "sms-1"}
    assert second.body["id"] not in {"", "sms-1"}
    server.on("POST", MESSAGES, drops)
    with pytest.raises(BssUnavailable):
        await client.sms.send(NUMBER, "Код 1234")
    assert len(server.requests("POST", MESSAGES)) == 3
