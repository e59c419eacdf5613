"""All addresses of the sandbox, on one port."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.bss.access import Access
from sandbox.bss.bss import Bss
from sandbox.bss.database import Database
from sandbox.bss.errors import Refusal, Unauthorised
from sandbox.bss.faults import Faults
from sandbox.bss.people import load_people
from sandbox.bss.phone import Phone
from sandbox.bss.resources import Serving
from sandbox.bss.seed import prepare, reset
from sandbox.bss.settings import Settings
from sandbox.bss.tokens import Tokens
from sandbox.bss.wire import answer, error, refusal

log = logging.getLogger(__name__)

BODY_LIMIT = 1024 * 1024
_SPARED = ("/healthz", "/sandbox/")
_BEARER = {"WWW-Authenticate": 'Bearer realm="bss"'}


def system_clock() -> datetime:
    """The time now."""
    return datetime.now(UTC)


@asynccontextmanager
async def opened(
    settings: Settings, clock: Callable[[], datetime] = system_clock
) -> AsyncIterator[web.Application]:
    """The application, with its schema made and its people there."""
    people = load_people()
    bss = await Bss.open(settings, people)
    try:
        await prepare(bss.database, bss.catalogue, people, clock())
        yield build_application(settings, bss, clock)
    finally:
        await bss.database.close()


def build_application(
    settings: Settings, bss: Bss, clock: Callable[[], datetime]
) -> web.Application:
    """All addresses, behind faults and tokens."""
    faults = Faults()
    access = Access(Tokens(settings.client_id, settings.client_secret), clock)
    middlewares: list[Middleware] = [_answering_errors, _striking(faults), _guarding(access)]
    application = web.Application(middlewares=middlewares, client_max_size=BODY_LIMIT)
    for resource in bss.resources():
        application.router.add_routes(Serving(resource, settings.origin, clock).routes())
    application.router.add_routes(Phone(bss.database, clock).routes())
    application.router.add_post("/oauth/token", access.token)
    application.router.add_post("/sandbox/faults", faults.add)
    application.router.add_delete("/sandbox/faults", faults.clear)
    application.router.add_post("/sandbox/reset", _resetting(bss, clock))
    application.router.add_get("/healthz", _health(bss.database))
    return application


def _resetting(bss: Bss, clock: Callable[[], datetime]) -> Handler:
    async def handler(_request: web.Request) -> web.StreamResponse:
        await reset(bss.database, bss.catalogue, load_people(), clock())
        return web.Response(status=204)

    return handler


def _health(database: Database) -> Handler:
    async def handler(_request: web.Request) -> web.StreamResponse:
        async with database.connection() as connection:
            await connection.fetchval("SELECT 1")
        return answer({"status": "ok"})

    return handler


@web.middleware
async def _answering_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say everything that goes wrong as the specifications do."""
    try:
        return await handler(request)
    except Refusal as refused:
        return refusal(refused, _BEARER if isinstance(refused, Unauthorised) else None)
    except web.HTTPException as refused:
        if refused.status < 400:
            raise
        allow = refused.headers.get("Allow")
        headers = {"Allow": allow} if allow else None
        return error(refused.status, "refused", refused.reason, headers)
    except Exception:
        log.exception("%s %s failed", request.method, request.path)
        return error(500, "internalError", "the sandbox failed; its log tells how")


def _striking(faults: Faults) -> Middleware:
    @web.middleware
    async def strike(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(_SPARED):
            return await handler(request)
        return await faults.strike(request) or await handler(request)

    return strike


def _guarding(access: Access) -> Middleware:
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        access.check(request)
        return await handler(request)

    return guard
