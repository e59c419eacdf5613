"""One socket from its first frame to its last: a frame in, one service call, its answer out."""

import asyncio
import contextlib
import time
import uuid
from dataclasses import dataclass, field

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from connectors.webchat import parse, render, signature
from connectors.webchat.connection import Connection
from connectors.webchat.hub import Hub
from connectors.webchat.limits import MESSAGES_A_SECOND, MESSAGES_AT_ONCE, VisitorLimits
from connectors.webchat.parse import FrameError
from connectors.webchat.session import Session
from handoff.domain.errors import HandoffError
from handoff.domain.limits import TokenBucket
from handoff.domain.message import readable_page
from handoff.domain.vocabulary import AuthorKind, Channel, State
from handoff.services import receive
from handoff.services.announcements import SubscriberRead, SubscriberTyping, operator_topic
from handoff.services.answer import Answerer
from handoff.services.ports import (
    NOTHING_KNOWN,
    Address,
    Profile,
    Services,
    StorageUnavailable,
)
from handoff.services.receive import Receipt, Sender
from handoff.services.transactions import patiently

log = structlog.get_logger(__name__)

HELLO_SECONDS = 15.0
# Typing and reading are for the moment: those above this rate are passed over.
SIGNALS_A_SECOND = 10.0
SIGNALS_AT_ONCE = 30.0
# A client that keeps sending what is refused is read this slowly.
FAULTS_A_SECOND = 2.0
FAULTS_AT_ONCE = 60.0
TYPING_LIMIT = 4_000
# What takes longer than this had to wait for the storage.
STORAGE_AWAY_SECONDS = 1.0
_RATE_MESSAGE = (
    f"At most {MESSAGES_A_SECOND:g} messages a second, {MESSAGES_AT_ONCE:g} at once: slow down."
)


@dataclass(frozen=True, slots=True)
class Chat:
    """What all sockets of a process share."""

    services: Services
    answerer: Answerer
    hub: Hub
    secret: str
    identity_secret: str | None = None
    limits: VisitorLimits = field(default_factory=VisitorLimits)


class Visit:
    """A subscriber's client on its socket."""

    def __init__(
        self, chat: Chat, socket: web.WebSocketResponse, transport: asyncio.Transport | None
    ) -> None:
        self._chat = chat
        self._socket = socket
        self._transport = transport
        self._connection: Connection | None = None
        self._pump: asyncio.Task[None] | None = None
        now = time.monotonic()
        self._signals = TokenBucket.full(SIGNALS_A_SECOND, SIGNALS_AT_ONCE, now)
        self._faults = TokenBucket.full(FAULTS_A_SECOND, FAULTS_AT_ONCE, now)

    async def run(self) -> None:
        """Serve the client until it goes, or is let go."""
        late = asyncio.get_running_loop().call_later(HELLO_SECONDS, self._end_if_silent)
        try:
            async for message in self._socket:
                if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                    break
                if not await self._take(message.data):
                    break
        finally:
            late.cancel()
            await self._leave()

    async def _take(self, raw: str | bytes) -> bool:
        try:
            await self._act(parse.parse_frame(raw))
        except FrameError as fault:
            await self._refuse(fault)
        except HandoffError as refusal:
            await self._refuse(FrameError("invalid", str(refusal)))
        except StorageUnavailable:
            # The client keeps what was not acknowledged, and sends it again when it is back.
            await self._socket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"try again later")
            return False
        return True

    async def _refuse(self, fault: FrameError) -> None:
        if not self._faults.take(time.monotonic()):
            # Reading slowly pushes back on who sends faster than it could be answered.
            await asyncio.sleep(1 / FAULTS_A_SECOND)
        more = {"field": fault.field} if fault.field else {}
        await self._say(render.error(fault.code, fault.message, fault.frame_id, **more))

    async def _say(self, frame: render.Frame) -> None:
        if self._connection is not None:
            self._connection.show(frame)
        else:
            await self._socket.send_str(render.encode(frame))

    async def _act(self, frame: parse.Frame) -> None:
        connection = self._connection
        if isinstance(frame, parse.Hello):
            if connection is not None:
                raise FrameError("invalid", "Hello was said already.")
            await self._hello(frame)
            return
        if connection is None:
            raise FrameError("hello_first", "Say hello first.", getattr(frame, "id", None))
        if isinstance(frame, parse.Typing | parse.Read):
            if self._signals.take(time.monotonic()):
                # For the moment only: lost without harm while the storage is away.
                with contextlib.suppress(StorageUnavailable):
                    await self._signal(connection, frame)
            return
        if not self._allows(connection, frame):
            frame_id = getattr(frame, "id", None)
            raise FrameError("rate_limited", _RATE_MESSAGE, frame_id)
        await self._write(connection, frame)

    def _allows(self, connection: Connection, frame: parse.Frame) -> bool:
        now = time.monotonic()
        if isinstance(frame, parse.SendMessage | parse.PressButton):
            return self._chat.limits.allows(connection.sender.address.external_id, now)
        # Who has written too fast may still ask for a person.
        return self._signals.take(now)

    async def _write(self, connection: Connection, frame: parse.Frame) -> None:
        begun = time.monotonic()
        try:
            await patiently(lambda: self._serve(connection, frame))
            # What came in while the storage was away is counted as of when it came.
            waited = time.monotonic() - begun
            if waited > STORAGE_AWAY_SECONDS:
                self._chat.limits.credit(connection.sender.address.external_id, waited)
        except HandoffError as refusal:
            frame_id = getattr(frame, "id", None)
            code = refusal.code if refusal.code in ("too_large", "rate_limited") else "invalid"
            raise FrameError(code, str(refusal), frame_id) from refusal

    async def _serve(self, connection: Connection, frame: parse.Frame) -> None:
        services, sender = self._chat.services, connection.sender
        match frame:
            case parse.SendMessage():
                receipt = await receive.receive_message(services, sender, frame.id, frame.text)
                self._received(connection, receipt)
            case parse.PressButton():
                receipt = await receive.press_button(services, sender, frame.id, frame.payload)
                self._received(connection, receipt)
            case parse.RequestPerson():
                await receive.request_person(services, sender)
            case parse.LeaveQueue():
                await receive.leave_queue(services, sender.address)
            case parse.Rate():
                await receive.rate(services, sender.address, frame.score, frame.comment)
            case _:
                raise FrameError("unknown_type", "There is no frame of this type.")

    def _received(self, connection: Connection, receipt: Receipt) -> None:
        if receipt.is_duplicate:
            connection.acknowledge(receipt.entry)
        elif receipt.conversation.state is State.BOT:
            connection.show(render.typing(AuthorKind.BOT))
        # Also for a duplicate: the process that took the first may have died before the answer.
        self._chat.answerer.start(receipt.conversation.id)

    async def _signal(self, connection: Connection, frame: parse.Typing | parse.Read) -> None:
        session = connection.session
        if session is None:
            return
        bus = self._chat.services.bus
        if isinstance(frame, parse.Read):
            store, seq = self._chat.services.store, frame.seq
            operator = await store.mark_read(session.conversation, seq)
            if operator is not None:
                seen = SubscriberRead(session.conversation, seq)
                await bus.publish(operator_topic(operator), seen)
        elif connection.operator is not None:
            typed = SubscriberTyping(session.conversation, frame.text[:TYPING_LIMIT])
            await bus.publish(operator_topic(connection.operator), typed)

    async def _hello(self, hello: parse.Hello) -> None:
        visitor = self._visitor(hello.visitor)
        identity = self._identity(hello.identity)
        # Whom the site vouches for has conversations of their own, on any computer.
        external_id = f"identity:{identity.sub}" if identity else visitor
        sender = Sender(
            address=Address(Channel.WEB, "", external_id),
            profile=Profile(identity.name, identity.number) if identity else NOTHING_KNOWN,
            locale=hello.locale,
            page=readable_page(hello.page),
        )
        connection = Connection(
            self._socket,
            self._chat.services,
            transport=self._transport,
            sender=sender,
            token=signature.visitor_token(self._chat.secret, visitor),
        )
        session, last = await patiently(lambda: self._session(connection, hello))
        self._connection = connection
        self._pump = asyncio.create_task(self._keep_pumping(connection))
        self._chat.hub.join(connection)
        await connection.welcome(session, last)

    async def _session(self, connection: Connection, hello: parse.Hello) -> tuple[Session, int]:
        store = self._chat.services.store
        latest = await store.latest_conversation(connection.subscriber)
        if latest is None:
            first = receive.conversation_id(connection.sender.address, 1)
            return Session(first, State.BOT), 0
        session = Session(latest.id, latest.state, operator=latest.operator_id)
        session.resume_after(hello.conversation, hello.after, latest.seq)
        return session, latest.seq

    def _visitor(self, token: str | None) -> str:
        if token is None:
            return uuid.uuid4().hex
        visitor = signature.visitor_of(self._chat.secret, token)
        if visitor is None:
            raise FrameError("invalid", "The visitor token is not valid.", field="visitor")
        return visitor

    def _identity(self, token: str | None) -> signature.Identity | None:
        if token is None or self._chat.identity_secret is None:
            return None
        try:
            return signature.identity_of(self._chat.identity_secret, token)
        except signature.IdentityRefused as refusal:
            raise FrameError("invalid", str(refusal), field="identity") from refusal

    async def _keep_pumping(self, connection: Connection) -> None:
        try:
            await connection.run()
        except* (ConnectionError, StorageUnavailable):
            connection.abort()
        except* Exception:  # A mute socket would look like a living one.
            log.exception("pump_failed", subscriber=connection.subscriber)
            connection.abort()

    def _end_if_silent(self) -> None:
        if self._connection is None and self._transport is not None:
            self._transport.abort()

    async def _leave(self) -> None:
        if self._connection is not None:
            self._chat.hub.leave(self._connection)
        if self._pump is not None:
            self._pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pump
