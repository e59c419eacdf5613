"""Clients that mean harm: they write without end, or never read."""

import asyncio
import base64
import json
import os
import struct
from urllib.parse import urlsplit

from tests.protocol.sockets import Frame

BATCH = 200


class RawSocket:
    """A WebSocket by hand: fast to write, and it reads only when told to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def write(self, frame: Frame, times: int = 1) -> int:
        """Write a frame again and again; return how often, until the other side had enough."""
        data = encoded(json.dumps(frame).encode())
        written = 0
        try:
            while written < times:
                count = min(BATCH, times - written)
                self._writer.write(data * count)
                await self._writer.drain()
                written += count
        except OSError:
            pass
        return written

    async def read_all(self) -> int:
        """Read until the other side closes; return how many bytes came."""
        count = 0
        try:
            while data := await self._reader.read(1 << 16):
                count += len(data)
        except OSError:
            pass
        return count

    def close(self) -> None:
        """Vanish."""
        self._writer.transport.abort()


async def raw_socket(address: str, *, cookie: str = "") -> RawSocket:
    """Open a WebSocket by hand."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 12)
    lines = [
        f"GET {parts.path or '/'} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    assert b" 101 " in answer, answer
    return RawSocket(reader, writer)


def encoded(payload: bytes) -> bytes:
    """Make a client's text frame; the mask is all zeros, which leaves the payload as it is."""
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", 0x81, 0x80 | length)
    elif length < 1 << 16:
        head = struct.pack("!BBH", 0x81, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", 0x81, 0x80 | 127, length)
    return head + b"\x00\x00\x00\x00" + payload
