"""Clients of both sides, written from PROTOCOL alone.

They do what it asks of a client that wants to lose nothing: keep what is not acknowledged,
connect again, say what was seen last, send again with the same `id`. What a server must
never do (a gap, an event twice, an event changed) is noted in `violations`.
"""

import asyncio
import contextlib
import json
import secrets
from collections import defaultdict

from tests.protocol.reconnecting import FIRST_RETRY_SECONDS, UNREACHABLE, Reconnecting
from tests.protocol.sockets import ChatSocket, ConnectionGone, DeskSocket, Frame
from tests.protocol.watched import PATIENCE_SECONDS


class Refused(Exception):
    """The server answered a command with an error frame."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(f"{frame['code']}: {frame['message']}")
        self.code: str = frame["code"]
        self.frame = frame


class SubscriberClient(Reconnecting):
    """A visitor of the site: an outbox, a log by conversation, and the way back."""

    def __init__(
        self,
        site: str,
        *,
        locale: str = "uk",
        local_address: str | None = None,
        visitor: str | None = None,
    ) -> None:
        super().__init__()
        self.site = site
        self.locale = locale
        self.visitor = visitor
        self.conversation: str | None = None
        self.state = ""
        self.logs: dict[str, list[Frame]] = defaultdict(list)
        self.moments: list[Frame] = []
        self.errors: list[Frame] = []
        self.refused: dict[str, Frame] = {}
        self._local_address = local_address
        self._outbox: dict[str, Frame] = {}
        self._writing = asyncio.Lock()
        self._socket: ChatSocket | None = None

    @property
    def log(self) -> list[Frame]:
        """The present conversation's events, in order."""
        return self.logs[self.conversation or ""]

    @property
    def unacknowledged(self) -> list[str]:
        """What was said and is not known to be stored."""
        return list(self._outbox)

    def texts(self, *kinds: str) -> list[str]:
        """The texts of the present conversation's messages by kinds of author."""
        return [
            event["text"]
            for event in self.log
            if event["kind"] == "message" and event["author"]["kind"] in kinds
        ]

    def told(self) -> str:
        """Describe the log for a failed test."""
        seen = [f"{event['seq']} {event.get('text') or event.get('state')}" for event in self.log]
        return f"state {self.state}, errors {self.errors}, log {seen[-12:]}"

    async def post(self, text: str, *, id_: str | None = None) -> str:
        """Send a message, now or when there is a connection; return its id."""
        return await self._post({"type": "message", "id": id_ or _new_id(), "text": text})

    async def press(self, payload: str) -> str:
        """Press a button of the bot; return the id of what was sent."""
        return await self._post({"type": "button", "id": _new_id(), "payload": payload})

    async def say(self, text: str, *, within: float = PATIENCE_SECONDS) -> Frame:
        """Send a message and return the event that acknowledges it."""
        return await self.acknowledged(await self.post(text), within=within)

    async def acknowledged(self, id_: str, *, within: float = PATIENCE_SECONDS) -> Frame:
        """Return the event that says that a message is stored."""
        return await self.until(lambda: self._event_of(id_), within=within)

    async def all_said(self, *, within: float = PATIENCE_SECONDS) -> None:
        """Return when all that was said is acknowledged or refused."""
        await self.until(lambda: not self._outbox, within=within)

    async def caught_up(self, seq: int, *, within: float = PATIENCE_SECONDS) -> None:
        """Return when the present conversation's events up to a number have come."""
        await self.until(lambda: len(self.log) >= seq, within=within)

    async def command(self, type_: str, **fields: object) -> None:
        """Send a frame that is not kept."""
        assert self._socket is not None
        await self._socket.send({"type": type_, **fields})

    async def ask_for_person(self) -> None:
        """Ask for a person, and return when in the queue."""
        await self.command("human")
        await self.reach("queued")

    async def leave_queue(self) -> None:
        """Wait no longer, if one waits; asked again if one has been too fast."""
        while self.state == "queued" and self.is_greeted:
            await self.command("leave_queue")
            with contextlib.suppress(AssertionError):
                await self.until(lambda: self.state != "queued", within=1)

    async def reach(self, state: str, *, within: float = PATIENCE_SECONDS) -> None:
        """Return when the conversation is in a state."""
        await self.until(lambda: self.state == state, within=within)

    async def hear(
        self, text: str, *, author: str = "operator", within: float = PATIENCE_SECONDS
    ) -> None:
        """Return when a message with this text has come."""
        await self.until(lambda: text in self.texts(author), within=within)

    def cut(self) -> None:
        """Lose the connection, as a train in a tunnel does."""
        if self._socket is not None and self.is_greeted:
            self._socket.abort()

    async def _post(self, frame: Frame) -> str:
        id_: str = frame["id"]
        async with self._writing:
            self._outbox[id_] = frame
            if self._socket is not None and self.is_greeted:
                with contextlib.suppress(*UNREACHABLE):
                    await self._socket.send(frame)
        return id_

    def _event_of(self, id_: str) -> Frame | None:
        found = (event for log in self.logs.values() for event in log if event.get("id") == id_)
        return next(found, None)

    async def _live_once(self) -> None:
        async with ChatSocket(self.site, local_address=self._local_address) as socket:
            self._socket = socket
            await socket.send(self._hello())
            self._on_welcome(await socket.receive_until("welcome"))
            await self._send_again(socket)
            while True:
                self._on_frame(await socket.receive(within=3600))
                self.changed()

    async def _send_again(self, socket: ChatSocket) -> None:
        async with self._writing:
            for frame in list(self._outbox.values()):
                await socket.send(frame)
            self.is_greeted = True
        self.connections += 1
        self.changed()

    def _hello(self) -> Frame:
        last = self.log[-1]["seq"] if self.log else 0
        hello: Frame = {
            "type": "hello",
            "visitor": self.visitor,
            "after": last,
            "locale": self.locale,
        }
        return hello | ({"conversation": self.conversation} if self.conversation else {})

    def _on_frame(self, frame: Frame) -> None:
        match frame["type"]:
            case "welcome":
                self._on_welcome(frame)
            case "event":
                self._on_event(frame)
            case "error":
                self.errors.append(frame)
                if self._outbox.pop(frame.get("id", ""), None):
                    self.refused[frame["id"]] = frame
            case _:
                self.moments.append(frame)

    def _on_welcome(self, frame: Frame) -> None:
        self.visitor = frame["visitor"]
        self.conversation = frame["conversation"]
        self.state = frame["state"]

    def _on_event(self, event: Frame) -> None:
        if event["seq"] == len(self.log) + 1:
            self.log.append(event)
            self.state = event.get("state", self.state)
        elif event["seq"] > len(self.log):
            self.violations.append(f"gap: {event['seq']} after {len(self.log)}")
        else:
            self._on_repeated(event)
        self._outbox.pop(event.get("id", ""), None)

    def _on_repeated(self, event: Frame) -> None:
        """An event may come again only as the acknowledgement of what was sent again."""
        if event.get("id") is None:
            self.violations.append(f"twice: {event}")
        if event != self.log[event["seq"] - 1]:
            self.violations.append(f"changed: {self.log[event['seq'] - 1]} to {event}")


class OperatorClient(Reconnecting):
    """An operator: the queue and the conversations as the desk tells of them, and commands."""

    def __init__(self, desk: str, cookie: str) -> None:
        super().__init__()
        self.queue: dict[str, Frame] = {}
        self.own: dict[str, Frame] = {}
        self.events: list[Frame] = []
        self.moments: list[Frame] = []
        self.welcome: Frame = {}
        self.cursor: object = None
        self.id = ""
        self._desk = desk
        self.cookie = cookie
        self._status: Frame | None = None
        self._answers: dict[str, asyncio.Future[Frame]] = {}
        self._seen: set[tuple[str, str]] = set()
        self._socket: DeskSocket | None = None

    def told(self) -> str:
        """Describe what is known for a failed test."""
        last = [
            f"{event.get('seq')} {event.get('text') or event.get('state')}"
            for event in self.events[-12:]
        ]
        return f"queue {list(self.queue)}, own {list(self.own)}, events {last}"

    def events_of(self, conversation: str, *kinds: str) -> list[Frame]:
        """The events that came of a conversation, of some kinds or of all."""
        return [
            event
            for event in self.events
            if event["conversation"] == conversation and (not kinds or event["kind"] in kinds)
        ]

    def held(self) -> set[str]:
        """The conversations that are one's own by what was told last of each."""
        held = dict.fromkeys(self.own, True)
        for event in self.events:
            if event["kind"] == "state":
                mine = (event.get("operator") or {}).get("id") == self.id
                held[event["conversation"]] = event["state"] == "assigned" and mine
        return {conversation for conversation, is_held in held.items() if is_held}

    def texts(self, conversation: str, author: str = "subscriber") -> list[str]:
        """What an author said in a conversation since it was accepted."""
        messages = self.events_of(conversation, "message")
        return [event["text"] for event in messages if event["author"]["kind"] == author]

    async def command(self, type_: str, **fields: object) -> Frame:
        """Send a command and return its `ok`.

        Raises:
            Refused: it was answered with an error.
            ConnectionGone: the connection ended before there was an answer.
        """
        assert self._socket is not None
        if not self.is_greeted:
            raise ConnectionGone(None)
        ref = _new_id()
        answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        await self._socket.send({"type": type_, "ref": ref, **fields})
        async with asyncio.timeout(PATIENCE_SECONDS * 3):
            frame: Frame = await answer
        if frame["type"] == "error":
            raise Refused(frame)
        return frame

    async def insist(self, type_: str, **fields: object) -> Frame:
        """Send a command again after every lost connection, until it is answered."""
        while True:
            with contextlib.suppress(ConnectionGone):
                return await self.command(type_, **fields)
            await asyncio.sleep(FIRST_RETRY_SECONDS)
            await self.connected(within=60)

    async def go(self, status: str, **fields: object) -> Frame:
        """Say one's presence, now and after each reconnect."""
        self._status = {"status": status, **fields}
        return await self.command("status", **self._status)

    async def accept(self, conversation: str) -> Frame:
        """Take a conversation from the queue."""
        return await self.command("accept", conversation=conversation)

    async def send(self, conversation: str, text: str, *, id_: str | None = None) -> str:
        """Write to the subscriber, again after each lost connection; return the id."""
        id_ = id_ or _new_id()
        await self.insist("send", conversation=conversation, id=id_, text=text)
        return id_

    async def history(self, conversation: str, *, before: object = None) -> list[Frame]:
        """Return one page of a conversation's past."""
        answer = await self.command("history", conversation=conversation, before=before)
        events: list[Frame] = answer["events"]
        return events

    async def whole_history(self, conversation: str) -> list[Frame]:
        """Return all of a conversation's past, page by page."""
        events = page = await self.history(conversation)
        while page:
            page = await self.history(conversation, before=events[0]["cursor"])
            events = page + events
        return events

    async def see_waiting(self, conversation: str, *, within: float = PATIENCE_SECONDS) -> Frame:
        """Return a conversation's entry as soon as it is in the queue."""
        return await self.until(lambda: self.queue.get(conversation), within=within)

    async def hear(self, conversation: str, text: str, *, within: float = PATIENCE_SECONDS) -> None:
        """Return when the subscriber has said this."""
        await self.until(lambda: text in self.texts(conversation), within=within)

    async def see_gone(self, conversation: str, *, within: float = PATIENCE_SECONDS) -> None:
        """Return when a conversation is not in the queue any more."""
        await self.until(lambda: conversation not in self.queue, within=within)

    def cut(self) -> None:
        """Lose the connection."""
        if self._socket is not None and self.is_greeted:
            self._socket.abort()

    async def _live_once(self) -> None:
        async with DeskSocket(self._desk, self.cookie) as socket:
            self._socket = socket
            self._on_welcome(await socket.ask("hello", after=self.cursor))
            if self._status is not None:
                await socket.send({"type": "status", "ref": _new_id(), **self._status})
            self.is_greeted = True
            self.connections += 1
            self.changed()
            while True:
                self._on_frame(await socket.receive(within=None))
                self.changed()

    def _on_lost(self) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionGone(None))
        self._answers.clear()

    def _on_frame(self, frame: Frame) -> None:
        match frame["type"]:
            case "ok" | "error":
                answer = self._answers.pop(frame.get("ref") or "", None)
                if answer is not None and not answer.done():
                    answer.set_result(frame)
            case "queue":
                self._on_queue(frame)
            case "event":
                self._on_event(frame)
            case _:
                self.moments.append(frame)

    def _on_welcome(self, frame: Frame) -> None:
        assert frame["type"] == "welcome", frame
        self.welcome = frame
        self.id = frame["operator"]["id"]
        self.queue = {entry["conversation"]: entry for entry in frame["queue"]}
        self.own = {one["conversation"]: one for one in frame["conversations"]}
        # On the way back the events still to come are past the cursor said, not this one.
        self.cursor = frame["cursor"] if self.cursor is None else self.cursor

    def _on_queue(self, frame: Frame) -> None:
        for entry in frame["added"] + frame["changed"]:
            self.queue[entry["conversation"]] = entry
        for conversation in frame["removed"]:
            self.queue.pop(conversation, None)

    def _on_event(self, event: Frame) -> None:
        key = (event["conversation"], _identity(event))
        if key in self._seen:
            self.violations.append(f"twice: {event}")
        self._seen.add(key)
        self.cursor = event["cursor"]
        self.events.append(event)


def _identity(event: Frame) -> str:
    """What tells an operator's events apart: the number, or for inner ones the whole."""
    if "seq" in event:
        return str(event["seq"])
    return json.dumps({**event, "cursor": None}, sort_keys=True)


def _new_id() -> str:
    return secrets.token_hex(8)
