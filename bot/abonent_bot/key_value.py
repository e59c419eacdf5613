"""A key-value store on Valkey that goes on from memory while Valkey is away."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import OrderedDict
from typing import Any

from redis import asyncio as redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

REMEMBERED = 4000
RETRY_SECONDS = 2.0
TIMEOUT_SECONDS = 0.5


class KeyValueStore:
    """Documents by key, each with an ``age`` that grows with every change.

    Every document is also remembered here, up to a bound. When Valkey fails it is left alone for
    a moment and memory answers; when it is back, the older of two copies loses.
    """

    def __init__(self, url: str, *, prefix: str) -> None:
        self._prefix = prefix
        self._valkey: redis.Redis[str] = redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
        )
        self._memory: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._away_until = 0.0

    @property
    def is_away(self) -> bool:
        """Tell whether Valkey failed a moment ago."""
        return time.monotonic() < self._away_until

    async def get(self, key: str) -> dict[str, Any] | None:
        """Return the newest copy of a document."""
        stored = _read(await self._fetch(key))
        remembered = _read(self._recall(key))
        if stored is None or remembered is None:
            return stored or remembered
        return max(stored, remembered, key=lambda document: document["age"])

    async def put(self, key: str, document: dict[str, Any], *, ttl_seconds: int) -> None:
        """Store a document, which must have an ``age``."""
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        self._remember(key, text, ttl_seconds)
        if self.is_away:
            return
        try:
            await self._valkey.set(self._prefix + key, text, ex=ttl_seconds)
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._leave_alone(error)

    async def close(self) -> None:
        """Close the connections."""
        await self._valkey.close()

    async def _fetch(self, key: str) -> str | None:
        if self.is_away:
            return None
        try:
            return await self._valkey.get(self._prefix + key)
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._leave_alone(error)
            return None

    def _leave_alone(self, error: Exception) -> None:
        logger.warning("valkey does not answer, going on from memory: %s", type(error).__name__)
        self._away_until = time.monotonic() + RETRY_SECONDS

    def _recall(self, key: str) -> str | None:
        until, text = self._memory.get(key, (0.0, ""))
        return text if until > time.monotonic() else None

    def _remember(self, key: str, text: str, ttl_seconds: int) -> None:
        self._memory[key] = (time.monotonic() + ttl_seconds, text)
        self._memory.move_to_end(key)
        while len(self._memory) > REMEMBERED:
            self._memory.popitem(last=False)


def _read(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    document = json.loads(text)
    return document if isinstance(document, dict) and "age" in document else None
