"""Faults on demand: what a BSS does on a bad day."""

import asyncio
from typing import Annotated, Literal

import msgspec
from aiohttp import web

from sandbox.bss.wire import answer, error, read

MOST_FAULTS = 50


class Fault(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What happens to requests whose path begins so; ``times`` None is until it is taken back."""

    path: Annotated[str, msgspec.Meta(pattern="^/", max_length=300)]
    mode: Literal["slow", "status", "nonsense", "drop"]
    status: Annotated[int, msgspec.Meta(ge=400, le=599)] = 503
    seconds: Annotated[float, msgspec.Meta(ge=0, le=120)] = 10
    times: Annotated[int, msgspec.Meta(ge=1, le=100_000)] | None = None


class Faults:
    """The faults of this process."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    async def add(self, request: web.Request) -> web.Response:
        """``POST /sandbox/faults``."""
        fault, sent = await read(request, Fault)
        self._faults = [*self._faults, fault][-MOST_FAULTS:]
        return answer(sent, 201)

    async def clear(self, _request: web.Request) -> web.Response:
        """``DELETE /sandbox/faults``."""
        self._faults = []
        return web.Response(status=204)

    async def strike(self, request: web.Request) -> web.StreamResponse | None:
        """Do to a request what is to be done; None lets it pass."""
        fault = self._next(request.path)
        if fault is None:
            return None
        match fault.mode:
            case "slow":
                await asyncio.sleep(fault.seconds)
                return None
            case "status":
                return error(fault.status, "fault", "a fault that was asked for")
            case "nonsense":
                return web.Response(text='{"id": <h1>It works!</h1>', content_type="text/html")
            case "drop":
                return _drop(request)

    def _next(self, path: str) -> Fault | None:
        fault = next((each for each in self._faults if path.startswith(each.path)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            self._faults = [each for each in self._faults if each.times != 0]
        return fault


def _drop(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
