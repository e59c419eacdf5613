"""The SQL of the sandbox, by the names that stand above each statement in ``sql/``."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "sql"
_HEADING = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def statement(name: str) -> str:
    """The statement of this name; ``KeyError`` if no file has it."""
    return _all()[name]


@cache
def schema() -> str:
    """What makes the schema, if it is not there yet."""
    return (_FOLDER / "schema.sql").read_text(encoding="utf-8")


@cache
def _all() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.glob("*.sql")):
        parts = _HEADING.split(path.read_text(encoding="utf-8"))
        for name, sql in zip(parts[1::2], parts[2::2], strict=True):
            if name in found:
                raise ValueError(f"{path.name} names {name} a second time")
            found[name] = sql.strip().rstrip(";")
    return found
