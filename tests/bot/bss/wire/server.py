"""A server that speaks the protocol as well, or as badly, as a test wants."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from actions.bss import Settings

CLIENT, SECRET = "bot", "secret-of-the-tests"
TOKEN = "/oauth/token"
BUCKET = "/tmf-api/prepayBalanceManagement/v4/bucket"
TOP_UP = "/tmf-api/prepayBalanceManagement/v4/topupBalance"
TRANSFER = "/tmf-api/prepayBalanceManagement/v4/transferBalance"
PRODUCT = "/tmf-api/productInventory/v4/product"
OFFERING = "/tmf-api/productCatalogManagement/v4/productOffering"
ORDER = "/tmf-api/productOrderingManagement/v4/productOrder"
USAGE = "/tmf-api/usageManagement/v4/usage"
TICKET = "/tmf-api/troubleTicket/v4/troubleTicket"
MESSAGES = "/messages"

Behaviour = Callable[["Asked"], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    request: web.Request
    body: Any

    @property
    def query(self) -> dict[str, str]:
        return dict(self.request.query)

    @property
    def token(self) -> str:
        return self.request.headers.get("Authorization", "").removeprefix("Bearer ")


@dataclass
class Server:
    """Answers each method and path with its behaviours in turn; the last one stays."""

    behaviours: dict[tuple[str, str], list[Behaviour]] = field(default_factory=dict)
    asked: list[tuple[str, str, Asked]] = field(default_factory=list)
    tokens: int = 0
    good_tokens: set[str] = field(default_factory=set)
    token_seconds: float = 600
    _running: TestServer | None = None

    @property
    def settings(self) -> Settings:
        assert self._running is not None
        url = str(self._running.make_url("")).rstrip("/")
        return Settings(url, url + TOKEN, url, CLIENT, SECRET)

    def on(self, method: str, path: str, *behaviours: Behaviour) -> None:
        self.behaviours[method, path] = list(behaviours)

    def requests(self, method: str, path: str) -> list[Asked]:
        return [asked for one, other, asked in self.asked if (one, other) == (method, path)]

    async def start(self) -> None:
        self.on("POST", TOKEN, self.grant)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._running = TestServer(app)
        await self._running.start_server()

    async def stop(self) -> None:
        assert self._running is not None
        await self._running.close()

    async def grant(self, asked: Asked) -> web.StreamResponse:
        credentials = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        assert asked.request.headers["Authorization"] == f"Basic {credentials}"
        assert asked.body == "grant_type=client_credentials"
        await asyncio.sleep(0.02)
        self.tokens += 1
        token = f"token-{self.tokens}"
        self.good_tokens.add(token)
        said = {"access_token": token, "token_type": "bearer", "expires_in": self.token_seconds}
        return web.json_response(said)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        text = await request.text()
        is_json = request.content_type == "application/json"
        asked = Asked(request, json.loads(text) if is_json else text)
        self.asked.append((request.method, request.path, asked))
        if request.path != TOKEN and asked.token not in self.good_tokens:
            return refused(401)
        behaviours = self.behaviours[request.method, request.path]
        behaviour = behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        return await behaviour(asked)


def says(
    content: object, status: int = 200, *, total: int | None = None, after: float = 0
) -> Behaviour:
    """Answer with JSON, maybe late."""

    async def behave(_: Asked) -> web.StreamResponse:
        await asyncio.sleep(after)
        headers = {} if total is None else {"X-Total-Count": str(total)}
        return web.json_response(content, status=status, headers=headers)

    return behave


def refused(status: int, code: str = "60", reason: str = "no") -> web.Response:
    """The specifications' ``Error``."""
    return web.json_response({"code": code, "reason": reason}, status=status)


def refuses(status: int, code: str = "60", reason: str = "no") -> Behaviour:
    """Answer with an ``Error``."""

    async def behave(_: Asked) -> web.StreamResponse:
        return refused(status, code, reason)

    return behave


def raw(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Behaviour:
    """Answer with these bytes."""

    async def behave(_: Asked) -> web.StreamResponse:
        return web.Response(body=body, status=status, headers=headers)

    return behave


async def drops(asked: Asked) -> web.StreamResponse:
    """Break the connection off instead of answering."""
    assert asked.request.transport is not None
    asked.request.transport.abort()
    return web.Response()
