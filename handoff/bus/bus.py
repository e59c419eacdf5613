"""Announcements between the processes, on one pub/sub channel that everybody hears.

One channel for all topics keeps a reconnect simple; a process drops what it has no listener for
after one look-up. Listeners of the announcing process are called at once, without the network.
"""

import asyncio
import contextlib
import uuid
from collections.abc import Callable

import msgspec
import redis.asyncio as valkey
import structlog
from redis.exceptions import RedisError

from handoff.services.announcements import Announcement

log = structlog.get_logger(__name__)

_CHANNEL = "abonent:announcements"
# What cannot be sent is dropped: those who wait for it read the log.
_MOST_WAITING = 10_000
_RETRY_SECONDS = 0.5
STOP_SECONDS = 1.0

Listener = Callable[[Announcement], None]


class _Envelope(msgspec.Struct, frozen=True):
    origin: str
    topic: str
    announcement: Announcement


class ValkeyBus:
    """Implements ``Bus``; :meth:`start` and :meth:`stop` frame its life."""

    def __init__(self, dsn: str) -> None:
        self._client = valkey.Redis.from_url(
            dsn, socket_connect_timeout=2, socket_timeout=5, health_check_interval=5
        )
        self._origin = uuid.uuid4().hex
        self._listeners: dict[str, list[Listener]] = {}
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(_MOST_WAITING)
        self._decoder = msgspec.json.Decoder(_Envelope)
        self._tasks: list[asyncio.Task[None]] = []
        self._is_heard = False

    async def start(self) -> None:
        """Begin to hear and to tell; a missing server is waited for in the background."""
        self._tasks = [asyncio.create_task(self._hear()), asyncio.create_task(self._tell())]

    async def stop(self) -> None:
        """Stop both."""
        running = set(self._tasks)
        while running:
            for task in running:
                task.cancel()
            # The client's own timeouts can swallow a cancellation that meets them: ask again.
            _, running = await asyncio.wait(running, timeout=STOP_SECONDS)
        await self._client.aclose()

    async def ping(self) -> bool:
        """Whether the server answers."""
        try:
            return bool(await self._client.ping())
        except (RedisError, OSError):
            return False

    async def publish(self, topic: str, announcement: Announcement) -> None:
        """Tell every listener of the topic; never fails, may not arrive."""
        self._deliver(topic, announcement)
        envelope = msgspec.json.encode(_Envelope(self._origin, topic, announcement))
        with contextlib.suppress(asyncio.QueueFull):
            self._waiting.put_nowait(envelope)

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Listen to a topic until the returned function is called."""
        self._listeners.setdefault(topic, []).append(listener)

        def unsubscribe() -> None:
            listeners = self._listeners.get(topic, [])
            listeners.remove(listener)
            if not listeners:
                self._listeners.pop(topic, None)

        return unsubscribe

    def _deliver(self, topic: str, announcement: Announcement) -> None:
        for listener in tuple(self._listeners.get(topic, ())):
            try:
                listener(announcement)
            except Exception:  # One listener's fault is not the others', nor the teller's.
                log.exception("listener_failed", topic=topic)

    async def _tell(self) -> None:
        while True:
            envelope = await self._waiting.get()
            try:
                await self._client.publish(_CHANNEL, envelope)
            except (RedisError, OSError):
                self._forget_waiting()
                await asyncio.sleep(_RETRY_SECONDS)
            except Exception:  # Without this task nobody would be told of anything any more.
                log.exception("bus_fault")

    def _forget_waiting(self) -> None:
        # Told late, it would be stale; what matters of it is read from the log.
        while not self._waiting.empty():
            self._waiting.get_nowait()

    async def _hear(self) -> None:
        while True:
            try:
                await self._hear_until_broken()
            except (RedisError, OSError) as fault:
                if self._is_heard:
                    log.warning("bus_lost", why=str(fault))
            except Exception:  # Without this task this process would be deaf.
                log.exception("bus_fault")
            self._is_heard = False
            await asyncio.sleep(_RETRY_SECONDS)

    async def _hear_until_broken(self) -> None:
        async with self._client.pubsub(ignore_subscribe_messages=True) as pubsub:
            await pubsub.subscribe(_CHANNEL)
            log.info("bus_connected")
            self._is_heard = True
            while True:
                message = await pubsub.get_message(timeout=4.0)
                if message is None:
                    await pubsub.ping()
                elif message["type"] == "message":
                    self._received(message["data"])

    def _received(self, data: bytes) -> None:
        try:
            envelope = self._decoder.decode(data)
        except msgspec.DecodeError:
            log.warning("bus_garbage", size=len(data))
            return
        if envelope.origin != self._origin:
            self._deliver(envelope.topic, envelope.announcement)
