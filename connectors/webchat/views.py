"""The ``/chat`` endpoint: who may open a socket."""

import asyncio
import contextlib
import time

from aiohttp import web

from connectors.webchat import parse
from connectors.webchat.hub import Hub
from connectors.webchat.visit import Chat, Visit
from handoff.services.addresses import remote_address
from handoff.services.answer import Answerer
from handoff.services.ports import Services

HEARTBEAT_SECONDS = 25.0
# Frames over the stated limit but under this get an error frame; larger ones are not even read.
READ_LIMIT = 4 * parse.FRAME_LIMIT


class WebChat:
    """Serves subscribers' sockets."""

    def __init__(
        self,
        services: Services,
        answerer: Answerer,
        *,
        secret: str,
        identity_secret: str | None,
        allowed_origins: frozenset[str],
        trusted_proxies: frozenset[str],
    ) -> None:
        self.hub = Hub(services)
        self._allowed_origins = allowed_origins
        self._trusted_proxies = trusted_proxies
        self._is_closing = False
        self._chat = Chat(
            services=services,
            answerer=answerer,
            hub=self.hub,
            secret=secret,
            identity_secret=identity_secret,
        )

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Upgrade, unless the origin is foreign or the address has too many sockets."""
        if self._is_closing:
            return web.Response(status=503, text="Come again in a moment.")
        origin = request.headers.get("Origin")
        if origin is not None and origin.lower() not in self._allowed_origins:
            return web.Response(status=403, text="This origin may not open the chat.")
        hops = ",".join(request.headers.getall("X-Forwarded-For", ()))
        address = remote_address(request.remote, hops, self._trusted_proxies)
        if not self.hub.admit_address(address):
            return web.Response(status=429, text="Too many connections from this address.")
        try:
            return await self._visit(request)
        finally:
            self.hub.release_address(address)

    async def forget_idle(self) -> None:
        """Drop the rate counts of visitors who have not written for a while."""
        self._chat.limits.forget_idle(time.monotonic())

    async def close(self) -> None:
        """Let nobody in and close every socket in an orderly way; clients resume elsewhere."""
        self._is_closing = True
        closing = (connection.close() for connection in self.hub)
        await asyncio.gather(*closing, return_exceptions=True)

    async def _visit(self, request: web.Request) -> web.StreamResponse:
        # Compression would cost 100 KB a socket and gain little on frames of a few hundred bytes.
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT_SECONDS, max_msg_size=READ_LIMIT, compress=False
        )
        await socket.prepare(request)
        with contextlib.suppress(ConnectionError):
            await Visit(self._chat, socket, request.transport).run()
        return socket
