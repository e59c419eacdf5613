"""One subscriber's socket: a bounded queue out, and reading the log where it fell behind."""

import asyncio
import contextlib

import structlog
from aiohttp import WSCloseCode, web

from connectors.webchat import render
from connectors.webchat.session import Session
from handoff.domain.events import LogEntry
from handoff.domain.vocabulary import AuthorKind, OperatorId, State, SubscriberId
from handoff.services.announcements import (
    Announcement,
    ConversationMoved,
    OperatorTyping,
)
from handoff.services.ports import Services
from handoff.services.receive import Sender, subscriber_id
from handoff.services.transactions import patiently

log = structlog.get_logger(__name__)

# A reader this far behind is cut off; it resumes where it was when it comes back.
MOST_WAITING = 512
# The log is read in pages that always find room in the queue.
_PAGE = 200
CLOSE_SECONDS = 2.0


class Connection:
    """A signed-in socket; everything it is shown goes through here, in order."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        services: Services,
        *,
        transport: asyncio.Transport | None,
        sender: Sender,
        token: str,
    ) -> None:
        self._socket = socket
        self._transport = transport
        self._services = services
        self._token = token
        self.sender = sender
        self.subscriber: SubscriberId = subscriber_id(sender.address)
        self.session: Session | None = None
        self._waiting: asyncio.Queue[render.Frame] = asyncio.Queue(MOST_WAITING)
        self._written = asyncio.Event()
        self._behind = asyncio.Event()
        self._is_reading = True

    @property
    def operator(self) -> OperatorId | None:
        """The operator who has the conversation now."""
        return self.session.operator if self.session else None

    @property
    def is_queued(self) -> bool:
        """Whether the subscriber waits for an operator."""
        return self.session is not None and self.session.state is State.QUEUED

    async def welcome(self, session: Session, seq: int) -> None:
        """Greet with ``seq`` events in all, and catch up with those not shown yet."""
        self.session = session
        self.show(render.welcome(self._token, session.conversation, session.state, seq))
        self._behind.set()

    async def run(self) -> None:
        """Write what waits and read the log when behind, until the socket closes."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._write())
            group.create_task(self._catch_up())

    def show(self, frame: render.Frame) -> None:
        """Queue a frame; a client that does not read is cut off."""
        try:
            self._waiting.put_nowait(frame)
        except asyncio.QueueFull:
            log.info("slow_subscriber", subscriber=self.subscriber)
            self.abort()

    def abort(self) -> None:
        """Cut the connection without waiting for the other side."""
        if self._transport is not None:
            self._transport.abort()

    def hear(self, announcement: Announcement) -> None:
        """Show what was announced, or find out from the log what was missed."""
        if isinstance(announcement, ConversationMoved):
            self._follow(announcement)
        elif isinstance(announcement, OperatorTyping):
            self.show(render.typing(AuthorKind.OPERATOR, announcement.name))

    def fall_behind(self) -> None:
        """The log has more than was shown: read it."""
        self._behind.set()

    def acknowledge(self, entry: LogEntry) -> None:
        """Send the event of a message that was sent before, in its turn or once more."""
        session = self.session
        is_ahead = session is not None and session.has_yet_to_show(entry)
        if is_ahead:
            self._behind.set()
        else:
            self.show(render.event(entry))

    def show_place(self, place: tuple[int, int | None, int]) -> None:
        """Tell the place in the queue, if it is another than last told."""
        if self.session is not None and self.session.place != place:
            self.session.place = place
            self.show(render.queue_place(*place))

    def _follow(self, moved: ConversationMoved) -> None:
        if self.session is None or self._is_reading:
            self._behind.set()
            return
        fresh = self.session.follow(moved)
        if fresh is None:
            self._behind.set()
            return
        self._show_entries(fresh)

    def _show_entries(self, entries: list[LogEntry]) -> None:
        for entry in entries:
            self.show(render.event(entry))

    async def _catch_up(self) -> None:
        while True:
            await self._behind.wait()
            self._behind.clear()
            self._is_reading = True
            await self._read_log()
            # What was announced while reading set the event again.
            self._is_reading = self._behind.is_set()

    async def _read_log(self) -> None:
        session = self.session
        store = self._services.store
        latest = await patiently(lambda: store.latest_conversation(self.subscriber))
        if session is None or latest is None:
            return
        # First the end of the conversation shown so far, then the one that followed it.
        await self._show_rest(session)
        if session.move_to(latest.id):
            self.show(render.welcome(self._token, latest.id, latest.state, latest.seq))
            await self._show_rest(session)

    async def _show_rest(self, session: Session) -> None:
        store, conversation = self._services.store, session.conversation
        while True:
            await self._room()
            entries = await patiently(
                lambda: store.visible_entries(conversation, session.seq, _PAGE)
            )
            self._show_entries(session.admit(entries) or [])
            if len(entries) < _PAGE:
                return

    async def _room(self) -> None:
        while self._waiting.qsize() > MOST_WAITING // 2:
            self._written.clear()
            await self._written.wait()

    async def _write(self) -> None:
        while True:
            frame = await self._waiting.get()
            await self._socket.send_str(render.encode(frame))
            self._written.set()

    async def close(self, code: int = WSCloseCode.GOING_AWAY, message: bytes = b"") -> None:
        """Close in an orderly way; a client that does not answer is cut off."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._socket.close(code=code, message=message)
