"""A socket of the load generator: frames out, and frames in with the moment they came."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import aiohttp
import msgspec

Frame = dict[str, Any]
Listener = Callable[[Frame, float], None]
Fits = Callable[[Frame], bool]

ANSWER_SECONDS = 30.0
_decode = msgspec.json.Decoder(Frame).decode


class Gone(Exception):
    """The server has closed the socket."""


class Wire:
    """An open socket; made with :meth:`open`, ended with :meth:`close`."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._listeners: list[Listener] = []
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def open(
        cls, session: aiohttp.ClientSession, url: str, *, cookie: str | None = None
    ) -> "Wire":
        """Connect as a browser does, offering compression."""
        headers = {"Cookie": cookie} if cookie else None
        return cls(await session.ws_connect(url, headers=headers, compress=15))

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have a listener told of every frame until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def send(self, frame: Frame) -> None:
        """Send a frame."""
        await self._socket.send_str(msgspec.json.encode(frame).decode())

    async def ask(self, frame: Frame, fits: Fits) -> tuple[Frame, float]:
        """Send a frame; return the first one that fits it, and the seconds it took.

        Raises:
            Gone: the socket has closed.
            TimeoutError: nothing that fits came.
        """
        answer: asyncio.Future[tuple[Frame, float]] = asyncio.get_running_loop().create_future()

        def hear(came: Frame, moment: float) -> None:
            if not answer.done() and fits(came):
                answer.set_result((came, moment))

        forget = self.listen(hear)
        self._reader.add_done_callback(lambda _: answer.cancel())
        begun = time.perf_counter()
        try:
            await self.send(frame)
            async with asyncio.timeout(ANSWER_SECONDS):
                came, moment = await answer
        except asyncio.CancelledError as cut:
            if self._reader.done():
                raise Gone from cut
            raise
        finally:
            forget()
        return came, moment - begun

    async def close(self) -> None:
        """Leave in good order."""
        await self._socket.close()
        self._reader.cancel()

    async def _read(self) -> None:
        async for message in self._socket:
            moment = time.perf_counter()
            if message.type is not aiohttp.WSMsgType.TEXT:
                return
            frame = _decode(message.data)
            for listener in tuple(self._listeners):
                listener(frame, moment)
