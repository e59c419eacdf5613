"""OAuth, the phone's privacy, faults."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from sandbox.bss.phone import is_local_name, is_loopback
from sandbox.bss.tokens import Tokens
from tests.sandbox.conftest import (
    BALANCE,
    CLIENT,
    ORDINARY,
    Client,
    Clock,
    basic,
    running,
    settings_for,
)

BUCKETS = f"{BALANCE}/bucket"
FORM = {"grant_type": "client_credentials"}


async def test_a_token_is_for_ten_minutes(bss: Client) -> None:
    answer = await bss.ask("POST", "/oauth/token", data=FORM, headers=basic(*CLIENT))
    assert (answer.status, answer.body["expires_in"]) == (200, 600)
    assert answer.body["token_type"] == "Bearer"
    assert answer.headers["Cache-Control"] == "no-store"

    bss.clock.move(595)
    assert (await bss.get(BUCKETS)).status == 206
    bss.clock.move(10)
    over = await bss.get(BUCKETS)

    assert (over.status, over.body["code"], over.body["status"]) == (401, "unauthorised", "401")
    assert over.headers["WWW-Authenticate"].startswith("Bearer")
    await bss.sign_in()
    assert (await bss.get(BUCKETS)).status == 206


async def test_a_form_encoded_secret_is_the_same_secret(bss: Client) -> None:
    headers = basic("the+client", "the%20secret%3Aof+it")

    assert (await bss.ask("POST", "/oauth/token", data=FORM, headers=headers)).status == 200


async def test_processes_agree_on_tokens_and_others_do_not(bss: Client, dsn: str) -> None:
    clock = Clock()
    async with running(settings_for(dsn), clock) as other:
        other.token = bss.token
        assert (await other.get(BUCKETS)).status == 206

    foreign = Tokens(CLIENT[0], "another secret").issue(clock())
    forged = bss.token.split(".")[0] + "." + foreign.split(".")[1]
    for token in ("", "x", ".", foreign, forged, f"{bss.token}0", "\u00ff.\u00ff"):
        bss.token = token
        assert (await bss.get(BUCKETS)).status == 401


async def fault(bss: Client, **told: Any) -> None:
    answer = await bss.post("/sandbox/faults", told)
    assert (answer.status, answer.body) == (201, told)


async def test_a_status_so_many_times(bss: Client) -> None:
    await fault(bss, path=BUCKETS, mode="status", status=502, times=2)

    answers = [await bss.get(BUCKETS) for _ in range(3)]

    assert [answer.status for answer in answers] == [502, 502, 206]
    assert answers[0].body["reason"] == "Bad Gateway"
    assert (await bss.get(f"{BALANCE}/topupBalance")).status == 206


async def test_slowness(bss: Client) -> None:
    await fault(bss, path=BUCKETS, mode="slow", seconds=0.4, times=1)

    began = time.monotonic()
    assert (await bss.get(BUCKETS)).status == 206
    assert time.monotonic() - began >= 0.4
    began = time.monotonic()
    await bss.get(BUCKETS)
    assert time.monotonic() - began < 0.4


async def test_nonsense_and_silence_until_taken_back(bss: Client) -> None:
    await fault(bss, path=f"{BUCKETS}/", mode="nonsense")
    await fault(bss, path="/oauth", mode="drop")

    for _ in range(3):
        answer = await bss.get(f"{BUCKETS}/main-{ORDINARY}")
        assert (answer.status, isinstance(answer.body, str)) == (200, True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await bss.sign_in()
    assert (await bss.ask("GET", "/healthz")).status == 200

    cleared = await bss.ask("DELETE", "/sandbox/faults", headers=bss.bearer)

    assert cleared.status == 204
    await bss.sign_in()
    assert (await bss.get(f"{BUCKETS}/main-{ORDINARY}")).status == 200


async def sms(bss: Client, text: str, message_id: str, to: str = f"+{ORDINARY}") -> int:
    return (await bss.post("/messages", {"to": to, "text": text, "id": message_id})).status


async def test_sms_arrive_once_and_are_read_on_the_machine(bss: Client) -> None:
    sent = [await sms(bss, text, key) for text, key in (("Код 1", "a"), ("Код 2", "b"), ("3", "a"))]

    assert sent == [202, 202, 202]
    answer = await bss.ask("GET", f"/phone/{ORDINARY}/messages")
    assert [(each["id"], each["text"]) for each in answer.body] == [("b", "Код 2"), ("a", "Код 1")]
    assert (await bss.ask("GET", "/phone/380500000002/messages")).body == []
    for path in ("/phone", f"/phone/{ORDINARY}"):
        page = await bss.ask("GET", path)
        assert (page.status, "The sandbox phone" in page.body) == (200, True)


async def test_one_id_sent_by_many_is_one_sms(bss: Client) -> None:
    assert set(await asyncio.gather(*(sms(bss, "Hi", "one") for _ in range(10)))) == {202}

    assert len((await bss.ask("GET", f"/phone/{ORDINARY}/messages")).body) == 1


async def test_the_last_two_hundred_are_kept(bss: Client) -> None:
    await sms(bss, "another's", "other", to="+380500000002")
    for number in range(205):
        await sms(bss, f"{number}", f"{number}")

    texts = [m["text"] for m in (await bss.ask("GET", f"/phone/{ORDINARY}/messages")).body]

    assert texts == [f"{number}" for number in range(204, 4, -1)]
    assert len((await bss.ask("GET", "/phone/380500000002/messages")).body) == 1


def test_what_is_this_machine() -> None:
    assert all(is_loopback(address) for address in ("127.0.0.1", "127.8.0.1", "::1"))
    assert not any(is_loopback(address) for address in ("10.0.0.1", "192.0.2.1", "::", "", "x"))
    assert is_local_name("localhost")
    assert not is_local_name("localhost.example")
