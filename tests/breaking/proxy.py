"""A wire between a client and the system that can be cut, or go silent."""

import asyncio
import contextlib
from types import TracebackType
from typing import Self

CHUNK_BYTES = 65536


class Wire:
    """A TCP proxy on a port of its own."""

    def __init__(self, port: int) -> None:
        """Lead to a port of this machine."""
        self._target = port
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._is_through = asyncio.Event()
        self._is_through.set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        self._is_through.set()

    @property
    def site(self) -> str:
        """Where a client connects to."""
        assert self._server is not None
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"

    def cut(self) -> None:
        """Break every connection there is."""
        for end in self._ends:
            end.transport.abort()

    def silence(self) -> None:
        """Let nothing through any more; connections seem to be there."""
        self._is_through.clear()

    def restore(self) -> None:
        """Let everything through again."""
        self._is_through.set()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
            ends = {writer, far_writer}
            self._ends |= ends
            await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))
            self._ends -= ends

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                await self._is_through.wait()
                writer.write(data)
                await writer.drain()
        writer.close()
