"""SMS: taken from the operator's systems, and read on the sandbox phone."""

import ipaddress
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from aiohttp import web

from sandbox.bss.database import Database
from sandbox.bss.documents import is_number
from sandbox.bss.errors import NotFound, NotLocal
from sandbox.bss.statements import statement
from sandbox.bss.wire import answer, moment, read

KEPT = 200
_PAGE = Path(__file__).with_name("phone.html")
_NO_NUL = r"^[^\x00]+$"
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'; base-uri 'none'; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Sms(msgspec.Struct, kw_only=True):
    """A message to be sent."""

    to: Annotated[str, msgspec.Meta(pattern=r"^\+[1-9][0-9]{6,14}$")]
    text: Annotated[str, msgspec.Meta(pattern=_NO_NUL, min_length=1, max_length=1600)]
    id: Annotated[str, msgspec.Meta(pattern=_NO_NUL, min_length=1, max_length=200)]


class Phone:
    """The messages of all numbers."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """Sending with a token; reading on this machine only."""
        return [
            web.post("/messages", self.send),
            web.get("/phone", self.page, allow_head=False),
            web.get("/phone/{number}", self.page, allow_head=False),
            web.get("/phone/{number}/messages", self.messages, allow_head=False),
        ]

    async def send(self, request: web.Request) -> web.Response:
        """``POST /messages``: the same ``id`` is sent once."""
        sms, _ = await read(request, Sms)
        number = sms.to.removeprefix("+")
        async with self._database.transaction() as connection:
            arguments = (sms.id, number, sms.text, self._clock())
            await connection.execute(statement("add_message"), *arguments)
            await connection.execute(statement("forget_messages"), number, KEPT)
        return answer({"id": sms.id, "status": "accepted"}, 202)

    async def page(self, request: web.Request) -> web.Response:
        """The phone."""
        require_local(request)
        page = _PAGE.read_text(encoding="utf-8")
        return web.Response(text=page, content_type="text/html", headers=_PAGE_HEADERS)

    async def messages(self, request: web.Request) -> web.Response:
        """What the phone shows, the newest first."""
        require_local(request)
        number = request.match_info["number"].removeprefix("+")
        if not is_number(number):
            raise NotFound("not a number")
        async with self._database.connection() as connection:
            rows = await connection.fetch(statement("messages"), number)
        shown = [{"id": row["id"], "text": row["text"], "at": moment(row["at"])} for row in rows]
        return answer(shown, headers={"Cache-Control": "no-store"})


def require_local(request: web.Request) -> None:
    """Raise ``NotLocal`` unless somebody on this machine asks, for this machine.

    The name asked for counts too: a page on the web could have its own name lead here.
    """
    forwarded = {"X-Forwarded-For", "Forwarded"} & set(request.headers)
    host = request.url.host or ""
    if forwarded or not is_loopback(request.remote or "") or not is_local_name(host):
        raise NotLocal("the sandbox phone is for this machine only")


def is_loopback(address: str) -> bool:
    """Whether an address never leaves the machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def is_local_name(host: str) -> bool:
    """Whether a host's name or address is the machine's own."""
    return host == "localhost" or is_loopback(host)
