"""One connection to each side of the system, frame by frame, as PROTOCOL describes them."""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

import aiohttp
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as connect_websocket

Frame = dict[str, Any]

RECEIVE_SECONDS = 10.0


class ConnectionGone(Exception):
    """The other side has closed the connection."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class ChatSocket:
    """A subscriber's raw connection: nothing is kept, nothing is sent again."""

    def __init__(
        self, site: str, *, origin: str | None = None, local_address: str | None = None
    ) -> None:
        self._url = f"{site}/chat"
        self._origin = origin
        self._local = (local_address, 0) if local_address else None
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Connect; `aiohttp.WSServerHandshakeError` tells the status of a refusal."""
        connector = aiohttp.TCPConnector(local_addr=self._local)
        self._session = aiohttp.ClientSession(connector=connector)
        headers = {"Origin": self._origin} if self._origin else {}
        try:
            self._socket = await self._session.ws_connect(
                self._url, headers=headers, max_msg_size=0, timeout=_closing_at_once()
            )
        except BaseException:
            await self._session.close()
            raise

    async def close(self) -> None:
        """Leave in good order."""
        if self._socket is not None:
            await self._socket.close()
        if self._session is not None:
            await self._session.close()

    def abort(self) -> None:
        """Vanish: no close frame, no goodbye."""
        connection = self.connected._response.connection
        if connection is not None and connection.transport is not None:
            connection.transport.abort()

    @property
    def connected(self) -> aiohttp.ClientWebSocketResponse:
        """The connection, once it is open."""
        assert self._socket is not None, "not open"
        return self._socket

    async def send(self, frame: object) -> None:
        """Send one value as a frame."""
        await self.send_raw(json.dumps(frame))

    async def send_raw(self, data: str | bytes) -> None:
        """Send a frame as it is.

        Raises:
            ConnectionGone: there is nobody to send it to.
        """
        send = self.connected.send_bytes if isinstance(data, bytes) else self.connected.send_str
        try:
            await send(data)  # type: ignore[arg-type]
        except (aiohttp.ClientError, ConnectionError):
            raise ConnectionGone(self.connected.close_code) from None

    async def receive(self, *, within: float = RECEIVE_SECONDS) -> Frame:
        """Return the next frame.

        Raises:
            ConnectionGone: there will be none.
        """
        async with asyncio.timeout(within):
            message = await self.connected.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise ConnectionGone(self.connected.close_code)
        frame = json.loads(message.data)
        assert isinstance(frame, dict)
        assert isinstance(frame["type"], str)
        return frame

    async def receive_until(self, type_: str, *, within: float = RECEIVE_SECONDS) -> Frame:
        """Return the next frame of a type, passing over the others."""
        async with asyncio.timeout(within):
            while (frame := await self.receive(within=within))["type"] != type_:
                pass
        return frame

    async def greet(self, **fields: object) -> Frame:
        """Say hello and return the welcome."""
        hello: Frame = {"type": "hello", "visitor": None, "after": 0, "locale": "uk", **fields}
        await self.send(hello)
        return await self.receive_until("welcome")

    async def drain(self, seconds: float) -> list[Frame]:
        """Return all that comes within so many seconds."""
        frames: list[Frame] = []
        try:
            async with asyncio.timeout(seconds):
                while True:
                    frames.append(await self.receive(within=seconds + 1))
        except (TimeoutError, ConnectionGone):
            return frames


def _closing_at_once() -> aiohttp.ClientWSTimeout:
    return aiohttp.ClientWSTimeout(ws_close=0.5)


class DeskSocket:
    """An operator's raw connection: nothing is kept, nothing is sent again."""

    def __init__(self, desk: str, cookie: str | None = None, *, origin: str | None = None) -> None:
        self._url = desk
        self._headers = {"Cookie": cookie} if cookie else {}
        self._origin = origin
        self._connection: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Connect; `websockets.InvalidStatus` tells the status of a refusal."""
        self._connection = await connect_websocket(
            self._url,
            additional_headers=self._headers,
            origin=websockets.Origin(self._origin) if self._origin else None,
            max_size=None,
            max_queue=None,
            close_timeout=0.5,
            compression=None,
            proxy=None,
        )

    async def close(self) -> None:
        """Leave in good order."""
        if self._connection is not None:
            await self._connection.close()

    def abort(self) -> None:
        """Vanish: no close frame, no goodbye."""
        self.connected.transport.abort()

    @property
    def connected(self) -> ClientConnection:
        """The connection, once it is open."""
        assert self._connection is not None, "not open"
        return self._connection

    async def send(self, frame: object) -> None:
        """Send one value as a frame."""
        await self.send_raw(json.dumps(frame))

    async def send_raw(self, data: str | bytes) -> None:
        """Send a frame as it is.

        Raises:
            ConnectionGone: there is nobody to send it to.
        """
        try:
            await self.connected.send(data)
        except websockets.ConnectionClosed:
            raise ConnectionGone(self.connected.close_code) from None

    async def receive(self, *, within: float | None = RECEIVE_SECONDS) -> Frame:
        """Return the next frame.

        Raises:
            ConnectionGone: there will be none.
        """
        try:
            async with asyncio.timeout(within):
                data = await self.connected.recv()
        except websockets.ConnectionClosed:
            raise ConnectionGone(self.connected.close_code) from None
        frame = json.loads(data)
        assert isinstance(frame, dict)
        assert isinstance(frame["type"], str)
        return frame

    async def ask(self, type_: str, **fields: object) -> Frame:
        """Send a command with a reference and return its answer, passing over the rest."""
        await self.send({"type": type_, "ref": "asked", **fields})
        while True:
            frame = await self.receive()
            if frame.get("ref") == "asked":
                return frame
