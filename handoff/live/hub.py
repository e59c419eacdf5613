"""All operators' sockets of this process: the queue, presence, and what was missed."""

import asyncio
import time
from collections.abc import Callable, Iterator

from handoff.domain.operator import Operator
from handoff.domain.vocabulary import OperatorId, Presence
from handoff.live.connection import Connection
from handoff.services.announcements import (
    PRESENCE_TOPIC,
    QUEUE_TOPIC,
    Announcement,
    operator_topic,
)
from handoff.services.ports import Services
from handoff.services.screens import Shown, shown_operator

# The queue is read at most this often, however fast it moves, and at least this often.
QUEUE_PAUSE_SECONDS = 0.05
QUEUE_EVERY_SECONDS = 2.0


class Hub:
    """Knows every connection; one operator may have several."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._connections: dict[OperatorId, set[Connection]] = {}
        self._unsubscribe: dict[OperatorId, Callable[[], None]] = {}
        self._moved = asyncio.Event()
        self._presence_moved = True
        self._read_seconds = 0.0
        self._present: set[OperatorId] = set()
        self._told: Shown = {}
        services.bus.subscribe(QUEUE_TOPIC, self._note_queue)
        services.bus.subscribe(PRESENCE_TOPIC, self._note_presence)

    def __len__(self) -> int:
        return sum(map(len, self._connections.values()))

    def __iter__(self) -> Iterator[Connection]:
        for connections in tuple(self._connections.values()):
            yield from tuple(connections)

    @property
    def connected_operators(self) -> list[OperatorId]:
        """Operators with a socket here."""
        return list(self._connections)

    def join(self, connection: Connection) -> None:
        """Show the connection what is announced for its operator."""
        operator_id = connection.operator_id
        if operator_id not in self._connections:
            self._connections[operator_id] = set()
            self._unsubscribe[operator_id] = self._services.bus.subscribe(
                operator_topic(operator_id), lambda heard: self._tell(operator_id, heard)
            )
        self._connections[operator_id].add(connection)

    def leave(self, connection: Connection) -> bool:
        """The connection has closed; True if it was the operator's last here."""
        operator_id = connection.operator_id
        connections = self._connections.get(operator_id)
        if connections is None:
            return False
        connections.discard(connection)
        if connections:
            return False
        del self._connections[operator_id]
        self._unsubscribe.pop(operator_id)()
        return True

    async def read_queue(self) -> None:
        """Tell every connection what has changed in the queue."""
        begun = time.perf_counter()
        entries = await self._services.store.queue()
        for connection in self:
            connection.see_queue(entries)
        self._read_seconds = time.perf_counter() - begun

    async def presence_frame(self) -> Shown:
        """Everybody who is not offline."""
        return _presence(_present(await self._services.store.all_operators()))

    async def _show_presence(self) -> None:
        operators = await self._services.store.all_operators()
        told = _presence(_present(operators))
        if told == self._told:
            return
        present = {each.id for each in _present(operators)}
        # Those who went offline since last told are told once more.
        frame = _presence([each for each in operators if each.id in present | self._present])
        self._present, self._told = present, told
        for connection in self:
            connection.show(frame)

    async def follow(self) -> None:
        """Wait until something moves, then tell everybody."""
        # A long queue is costly to read: no more than a fifth of the time goes there. But one
        # read that had to wait for the database says nothing of the next.
        pause = min(4 * self._read_seconds, QUEUE_EVERY_SECONDS)
        await asyncio.sleep(max(QUEUE_PAUSE_SECONDS, pause))
        try:
            async with asyncio.timeout(QUEUE_EVERY_SECONDS):
                await self._moved.wait()
        except TimeoutError:
            # Nothing was announced; what was lost on the way is found all the same.
            self._presence_moved = True
        self._moved.clear()
        # A fault below is made good two seconds later, when nothing need be announced.
        await self.read_queue()
        if self._presence_moved:
            self._presence_moved = False
            await self._show_presence()

    async def heal(self) -> None:
        """Find connections that missed an announcement, and have them read their feed."""
        heads = await self._services.store.feed_heads(self.connected_operators)
        for connection in self:
            if heads.get(connection.operator_id, 0) > connection.session.feed:
                connection.fall_behind()

    def _note_queue(self, _: Announcement) -> None:
        self._moved.set()

    def _note_presence(self, _: Announcement) -> None:
        self._presence_moved = True
        self._moved.set()

    def _tell(self, operator_id: OperatorId, announcement: Announcement) -> None:
        for connection in tuple(self._connections.get(operator_id, ())):
            connection.hear(announcement)


def _present(operators: list[Operator]) -> list[Operator]:
    return [each for each in operators if each.presence is not Presence.OFFLINE]


def _presence(operators: list[Operator]) -> Shown:
    return {"type": "presence", "operators": [shown_operator(each) for each in operators]}
