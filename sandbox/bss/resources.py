"""The resources of the six specifications: lists, single ones, and what can be posted."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.bss import query as queries
from sandbox.bss.errors import NotFound
from sandbox.bss.query import Path, Query
from sandbox.bss.wire import Document, answer

All = Callable[[Query, datetime], Awaitable[Sequence[Document]]]
One = Callable[[str, datetime], Awaitable[Document | None]]
Make = Callable[[web.Request, datetime], Awaitable[Document]]


@dataclass(frozen=True)
class Resource:
    """A kind of resource: where it stands and how it is got.

    Attributes:
        base: The base path of its specification.
        name: Its name there.
        needed: Attributes its specification requires: they come whatever ``fields`` says.
        also: Further places where a filter's path looks.
    """

    base: str
    name: str
    all: All
    one: One
    make: Make | None = None
    needed: frozenset[str] = frozenset()
    also: Mapping[Path, tuple[Path, ...]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"{self.base}/{self.name}"


class Serving:
    """Serves one kind of resource over HTTP."""

    def __init__(self, resource: Resource, origin: str, clock: Callable[[], datetime]) -> None:
        self._resource = resource
        self._origin = origin
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """Its addresses; whatever else is asked of them is a 405."""
        path = self._resource.path
        routes = [
            web.get(path, self.list, allow_head=False),
            web.get(f"{path}/{{id}}", self.single, allow_head=False),
        ]
        if self._resource.make:
            routes.append(web.post(path, self.create))
        return routes

    async def list(self, request: web.Request) -> web.Response:
        """A page of those that meet the filters; 206 if it is not all of them."""
        query = queries.parse(request.query.items(), self._resource.also)
        page = queries.select(await self._resource.all(query, self._clock()), query)
        counts = {"X-Total-Count": str(page.total), "X-Result-Count": str(len(page.items))}
        status = 200 if len(page.items) == page.total else 206
        items = [self._shown(each, query.fields) for each in page.items]
        return answer(items, status, counts)

    async def single(self, request: web.Request) -> web.Response:
        """One by its id."""
        fields = queries.parse_fields(request.query.items())
        wanted = request.match_info["id"]
        document = await self._resource.one(wanted, self._clock())
        if document is None:
            raise NotFound(f"no {self._resource.name} {wanted[:60]!r}")
        return answer(self._shown(document, fields))

    async def create(self, request: web.Request) -> web.Response:
        """A new one."""
        if self._resource.make is None:
            raise web.HTTPMethodNotAllowed("POST", ["GET"])
        document = self._shown(await self._resource.make(request, self._clock()), None)
        return answer(document, 201, {"Location": document["href"]})

    def _shown(self, document: Document, fields: frozenset[str] | None) -> Document:
        href = f"{self._origin}{self._resource.path}/{quote(document['id'], safe='')}"
        shown: dict[str, Any] = {"id": document["id"], "href": href}
        shown |= {n: v for n, v in document.items() if n != "href" and not n.startswith("_")}
        return queries.trim(shown, fields, self._resource.needed)
