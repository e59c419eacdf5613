"""What actions remember between turns, in Valkey; every entry ends by itself."""

from __future__ import annotations

import asyncio
import json
import os
from functools import lru_cache
from typing import Any

from redis import asyncio as redis
from redis.exceptions import RedisError

PREFIX = "abonent:actions:"
TIMEOUT_SECONDS = 0.5

# One step, so that a counter never stays without an end.
_COUNT = """
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return n
"""


class MemoryAway(Exception):
    """Valkey does not answer: what would have to be remembered must not be begun."""


class Memory:
    """Small documents and counters by key."""

    def __init__(self, url: str) -> None:
        self._valkey: redis.Redis[str] = redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
        )

    async def get(self, key: str) -> dict[str, Any] | None:
        """Return a document.

        Raises:
            MemoryAway: Valkey does not answer.
        """
        text = await _asked(self._valkey.get(PREFIX + key))
        document = json.loads(text) if text else None
        return document if isinstance(document, dict) else None

    async def put(self, key: str, document: dict[str, Any], *, seconds: int) -> None:
        """Keep a document for so long.

        Raises:
            MemoryAway: Valkey does not answer.
        """
        text = json.dumps(document, ensure_ascii=False)
        await _asked(self._valkey.set(PREFIX + key, text, ex=seconds))

    async def forget(self, *keys: str) -> None:
        """Drop documents and counters.

        Raises:
            MemoryAway: Valkey does not answer.
        """
        await _asked(self._valkey.delete(*(PREFIX + key for key in keys)))

    async def count(self, key: str, *, seconds: int) -> int:
        """Count once more, from nought again so long after the first time.

        Raises:
            MemoryAway: Valkey does not answer.
        """
        return int(await _asked(self._valkey.eval(_COUNT, 1, PREFIX + key, seconds)))

    async def close(self) -> None:
        """Close the connections."""
        await self._valkey.close()


async def _asked(answer: Any) -> Any:
    try:
        return await answer
    except (RedisError, OSError, asyncio.TimeoutError) as error:
        raise MemoryAway(type(error).__name__) from error


@lru_cache(maxsize=1)
def memory() -> Memory:
    """Return this process's memory, at ``REDIS_URL``."""
    return Memory(os.environ["REDIS_URL"])
