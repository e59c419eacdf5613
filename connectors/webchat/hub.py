"""All subscribers' sockets of this process: what is announced, missed, or moved in the queue."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from connectors.webchat.connection import Connection
from handoff.domain.queue import estimate_wait
from handoff.domain.vocabulary import SubscriberId
from handoff.services.announcements import (
    PRESENCE_TOPIC,
    QUEUE_TOPIC,
    Announcement,
    subscriber_topic,
)
from handoff.services.ports import Services

SOCKETS_AN_ADDRESS = 500
# Places are told at most this often, however fast the queue moves.
PLACES_PAUSE_SECONDS = 0.25
# Without a sign from the bus, places are looked up this often.
PLACES_EVERY_SECONDS = 5.0
_HEADS_AT_ONCE = 1_000


class Hub:
    """Knows every connection; one subscriber may have several."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._connections: dict[SubscriberId, set[Connection]] = {}
        self._unsubscribe: dict[SubscriberId, Callable[[], None]] = {}
        self._addresses: Counter[str] = Counter()
        self._queue_moved = asyncio.Event()
        for topic in (QUEUE_TOPIC, PRESENCE_TOPIC):
            services.bus.subscribe(topic, self._note_queue)

    def __len__(self) -> int:
        return sum(map(len, self._connections.values()))

    def __iter__(self) -> Iterator[Connection]:
        for connections in tuple(self._connections.values()):
            yield from tuple(connections)

    def admit_address(self, address: str) -> bool:
        """Count a socket of this address; False if it has too many."""
        if self._addresses[address] >= SOCKETS_AN_ADDRESS:
            return False
        self._addresses[address] += 1
        return True

    def release_address(self, address: str) -> None:
        """A socket of this address has closed."""
        self._addresses[address] -= 1
        if self._addresses[address] <= 0:
            del self._addresses[address]

    def join(self, connection: Connection) -> None:
        """Show the connection what is announced for its subscriber."""
        subscriber = connection.subscriber
        if subscriber not in self._connections:
            self._connections[subscriber] = set()
            self._unsubscribe[subscriber] = self._services.bus.subscribe(
                subscriber_topic(subscriber), lambda heard: self._tell(subscriber, heard)
            )
        self._connections[subscriber].add(connection)

    def leave(self, connection: Connection) -> None:
        """The connection has closed."""
        connections = self._connections.get(connection.subscriber, set())
        connections.discard(connection)
        if not connections and connection.subscriber in self._connections:
            del self._connections[connection.subscriber]
            self._unsubscribe.pop(connection.subscriber)()

    async def heal(self) -> None:
        """Find connections that missed an announcement, and have them read the log."""
        subscribers = list(self._connections)
        for start in range(0, len(subscribers), _HEADS_AT_ONCE):
            await self._heal(subscribers[start : start + _HEADS_AT_ONCE])

    async def keep_places(self) -> None:
        """Wait until the queue moves, then tell waiting subscribers their places."""
        await self._wait_for_moves()
        await self.show_places()

    async def show_places(self) -> None:
        """Tell every waiting subscriber here a place that has changed."""
        waiting = [connection for connection in self if connection.is_queued]
        if not waiting:
            return
        entries = await self._services.store.queue()
        load = await self._services.store.workload(self._services.clock.now())
        positions = {entry.conversation: at for at, entry in enumerate(entries, start=1)}
        for connection in waiting:
            session = connection.session
            position = positions.get(session.conversation) if session else None
            if position is not None:
                estimate = estimate_wait(position, load)
                connection.show_place((position, estimate, load.operators_online))

    def _note_queue(self, _: Announcement) -> None:
        self._queue_moved.set()

    async def _wait_for_moves(self) -> None:
        await asyncio.sleep(PLACES_PAUSE_SECONDS)
        try:
            async with asyncio.timeout(PLACES_EVERY_SECONDS):
                await self._queue_moved.wait()
        except TimeoutError:
            return
        finally:
            self._queue_moved.clear()

    def _tell(self, subscriber: SubscriberId, announcement: Announcement) -> None:
        for connection in tuple(self._connections.get(subscriber, ())):
            connection.hear(announcement)

    async def _heal(self, subscribers: Sequence[SubscriberId]) -> None:
        heads = await self._services.store.heads(subscribers)
        for subscriber, head in heads.items():
            for connection in tuple(self._connections.get(subscriber, ())):
                session = connection.session
                if session is not None and (session.conversation, session.seq) != head:
                    connection.fall_behind()
