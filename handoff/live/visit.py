"""One operator's socket from hello to its end: a command in, one service call, its answer out."""

import asyncio
import contextlib
import time
from dataclasses import dataclass

import structlog
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from handoff.domain.errors import HandoffError
from handoff.domain.events import LogEntry
from handoff.domain.limits import TokenBucket
from handoff.domain.operator import Operator
from handoff.domain.vocabulary import ConversationId, OperatorId, Presence
from handoff.live import frames
from handoff.live.connection import Connection
from handoff.live.frames import Command, Cursor, FrameError, Ref
from handoff.live.hub import Hub
from handoff.live.session import Session
from handoff.services import assignment, operators, reading, reply, tickets
from handoff.services.announcements import OperatorTyping, subscriber_topic
from handoff.services.ports import Services, StorageUnavailable
from handoff.services.screens import Shown, shown_account, shown_conversation, shown_entry
from handoff.services.transactions import patiently

log = structlog.get_logger(__name__)

HELLO_SECONDS = 15.0
BAD_TICKET = 4401
TRY_AGAIN_LATER = 1013
COMMANDS_A_SECOND = 200.0
COMMANDS_AT_ONCE = 400.0


@dataclass(frozen=True, slots=True)
class Workplace:
    """What all sockets of a process share."""

    services: Services
    hub: Hub
    ticket_secret: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who the session cookie of an upgrade is of."""

    operator: Operator
    token: str


class Visit:
    """An operator's client on its socket; without a cookie a ticket tells who it is."""

    def __init__(
        self, place: Workplace, socket: ServerConnection, signed_in: SignedIn | None
    ) -> None:
        self._place = place
        self._services = place.services
        self._socket = socket
        self._signed_in = signed_in
        self._connection: Connection | None = None
        self._pump: asyncio.Task[None] | None = None
        self._commands = TokenBucket.full(COMMANDS_A_SECOND, COMMANDS_AT_ONCE, time.monotonic())

    async def run(self) -> None:
        """Serve the client until it goes, or is let go."""
        late = asyncio.get_running_loop().call_later(HELLO_SECONDS, self._end_if_silent)
        try:
            async for raw in self._socket:
                if not await self._take(raw):
                    break
        except ConnectionClosed:
            return
        finally:
            late.cancel()
            await self._leave()

    async def check_session(self) -> None:
        """End the visit if its session has ended; else learn what changed of the operator."""
        connection = self._connection
        if connection is None:
            return
        if self._signed_in is not None:
            known = await operators.operator_of_session(self._services, self._signed_in.token)
        else:
            known = await self._services.store.operator(connection.operator_id)
        if known is None:
            await self._socket.close(BAD_TICKET, "the session has ended")
        else:
            connection.session.operator = known

    async def _take(self, raw: str | bytes) -> bool:
        try:
            command, ref = frames.parse_command(raw)
            await self._act(command, ref)
        except FrameError as fault:
            await self._say(frames.error(fault.code, fault.message, fault.ref))
        except StorageUnavailable:
            await self._socket.close(TRY_AGAIN_LATER, "try again later")
            return False
        except _TicketRefused:
            await self._socket.close(BAD_TICKET, "the ticket is not valid")
            return False
        return True

    async def _say(self, frame: Shown) -> None:
        if self._connection is not None:
            self._connection.show(frame)
        else:
            await self._socket.send(frames.encode(frame))

    async def _act(self, command: Command, ref: Ref) -> None:
        if ref is None:
            raise FrameError("invalid", "A command needs a ref.")
        if not self._commands.take(time.monotonic()):
            raise FrameError("rate_limited", "Too many commands: slow down.", ref)
        try:
            await self._answer(command, ref)
        except HandoffError as refusal:
            raise FrameError(refusal.code, str(refusal), ref) from refusal
        except FrameError as fault:
            raise FrameError(fault.code, fault.message, ref) from fault

    async def _answer(self, command: Command, ref: Ref) -> None:
        connection = self._connection
        if isinstance(command, frames.Hello):
            if connection is not None:
                raise FrameError("invalid", "Hello was said already.")
            await self._hello(command, ref)
        elif connection is None:
            raise FrameError("hello_first", "Say hello first.")
        else:
            more = await patiently(lambda: self._serve(connection, command))
            connection.show(frames.ok(ref, **more))

    async def _serve(self, connection: Connection, command: Command) -> Shown:
        services, operator = self._services, connection.session.operator
        match command:
            case frames.SetStatus():
                await self._set_status(operator, command)
            case frames.Accept():
                await assignment.accept(services, operator.id, command.conversation)
            case frames.Send():
                entry = await reply.send(
                    services,
                    operator,
                    command.conversation,
                    external_id=command.id,
                    text=command.text,
                )
                return _written(entry)
            case frames.AddNote():
                entry = await reply.add_note(
                    services,
                    operator,
                    command.conversation,
                    external_id=command.id,
                    text=command.text,
                )
                return _written(entry)
            case frames.Typing():
                await self._typing(connection, command.conversation)
            case frames.Transfer():
                await self._transfer(operator, command)
            case frames.ReturnToBot():
                await assignment.return_to_bot(services, operator.id, command.conversation)
            case frames.Close():
                await assignment.close(
                    services, operator.id, command.conversation, command.disposition
                )
            case frames.History():
                return await self._history(connection, command)
            case _:
                raise FrameError("unknown_type", "There is no command of this type.")
        return {}

    async def _set_status(self, operator: Operator, command: frames.SetStatus) -> None:
        if not operator.may_work_desk and command.status is Presence.ONLINE:
            raise FrameError("forbidden", "The role does not take conversations.")
        await operators.set_presence(self._services, operator.id, command.status, command.capacity)

    async def _typing(self, connection: Connection, conversation_id: ConversationId) -> None:
        subscriber = await connection.subscriber_of(conversation_id)
        if subscriber is None:
            raise FrameError("not_yours", "The conversation is not yours.")
        typing = OperatorTyping(conversation_id, connection.session.operator.name)
        await self._services.bus.publish(subscriber_topic(subscriber), typing)

    async def _transfer(self, operator: Operator, command: frames.Transfer) -> None:
        to, conversation = command.to, command.conversation
        if to.operator is not None and to.skill is None:
            target = OperatorId(to.operator)
            await assignment.transfer_to_operator(self._services, operator.id, conversation, target)
        elif to.skill is not None and to.operator is None:
            await assignment.transfer_to_skill(self._services, operator.id, conversation, to.skill)
        else:
            raise FrameError("invalid", "Transfer to an operator or to a skill.")

    async def _history(self, connection: Connection, command: frames.History) -> Shown:
        session = connection.session
        before = Cursor.parse(command.before).log if command.before else 0
        entries = await reading.history(
            self._services, session.operator, command.conversation, before_log=before or None
        )
        # The feed only as far as this socket was shown it: who resumes from here misses nothing.
        events = [frames.event(entry, session.feed) for entry in entries]
        return {"events": events, "more": bool(entries) and entries[0].log > 1}

    async def _hello(self, hello: frames.Hello, ref: Ref) -> None:
        operator = await self._operator_of(hello)
        head = await patiently(lambda: self._services.store.feed_head(operator.id))
        feed = min(Cursor.parse(hello.after).feed, head) if hello.after else head
        store, now = self._services.store, self._services.clock.now()
        # Seen before anything is read, so that nobody takes them for gone meanwhile.
        await store.touch_operators([operator.id], now)
        if await self._begins_away(operator.id, hello):
            await operators.set_presence(self._services, operator.id, Presence.AWAY)
        connection = Connection(self._socket, self._services, Session(operator, feed=feed))
        connection.show(await self._welcome(connection, ref))
        self._connection = connection
        self._place.hub.join(connection)
        self._pump = asyncio.create_task(self._keep_pumping(connection))
        connection.show(await self._place.hub.presence_frame())

    async def _begins_away(self, operator_id: OperatorId, hello: frames.Hello) -> bool:
        """A fresh start, or the end of a long absence: away until one says otherwise."""
        if operator_id in self._place.hub.connected_operators:
            return False
        stored = await self._services.store.operator(operator_id)
        was_offline = stored is not None and stored.presence is Presence.OFFLINE
        return hello.after is None or was_offline

    async def _welcome(self, connection: Connection, ref: Ref) -> Shown:
        store, session = self._services.store, connection.session
        views = await store.views_of_operator(session.operator.id)
        session.own = {view.conversation.id: view.conversation.subscriber_id for view in views}
        session.see_queue(await store.queue())
        account = await store.operator(session.operator.id) or session.operator
        return {
            "type": "welcome",
            "ref": ref,
            "operator": shown_account(account),
            "queue": [shown_entry(entry) for entry in session.queue.values()],
            "conversations": [shown_conversation(view) for view in views],
            "cursor": str(Cursor(feed=session.feed)),
        }

    async def _operator_of(self, hello: frames.Hello) -> Operator:
        if self._signed_in is not None:
            return self._signed_in.operator
        named = tickets.operator_of_ticket(self._place.ticket_secret, hello.ticket or "")
        operator = await self._services.store.operator(named) if named else None
        if operator is None:
            raise _TicketRefused
        return operator

    async def _keep_pumping(self, connection: Connection) -> None:
        try:
            await connection.run()
        except* (ConnectionClosed, StorageUnavailable):
            connection.abort()
        except* Exception:  # A mute socket would look like a living one.
            log.exception("pump_failed", operator=connection.operator_id)
            connection.abort()

    def _end_if_silent(self) -> None:
        if self._connection is None:
            self._socket.transport.abort()

    async def _leave(self) -> None:
        connection = self._connection
        is_gone = connection is not None and self._place.hub.leave(connection)
        if self._pump is not None:
            self._pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pump
        if connection is not None and is_gone:
            # The grace period counts from this moment.
            with contextlib.suppress(StorageUnavailable):
                now = self._services.clock.now()
                await self._services.store.touch_operators([connection.operator_id], now)


class _TicketRefused(Exception):
    """Nobody is signed in on this socket."""


def _written(entry: LogEntry) -> Shown:
    return {"id": getattr(entry.event, "id", None), "log": entry.log, "seq": entry.seq}
