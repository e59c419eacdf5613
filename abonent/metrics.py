"""What Prometheus may read of the gateway."""

import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import Counter, Gauge, Histogram

from handoff.domain.understanding import BotTurn
from handoff.services.ports import Bot, BotRequest

_SOCKETS = Gauge("abonent_sockets", "Open sockets.", ["kind"])
_REQUESTS = Counter("abonent_http_requests", "Answered HTTP requests.", ["route", "status"])
_SECONDS = Histogram("abonent_http_seconds", "Seconds to answer an HTTP request.", ["route"])

_TURNS = Histogram(
    "abonent_turn_seconds", "Seconds a turn of the bot took, by what became of it.", ["outcome"]
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def watch_sockets(kind: str, count: Callable[[], int]) -> None:
    """Report how many sockets of a kind are open."""
    _SOCKETS.labels(kind).set_function(count)


@web.middleware
async def observe_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count and time requests by the route's pattern, never by the address itself."""
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "none"
    begun = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as answer:
        status = answer.status
        raise
    finally:
        _REQUESTS.labels(route, str(status)).inc()
        if route != "/chat":
            _SECONDS.labels(route).observe(time.perf_counter() - begun)
    return response


class ObservedBot:
    """A bot whose turns are timed by their decision, or as failures."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def turn(self, request: BotRequest) -> BotTurn:
        """Ask the bot underneath."""
        begun = time.perf_counter()
        outcome = "failure"
        try:
            turn = await self._bot.turn(request)
            outcome = turn.decision
        finally:
            _TURNS.labels(outcome).observe(time.perf_counter() - begun)
        return turn
