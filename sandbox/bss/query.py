"""Queries of lists, as TMF630 writes them: filters, fields, sort and pages. Pure."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.bss.errors import Malformed
from sandbox.bss.wire import Document

DEFAULT_LIMIT = 20
MOST_LIMIT = 100

_COMPARISONS = ("gt", "gte", "lt", "lte")
_SEGMENT = re.compile(r"@?[A-Za-z][A-Za-z0-9_-]{0,60}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")
_MOST_SEGMENTS = 8

Path = tuple[str, ...]
Comparable = float | datetime


@dataclass(frozen=True)
class Condition:
    """A filter: any of the paths leads to a value that compares so with ``value``."""

    paths: tuple[Path, ...]
    comparison: str
    value: str


@dataclass(frozen=True)
class Query:
    """What is asked of a list."""

    conditions: tuple[Condition, ...] = ()
    fields: frozenset[str] | None = None
    offset: int = 0
    limit: int = DEFAULT_LIMIT
    sort: tuple[tuple[Path, bool], ...] = ()


@dataclass(frozen=True)
class Page:
    """A part of a list, and how long the whole list is."""

    items: list[Document]
    total: int


def parse(
    pairs: Iterable[tuple[str, str]], also: Mapping[Path, tuple[Path, ...]] | None = None
) -> Query:
    """Read the query of a list; ``also`` are further places where a path looks.

    Raises:
        Malformed: Something in it cannot be understood.
    """
    own, filters = _split(pairs)
    return Query(
        conditions=tuple(_condition(name, value, also or {}) for name, value in filters),
        fields=_fields(own.get("fields", "")),
        offset=_whole("offset", own.get("offset", "0"), least=0),
        limit=min(_whole("limit", own.get("limit", str(DEFAULT_LIMIT)), least=0), MOST_LIMIT),
        sort=tuple(_order(word) for word in own["sort"].split(",")) if own.get("sort") else (),
    )


def parse_fields(pairs: Iterable[tuple[str, str]]) -> frozenset[str] | None:
    """Read the query of a single resource; None is everything."""
    return _fields(_split(pairs)[0].get("fields", ""))


def select(documents: Sequence[Document], query: Query) -> Page:
    """Filter, sort and cut a list."""
    found = [each for each in documents if all(_meets(each, c) for c in query.conditions)]
    for path, descending in reversed(query.sort):
        found = _sorted(found, path, descending=descending)
    return Page(found[query.offset : query.offset + query.limit], len(found))


def trim(document: Document, fields: frozenset[str] | None, needed: frozenset[str]) -> Document:
    """Leave the attributes asked for, and those a resource always has."""
    if fields is None:
        return document
    kept = fields | needed | {"id", "href"}
    return {name: value for name, value in document.items() if name in kept}


def values(node: object, path: Path) -> Iterator[Any]:
    """All that a path leads to: lists count as their items, characteristics by their name."""
    if isinstance(node, list):
        for item in node:
            yield from values(item, path)
    elif not path:
        yield node
    elif isinstance(node, dict):
        if path[0] in node:
            yield from values(node[path[0]], path[1:])
        elif node.get("name") == path[0] and "value" in node:
            yield from values(node["value"], path[1:])


def _split(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    own: dict[str, str] = {}
    filters = []
    for name, value in pairs:
        if name not in ("fields", "offset", "limit", "sort"):
            filters.append((name, value))
        elif name in own:
            raise Malformed(f"{name} is said twice")
        else:
            own[name] = value
    return own, filters


def _whole(name: str, said: str, *, least: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,4000}", said) or int(said) < least:
        raise Malformed(f"{name} is not a whole number from {least} up: {said[:40]!r}")
    return int(said)


def _fields(said: str) -> frozenset[str] | None:
    return frozenset(word.strip() for word in said.split(",")) if said.strip() else None


def _path(said: str) -> Path:
    path = tuple(said.split("."))
    if len(path) > _MOST_SEGMENTS or not all(_SEGMENT.fullmatch(word) for word in path):
        raise Malformed(f"not the path of an attribute: {said[:60]!r}")
    return path


def _order(word: str) -> tuple[Path, bool]:
    word = word.strip()
    return _path(word.lstrip("+-")), word.startswith("-")


def _condition(name: str, value: str, also: Mapping[Path, tuple[Path, ...]]) -> Condition:
    path = _path(name)
    comparison = "eq"
    if len(path) > 1 and path[-1] in (*_COMPARISONS, "eq"):
        *_, comparison = path
        path = path[:-1]
    if comparison != "eq" and _comparable(value) is None:
        raise Malformed(f"{name} compares with a number or a time, not with {value[:40]!r}")
    return Condition((path, *also.get(path, ())), comparison, value)


def _meets(document: Document, condition: Condition) -> bool:
    found = (value for path in condition.paths for value in values(document, path))
    if condition.comparison == "eq":
        wanted = {condition.value, *condition.value.split(",")}
        return any(_is_one_of(value, wanted) for value in found)
    border = _comparable(condition.value)
    return any(_compares(_comparable(value), condition.comparison, border) for value in found)


def _is_one_of(value: object, wanted: set[str]) -> bool:
    if isinstance(value, bool):
        return str(value).lower() in wanted
    if isinstance(value, str):
        return value in wanted
    if isinstance(value, int | float):
        return any(_comparable(word) == value for word in wanted)
    return False


def _comparable(value: object) -> Comparable | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str):
        return None
    if _DATE.fullmatch(value):
        return _time(value)
    return _real(value)


def _real(said: str) -> float | None:
    try:
        number = float(said)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _time(said: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _compares(value: Comparable | None, comparison: str, border: Comparable | None) -> bool:
    if isinstance(value, datetime) and isinstance(border, datetime):
        return _ordered(value, comparison, border)
    if isinstance(value, int | float) and isinstance(border, int | float):
        return _ordered(value, comparison, border)
    return False


def _ordered(value: Any, comparison: str, border: Any) -> bool:
    if value == border:
        return comparison.endswith("e")
    return bool(value > border) is comparison.startswith("g")


def _sorted(documents: list[Document], path: Path, *, descending: bool) -> list[Document]:
    """Sort; what has no such attribute stays at the end either way."""
    having: list[tuple[tuple[int, Any], Document]] = []
    lacking: list[Document] = []
    for document in documents:
        key = _sort_key(next(values(document, path), None))
        if key is None:
            lacking.append(document)
        else:
            having.append((key, document))
    if descending:
        # Of those that are alike the later one comes first, as it would by a finer clock.
        having.reverse()
    having.sort(key=lambda pair: pair[0], reverse=descending)
    return [document for _, document in having] + lacking


def _sort_key(value: object) -> tuple[int, Any] | None:
    comparable = _comparable(value)
    if isinstance(comparable, datetime):
        return 1, comparable
    if comparable is not None and not isinstance(value, str):
        return 0, comparable
    return (2, value) if isinstance(value, str) else None
