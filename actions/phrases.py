"""Pieces of answers, such as the lines of a list, worded in the domain like whole ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

DOMAIN = Path(__file__).resolve().parents[1] / "bot" / "domain"

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def phrased(
    variations: Sequence[Mapping[str, Any]], language: str, facts: Mapping[str, str]
) -> str:
    """Return a response's text in a language, filled in with these facts alone.

    Raises:
        KeyError: it tells a fact that is not given.
    """
    fitting = [one for one in variations if _language_of(one) == language]
    plain = [one for one in variations if _language_of(one) is None]
    return _PLACE.sub(lambda place: facts[place[1]], str([*fitting, *plain][0]["text"]))


def _language_of(variation: Mapping[str, Any]) -> str | None:
    return next((str(one["value"]) for one in variation.get("condition") or []), None)


@lru_cache(maxsize=1)
def domain_responses() -> dict[str, list[dict[str, Any]]]:
    """Return the domain's responses, read once: the bot need not send them with every call."""
    responses: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(DOMAIN.glob("*.yml")):
        told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        responses.update(told.get("responses") or {})
    return responses
