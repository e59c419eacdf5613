"""Lists page by page, bounded, each item checked to be of whom it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from actions.bss.errors import BssNonsense
from actions.bss.http import Http, Resource, read_list
from actions.bss.parse import parse_total
from actions.bss.reading import Node
from actions.bss.render import Query
from actions.bss.wire import Answer

PAGE = 100
MOST = 500
_PARTIAL = 206


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Its id."""


T = TypeVar("T", bound=Identified)


@dataclass(frozen=True)
class Listing(Generic[T]):
    """The first items of a list, and how many there are in all."""

    items: tuple[T, ...]
    total: int

    @property
    def is_whole(self) -> bool:
        """Whether these are all there are."""
        return len(self.items) >= self.total


@dataclass(frozen=True)
class Search(Generic[T]):
    """What is looked for.

    ``fits`` tells whether an item is one that was asked for: a system that passes over a
    filter it does not know would answer with what belongs to somebody else.
    """

    resource: Resource
    query: Query
    parse: Callable[[Node], T]
    fits: Callable[[T], bool]


async def first(http: Http, search: Search[T], *, most: int = MOST) -> Listing[T]:
    """Return up to ``most`` items, in as many pages as that takes.

    Raises:
        BssError: see ``errors``; ``BssNonsense`` also for an item that was not asked for.
    """
    items: tuple[T, ...] = ()
    while True:
        page = await _page(http, search, offset=len(items), limit=min(PAGE, most - len(items)))
        items += page.items
        if len(items) >= min(page.total, most):
            break
        if not page.items:
            raise BssNonsense(f"{search.resource.where}: fewer items than were promised.")
    if len({item.id for item in items}) != len(items):
        raise BssNonsense(f"{search.resource.where}: the same item twice.")
    return Listing(items[:most], page.total)


async def every(http: Http, search: Search[T]) -> tuple[T, ...]:
    """Return all items.

    Raises:
        BssError: see ``errors``; ``BssNonsense`` also when they are more than anybody has.
    """
    listing = await first(http, search)
    if not listing.is_whole:
        raise BssNonsense(f"{search.resource.where}: more than {MOST} items.")
    return listing.items


async def _page(http: Http, search: Search[T], *, offset: int, limit: int) -> Listing[T]:
    def read(answer: Answer, where: str) -> Listing[T]:
        items = tuple(search.parse(node) for node in read_list(answer, where))
        if not all(search.fits(item) for item in items):
            raise BssNonsense(f"{where}: an item that was not asked for.")
        end = offset + len(items)
        said = parse_total(answer.total, where)
        untold = end + 1 if answer.status == _PARTIAL else end
        return Listing(items, untold if said is None else max(said, end))

    page = (("offset", str(offset)), ("limit", str(limit)))
    return await http.find(search.resource, (*search.query, *page), read)
