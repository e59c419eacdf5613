"""``/healthz``, ``/readyz`` and ``/metrics``."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import msgspec
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

CHECK_SECONDS = 3.0

Check = Callable[[], Awaitable[bool]]


class Health:
    """Knows what a process needs, by name, and asks whether it answers."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks

    def routes(self) -> list[web.RouteDef]:
        """The addresses, for an application's router."""
        return [
            web.get("/healthz", self._alive),
            web.get("/readyz", self._ready),
            web.get("/metrics", self._metrics),
        ]

    async def missing(self) -> list[str]:
        """The names of what does not answer now."""
        answers = await asyncio.gather(*(_answers(check) for check in self._checks.values()))
        return [name for name, answer in zip(self._checks, answers, strict=True) if not answer]

    async def _alive(self, request: web.Request) -> web.Response:
        del request
        return web.Response(text="alive\n")

    async def _ready(self, request: web.Request) -> web.Response:
        del request
        missing = await self.missing()
        body = {"ready": not missing, "missing": missing}
        return web.Response(
            status=503 if missing else 200,
            body=msgspec.json.encode(body),
            content_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    async def _metrics(self, request: web.Request) -> web.Response:
        del request
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _answers(check: Check) -> bool:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await check()
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it does not answer
        return False
