"""One exchange over HTTP: bounded, redirected nowhere, its faults in our words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from actions.bss.errors import BssNonsense, BssUnavailable, NotAsked

# On Python 3.10 it is another class than the built-in one.
TooSlow = asyncio.exceptions.TimeoutError

_CHUNK = 1 << 16
_CONNECTIONS = 64


@dataclass(frozen=True)
class Request:
    """What is sent; ``where`` is its name in messages and logs."""

    method: str
    where: str
    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    total: str | None
    body: bytes = field(repr=False)


def open_session() -> aiohttp.ClientSession:
    """Open a session that keeps no cookies and unpacks nothing; its caller sees to the time."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        # Unpacked, a megabyte may be a gigabyte; nothing packed is asked for.
        auto_decompress=False,
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
    )


async def exchange(session: aiohttp.ClientSession, request: Request, *, body_bytes: int) -> Answer:
    """Send a request and read its answer.

    Raises:
        NotAsked: there is no connection.
        BssUnavailable: the connection was lost.
        BssNonsense: the body is larger than any answer.
    """
    try:
        async with session.request(
            request.method,
            URL(request.url, encoded=True),
            data=request.body,
            headers=request.headers,
            allow_redirects=False,
        ) as response:
            body = await _read(response, request.where, body_bytes)
            return Answer(response.status, response.headers.get("X-Total-Count"), body)
    except aiohttp.ClientConnectorError as fault:
        raise NotAsked(f"{request.where}: no connection.", is_passing=True) from fault
    except (aiohttp.ClientError, OSError) as fault:
        found = type(fault).__name__
        raise BssUnavailable(f"{request.where}: {found}.", is_passing=True) from fault


async def _read(response: aiohttp.ClientResponse, where: str, most: int) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > most:
            response.close()
            raise BssNonsense(f"{where}: an answer of more than {most} bytes.")
    return bytes(body)
