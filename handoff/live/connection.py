"""One operator's socket: a bounded queue out, and reading the feed where it fell behind."""

import asyncio

import structlog
from websockets.asyncio.server import ServerConnection

from handoff.domain.queue import QueueEntry
from handoff.domain.vocabulary import ConversationId, OperatorId, SubscriberId
from handoff.live import frames
from handoff.live.session import Session
from handoff.services.announcements import (
    Announcement,
    FeedGrew,
    SubscriberRead,
    SubscriberTyping,
)
from handoff.services.ports import FeedItem, Services
from handoff.services.screens import Shown, shown_conversation
from handoff.services.transactions import patiently

log = structlog.get_logger(__name__)

# A reader this far behind is cut off; it resumes where it was when it comes back.
MOST_WAITING = 2_048
_FEED_PAGE = 500


class Connection:
    """A signed-in operator's socket; everything it is shown goes through here, in order."""

    def __init__(self, socket: ServerConnection, services: Services, session: Session) -> None:
        self._socket = socket
        self._services = services
        self.session = session
        self._waiting: asyncio.Queue[Shown] = asyncio.Queue(MOST_WAITING)
        self._written = asyncio.Event()
        self._behind = asyncio.Event()
        self._is_reading = True
        self._gained: set[ConversationId] = set()

    @property
    def operator_id(self) -> OperatorId:
        """Whose socket it is."""
        return self.session.operator.id

    async def run(self) -> None:
        """Write what waits and read the feed when behind, until the socket closes."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._write())
            group.create_task(self._catch_up())

    def show(self, frame: Shown) -> None:
        """Queue a frame; a client that does not read is cut off."""
        try:
            self._waiting.put_nowait(frame)
        except asyncio.QueueFull:
            log.info("slow_operator", operator=self.operator_id)
            self.abort()

    def abort(self) -> None:
        """Cut the connection without waiting for the other side."""
        self._socket.transport.abort()

    def hear(self, announcement: Announcement) -> None:
        """Show what was announced, or find out from the feed what was missed."""
        match announcement:
            case FeedGrew():
                self._follow(FeedItem(announcement.n, announcement.entry))
            case SubscriberTyping():
                self.show(frames.typing(announcement.conversation, announcement.text))
            case SubscriberRead():
                self.show(frames.read(announcement.conversation, announcement.seq))
            case _:
                log.warning("announcement_not_for_operators", kind=type(announcement).__name__)

    def fall_behind(self) -> None:
        """The feed has more than was shown: read it."""
        self._behind.set()

    def see_queue(self, entries: list[QueueEntry]) -> None:
        """Tell what has changed in the queue."""
        if change := self.session.see_queue(entries):
            self.show(frames.queue(change))

    async def subscriber_of(self, conversation_id: ConversationId) -> SubscriberId | None:
        """Who writes in one's own conversation; None if it is not one's own."""
        own = self.session.own
        if conversation_id not in own:
            view = await self._services.store.view(conversation_id)
            if view is None or view.conversation.operator_id != self.operator_id:
                return None
            own[conversation_id] = view.conversation.subscriber_id
        return own[conversation_id]

    def _follow(self, item: FeedItem) -> None:
        if self._is_reading:
            self._behind.set()
            return
        fresh = self.session.admit((item,))
        if fresh is None:
            self._behind.set()
            return
        self._show_items(fresh)

    def _show_items(self, items: list[FeedItem]) -> None:
        for item in items:
            self.show(frames.event(item.entry, item.n))
            if self.session.became_own(item):
                self._gained.add(item.entry.conversation)
                self._behind.set()

    async def _catch_up(self) -> None:
        self._behind.set()
        while True:
            await self._behind.wait()
            self._behind.clear()
            self._is_reading = True
            await self._read_feed()
            await self._show_gained()
            # What was announced while reading set the event again.
            self._is_reading = self._behind.is_set()

    async def _read_feed(self) -> None:
        store = self._services.store
        while True:
            await self._room()
            items = await patiently(
                lambda: store.feed_after(self.operator_id, self.session.feed, _FEED_PAGE)
            )
            self._show_items(self.session.admit(items) or [])
            if len(items) < _FEED_PAGE:
                return

    async def _room(self) -> None:
        while self._waiting.qsize() > MOST_WAITING // 2:
            self._written.clear()
            await self._written.wait()

    async def _show_gained(self) -> None:
        while self._gained:
            conversation_id = self._gained.pop()
            view = await patiently(lambda: self._services.store.view(conversation_id))  # noqa: B023
            if view is not None and view.conversation.operator_id == self.operator_id:
                self.session.own[conversation_id] = view.conversation.subscriber_id
                shown = shown_conversation(view)
                self.show({"type": "conversation", "conversation": shown})

    async def _write(self) -> None:
        while True:
            await self._socket.send(frames.encode(await self._waiting.get()))
            self._written.set()
