"""Turns of one conversation wait for each other, and for nobody else."""

from __future__ import annotations

import asyncio

from abonent_bot.conversation_locks import ConversationLocks


async def test_one_conversation_goes_in_order() -> None:
    locks, done = ConversationLocks(), []

    async def turn(number: int) -> None:
        async with locks.of("a"):
            await asyncio.sleep(0.01 if number == 0 else 0)
            done.append(number)

    await asyncio.gather(*(turn(number) for number in range(5)))
    assert done == [0, 1, 2, 3, 4]


async def test_others_do_not_wait() -> None:
    locks = ConversationLocks()
    async with locks.of("a"):
        await asyncio.wait_for(_enter(locks, "b"), 1)


async def test_nothing_is_kept_afterwards() -> None:
    locks = ConversationLocks()
    await _enter(locks, "a")
    try:
        async with locks.of("a"):
            raise ValueError
    except ValueError:
        pass
    assert not locks.__dict__["_locks"]
    assert not locks.__dict__["_waiting"]


async def _enter(locks: ConversationLocks, conversation: str) -> None:
    async with locks.of(conversation):
        pass
