"""The desk: the operators' sockets, their upgrade, and the timers behind them."""

import asyncio
import contextlib
import http
from collections import Counter
from datetime import timedelta
from weakref import WeakKeyDictionary

import structlog
from prometheus_client import generate_latest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response

from handoff.live import frames
from handoff.live.hub import Hub
from handoff.live.visit import SignedIn, Visit, Workplace
from handoff.services import assignment, operators
from handoff.services.addresses import remote_address
from handoff.services.operators import SESSION_COOKIE
from handoff.services.ports import Services, StorageUnavailable
from handoff.services.sweep import Chore

log = structlog.get_logger(__name__)

READ_LIMIT = 2 * frames.FRAME_LIMIT
PING_SECONDS = 10.0
SOCKETS_AN_ADDRESS = 500
CLOSE_SECONDS = 3.0
SESSIONS_EVERY_SECONDS = 15.0
_ALIVE_PATH = "/healthz"
_METRICS_PATH = "/metrics"


class Desk:
    """Serves operators' sockets, and looks after those who vanish."""

    def __init__(
        self,
        services: Services,
        *,
        allowed_origins: frozenset[str],
        trusted_proxies: frozenset[str],
        ticket_secret: str,
        grace_seconds: float,
        assigns_by_itself: bool,
    ) -> None:
        self.hub = Hub(services)
        self._services = services
        self._allowed_origins = allowed_origins
        self._trusted_proxies = trusted_proxies
        self._place = Workplace(services, self.hub, ticket_secret)
        self._grace = timedelta(seconds=grace_seconds)
        self._assigns_by_itself = assigns_by_itself
        self._watching_since = services.clock.now()
        self._addresses: Counter[str] = Counter()
        # By weak keys: an upgrade may fail after the session was found good.
        self._signed_in: WeakKeyDictionary[ServerConnection, SignedIn] = WeakKeyDictionary()
        self._visits: set[Visit] = set()

    async def listen(self, host: str, port: int) -> Server:
        """Open the port."""
        return await serve(
            self._serve,
            host,
            port,
            process_request=self._admit,
            max_size=READ_LIMIT,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
            close_timeout=CLOSE_SECONDS,
            compression=None,
        )

    @property
    def chores(self) -> list[Chore]:
        """What has to be done again and again while the desk is open."""
        pace = min(2.0, max(0.2, self._grace.total_seconds() / 4))
        return [
            Chore("follow", 0.0, self.hub.follow),
            Chore("heal", 1.0, self.hub.heal),
            Chore("watch", pace, self._watch_operators),
            Chore("assign", 0.5, self._assign),
            Chore("sessions", SESSIONS_EVERY_SECONDS, self._check_sessions),
        ]

    async def _serve(self, socket: ServerConnection) -> None:
        address = self._address(socket, socket.request)
        visit = Visit(self._place, socket, self._signed_in.pop(socket, None))
        self._addresses[address] += 1
        self._visits.add(visit)
        try:
            await visit.run()
        finally:
            self._visits.discard(visit)
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]

    async def _admit(self, socket: ServerConnection, request: Request) -> Response | None:
        if request.path == _ALIVE_PATH:
            return socket.respond(http.HTTPStatus.OK, "alive\n")
        if request.path == _METRICS_PATH:
            return socket.respond(http.HTTPStatus.OK, generate_latest().decode())
        origins = {origin.lower() for origin in request.headers.get_all("Origin")}
        if not origins <= self._allowed_origins:
            return socket.respond(http.HTTPStatus.FORBIDDEN, "foreign origin\n")
        if self._addresses[self._address(socket, request)] >= SOCKETS_AN_ADDRESS:
            return socket.respond(http.HTTPStatus.TOO_MANY_REQUESTS, "too many connections\n")
        token = _session_token(request.headers.get_all("Cookie"))
        return None if token is None else await self._admit_session(socket, token)

    async def _admit_session(self, socket: ServerConnection, token: str) -> Response | None:
        try:
            operator = await operators.operator_of_session(self._services, token)
        except StorageUnavailable:
            return socket.respond(http.HTTPStatus.SERVICE_UNAVAILABLE, "try again later\n")
        if operator is None:
            return socket.respond(http.HTTPStatus.UNAUTHORIZED, "sign in first\n")
        self._signed_in[socket] = SignedIn(operator, token)
        return None

    def _address(self, socket: ServerConnection, request: Request | None) -> str:
        peer = str(socket.remote_address[0]) if socket.remote_address else None
        hops = ",".join(request.headers.get_all("X-Forwarded-For")) if request else None
        return remote_address(peer, hops, self._trusted_proxies)

    async def _watch_operators(self) -> None:
        now = self._services.clock.now()
        try:
            await self._services.store.touch_operators(self.hub.connected_operators, now)
            # After a start or an outage everybody gets the whole period to come back.
            if now - self._watching_since >= self._grace:
                await operators.release_vanished(self._services, now - self._grace)
        except StorageUnavailable:
            self._watching_since = self._services.clock.now()
            raise

    async def _check_sessions(self) -> None:
        for visit in tuple(self._visits):
            await visit.check_session()

    async def _assign(self) -> None:
        if self._assigns_by_itself:
            await assignment.assign_waiting(self._services)


async def close_server(server: Server) -> None:
    """Stop listening and close every socket; clients come back and resume."""
    server.close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await server.wait_closed()


def _session_token(cookies: list[str]) -> str | None:
    # By hand: the standard parser drops all cookies if a neighbour's is not to its taste, and
    # every port of a host shares them.
    for header in cookies:
        for pair in header.split(";"):
            name, _, value = pair.strip().partition("=")
            if name == SESSION_COOKIE:
                return value.strip('"')
    return None
