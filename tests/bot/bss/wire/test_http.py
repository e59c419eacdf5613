"""Tokens, time, second tries, the circuit, and what is logged."""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import time
from dataclasses import replace

import pytest
from aiohttp import web
from bss.pure.samples import NUMBER, main_bucket
from bss.wire import server as speaks
from bss.wire.conftest import QUICK, Hands
from bss.wire.server import BUCKET, ORDER, TOKEN, Asked, Server, drops, raw, refuses, says

from actions.bss import (
    Bss,
    BssNonsense,
    BssRefused,
    BssUnavailable,
    NewOrder,
    NotAsked,
    NotFound,
)
from actions.bss.access import Access
from actions.bss.model import Grant

ASKED = NewOrder.switch_on("k-1", "data-5", number=NUMBER)


async def test_reads_with_a_token(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, says([main_bucket()]))
    account = await client.balance.account(f"+{NUMBER}")
    assert str(account.money.amount) == "125.4"
    (asked,) = server.requests("GET", BUCKET)
    assert asked.token == "token-1"
    assert asked.query == {"logicalResource.id": NUMBER, "offset": "0", "limit": "100"}
    assert asked.request.headers["Accept-Encoding"] == "identity"


async def test_a_token_is_fetched_once_however_many_ask(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, says([main_bucket()]))
    await asyncio.gather(*(client.balance.buckets(NUMBER) for _ in range(20)))
    assert server.tokens == 1


async def test_one_who_gives_up_takes_the_token_from_nobody(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, says([main_bucket()]))
    first = asyncio.create_task(client.balance.buckets(NUMBER))
    second = asyncio.create_task(client.balance.buckets(NUMBER))
    await asyncio.sleep(0.01)
    first.cancel()
    assert len(await second) == 1
    assert server.tokens == 1


async def test_a_token_is_kept_until_shortly_before_its_end(
    server: Server, client: Bss, clock: Hands
) -> None:
    server.on("GET", BUCKET, says([]))
    await client.balance.buckets(NUMBER)
    clock.seconds += 569
    await client.balance.buckets(NUMBER)
    assert server.tokens == 1
    clock.seconds += 1
    await client.balance.buckets(NUMBER)
    assert server.tokens == 2


async def test_a_token_refused_is_renewed_once_for_all(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, says([]))
    await client.balance.buckets(NUMBER)
    server.good_tokens.clear()
    await asyncio.gather(*(client.balance.buckets(NUMBER) for _ in range(5)))
    assert server.tokens == 2


async def test_a_token_that_came_since_is_not_dropped() -> None:
    fetched: list[Grant] = []

    async def fetch() -> Grant:
        fetched.append(Grant(f"token-{len(fetched)}", 600))
        return fetched[-1]

    access = Access(fetch, margin_seconds=30, clock=Hands())
    assert await access.token() == "token-0"
    access.drop("token-0")
    assert await access.token() == "token-1"
    access.drop("token-0")
    assert await access.token() == "token-1"


async def test_a_token_refused_twice_is_a_refusal(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, refuses(401))
    with pytest.raises(BssRefused) as caught:
        await client.balance.buckets(NUMBER)
    assert caught.value.status == 401
    assert len(server.requests("GET", BUCKET)) == 2


async def test_writing_too_is_let_in_with_a_new_token(server: Server, client: Bss) -> None:
    server.on("GET", ORDER, says([]))
    server.on("POST", ORDER, refuses(401), says({"id": "O-1", "state": "completed"}, 201))
    assert (await client.orders.place(ASKED)).is_done


@pytest.mark.parametrize("behaviour", [refuses(401, "invalid_client"), raw(b"<html>"), says({})])
async def test_without_a_token_nothing_is_asked(
    server: Server, client: Bss, behaviour: speaks.Behaviour
) -> None:
    server.on("POST", TOKEN, behaviour)
    with pytest.raises(NotAsked):
        await client.balance.buckets(NUMBER)
    assert server.requests("GET", BUCKET) == []
    assert len(server.requests("POST", TOKEN)) == 1


async def test_the_token_s_fault_is_tried_again_too(server: Server, client: Bss) -> None:
    server.on("POST", TOKEN, refuses(503), server.grant)
    server.on("GET", BUCKET, says([]))
    assert await client.balance.buckets(NUMBER) == ()


@pytest.mark.parametrize("fault", [refuses(500), refuses(503), raw(b"<html>", 502), drops])
async def test_reading_is_tried_once_more(
    server: Server, client: Bss, fault: speaks.Behaviour
) -> None:
    server.on("GET", BUCKET, fault, says([main_bucket()]))
    assert len(await client.balance.buckets(NUMBER)) == 1
    server.on("GET", BUCKET, fault, fault, says([]))
    with pytest.raises(BssUnavailable):
        await client.balance.buckets(NUMBER)
    assert len(server.requests("GET", BUCKET)) == 4


async def test_what_is_too_slow_is_not_waited_for(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, says([], after=5))
    started = time.monotonic()
    with pytest.raises(BssUnavailable, match=r"no answer in 0\.4 s"):
        await client.balance.buckets(NUMBER)
    assert time.monotonic() - started < 0.8
    assert len(server.requests("GET", BUCKET)) == 1


async def test_the_token_s_time_is_part_of_the_time(server: Server, client: Bss) -> None:
    async def slow(asked: Asked) -> web.StreamResponse:
        await asyncio.sleep(0.25)
        return await server.grant(asked)

    server.on("POST", TOKEN, slow)
    server.on("GET", BUCKET, says([], after=0.25))
    started = time.monotonic()
    with pytest.raises(BssUnavailable):
        await client.balance.buckets(NUMBER)
    assert time.monotonic() - started < 0.8


async def test_a_body_that_trickles_is_not_waited_for(server: Server, client: Bss) -> None:
    async def trickle(asked: Asked) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(asked.request)
        for _ in range(100):
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response

    server.on("GET", BUCKET, trickle)
    started = time.monotonic()
    with pytest.raises(BssUnavailable):
        await client.balance.buckets(NUMBER)
    assert time.monotonic() - started < 0.8


@pytest.mark.parametrize(
    "behaviour",
    [
        raw(b"<html>maintenance</html>"),
        raw(b""),
        raw(b"[]", 302, {"Location": "/elsewhere"}),
        raw(b"[]", 201),
        raw(gzip.compress(b"[]"), headers={"Content-Encoding": "gzip"}),
        says({"not": "a list"}),
        says([], total=3),
        raw(b"[]", headers={"X-Total-Count": "all"}),
        says([{**main_bucket(), "status": "perfect"}]),
        says([{**main_bucket(), "logicalResource": [{"id": "380500000099"}]}]),
        says([main_bucket(), main_bucket()]),
    ],
)
async def test_nonsense_is_not_asked_for_again(
    server: Server, client: Bss, behaviour: speaks.Behaviour
) -> None:
    server.on("GET", BUCKET, behaviour, behaviour, says([]))
    with pytest.raises(BssNonsense):
        await client.balance.buckets(NUMBER)
    assert len(server.requests("GET", BUCKET)) <= 2


async def test_a_huge_answer_is_not_read(server: Server, client: Bss) -> None:
    sent = 0

    async def flood(asked: Asked) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(asked.request)
        for _ in range(1_000):
            await response.write(b" " * 65_536)
            sent += 65_536
        return response

    server.on("GET", BUCKET, flood)
    with pytest.raises(BssNonsense, match="more than 1048576 bytes"):
        await client.balance.buckets(NUMBER)
    assert sent < 16 << 20


async def test_a_refusal_tells_code_and_reason(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, refuses(403, "72", "notYours"))
    with pytest.raises(BssRefused) as caught:
        await client.balance.buckets(NUMBER)
    assert (caught.value.code, caught.value.reason) == ("72", "notYours")
    server.on("GET", f"{ORDER}/O-9", refuses(404))
    with pytest.raises(NotFound):
        await client.orders.one("O-9")


async def test_nobody_listens(server: Server, clock: Hands) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        client = Bss(replace(server.settings, token_url=url), limits=QUICK, clock=clock)
        with pytest.raises(NotAsked, match="no connection"):
            await client.balance.buckets(NUMBER)
        await client.close()


async def test_the_circuit_opens_and_closes(server: Server, client: Bss, clock: Hands) -> None:
    server.on("GET", BUCKET, refuses(500))
    for _ in range(3):
        with pytest.raises(BssUnavailable):
            await client.balance.buckets(NUMBER)
    # The third asked once: its second try found the circuit open.
    assert len(server.requests("GET", BUCKET)) == 5
    with pytest.raises(NotAsked, match="circuit"):
        await client.inventory.products(NUMBER)
    clock.seconds += 15
    server.on("GET", BUCKET, says([], after=0.1))
    answers = await asyncio.gather(
        *(client.balance.buckets(NUMBER) for _ in range(3)), return_exceptions=True
    )
    assert [type(answer) for answer in answers].count(NotAsked) == 2
    assert await client.balance.buckets(NUMBER) == ()


async def test_refusals_open_no_circuit(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, refuses(400))
    for _ in range(8):
        with pytest.raises(BssRefused):
            await client.balance.buckets(NUMBER)
    assert len(server.requests("GET", BUCKET)) == 8


async def test_a_gateway_that_is_down_keeps_nobody_from_the_rest(
    server: Server, client: Bss
) -> None:
    server.on("POST", speaks.MESSAGES, refuses(500))
    for _ in range(5):
        with pytest.raises(BssUnavailable, match="status 500"):
            await client.sms.send(NUMBER, "123")
    with pytest.raises(NotAsked):
        await client.sms.send(NUMBER, "123")
    server.on("GET", BUCKET, says([]))
    assert await client.balance.buckets(NUMBER) == ()


async def test_logs_bear_no_numbers_and_no_tokens(
    server: Server, client: Bss, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.on("GET", BUCKET, says([main_bucket()]), raw(b"<"), refuses(500), drops, refuses(400))
    for _ in range(4):
        try:
            await client.balance.buckets(NUMBER)
        except (BssNonsense, BssUnavailable, BssRefused):
            logging.getLogger("test").exception("an action tells of it")
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp.access")]
    text = "\n".join(logging.Formatter("%(message)s").format(record) for record in ours)
    assert "GET bucket: 200 in " in text
    for secret in (NUMBER, NUMBER[3:], "token-1", speaks.SECRET):
        assert secret not in text


def test_each_loop_has_connections_of_its_own(clock: Hands) -> None:
    async def begin() -> Server:
        server = Server()
        await server.start()
        server.on("GET", BUCKET, says([]))
        return server

    made: list[Bss] = []

    async def ask(*, is_closing: bool) -> None:
        server = await begin()
        if not made:
            made.append(Bss(server.settings, limits=QUICK, clock=clock))
        made[0]._http._settings = server.settings
        assert await made[0].balance.buckets(NUMBER) == ()
        assert server.tokens == 1
        if is_closing:
            await made[0].close()
        await server.stop()

    for is_closing in (False, True):
        asyncio.run(ask(is_closing=is_closing))
    assert made[0]._http._lines == {}
