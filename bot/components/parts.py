"""Two requests in one message: where it may be cut, and whether both halves are requests. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

Ranking = Sequence[Mapping[str, Any]]
Classify = Callable[[str], Ranking]

URGENT = ("human_handoff", "sim_lost")
"""What is served first even if it is asked last."""
NO_REQUESTS = frozenset(
    {
        "greet", "goodbye", "thank", "affirm", "deny", "cancel", "help", "bot_challenge",
        "change_language", "out_of_scope", "complaint",
    }
)  # fmt: skip
"""What goes along with a request and is none of its own."""

_ADDED = re.compile(
    r"[\s,;.!?]+(?:"
    r"(?:и|а|да|і|та|й)\s+(?:заодно|еще|ще|також|также|до\s+речі|кстати|плюс|заразом)"
    r"|заодно|кстати|также|також|до\s+речі|заразом|плюс|(?:та|да)\s+(?:й|и)\s+ще|еще\s+вопрос"
    r"|(?:and\s+|but\s+)?(?:also|by\s+the\s+way|btw|while\s+you're\s+at\s+it|plus)"
    r")(?=[\s,:])[\s,:]*",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[\s]*[.!?;\n]+\s*(?:(?:и|а|і|and)\s+)?|,\s+(?:(?:и|а|но|і|але|та|and|but|or)\s+)?"
    r"|\s+(?:и|і|та|й|and)\s+|\s+[-\u2013\u2014]\s+",
    re.IGNORECASE,
)
SHORTEST = 4
"""Fewer letters than this ask for nothing."""
MOST_CUTS = 4
"""Each cut costs two more classifications."""


@dataclass(frozen=True)
class Part:
    """A stretch of a message and what it asks for."""

    text: str
    intent: str
    confidence: float
    ranking: Ranking = ()


class Link(Enum):
    """What stands between two halves of a message."""

    ADDED = "words that say that something is added, such as and also"
    JOINED = "and, or the end of a sentence"
    LOOSE = "a comma or a dash"


@dataclass(frozen=True)
class Cut:
    """A place where a message may fall into two requests."""

    before: str
    after: str
    link: Link


@dataclass(frozen=True)
class Bars:
    """How sure both halves must be; measured on pairs of training messages."""

    added: float
    joined: float
    loose: float
    whole: float
    """From this confidence on, a message is one request where only a comma stands between."""

    def of(self, link: Link) -> float:
        """Return how sure both halves around a link must be."""
        return {Link.ADDED: self.added, Link.JOINED: self.joined, Link.LOOSE: self.loose}[link]


def cuts_of(text: str) -> list[Cut]:
    """List the places where a message may be cut, those where something is added first."""
    spelled = text.replace("ё", "е").replace("Ё", "Е")
    places = [(found.span(), Link.ADDED) for found in _ADDED.finditer(spelled)]
    taken = [span for span, _ in places]
    places += [
        (found.span(), _link_of(found[0]))
        for found in _JOINED.finditer(spelled)
        if not any(start < found.end() and found.start() < end for start, end in taken)
    ]
    cuts = [Cut(text[:start], text[end:], link) for (start, end), link in places]
    return [cut for cut in cuts if _asks(cut.before) and _asks(cut.after)][:MOST_CUTS]


def _link_of(between: str) -> Link:
    is_joined = any(sign.isalpha() or sign in ".!?;\n" for sign in between)
    return Link.JOINED if is_joined else Link.LOOSE


def _asks(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= SHORTEST


def requests_of(text: str, whole: Ranking, classify: Classify, bars: Bars) -> list[Part]:
    """Return the two requests of a message in the order to be served, or nothing.

    Args:
        text: the message.
        whole: how the message is ranked in one piece.
        classify: ranks a piece of text.
        bars: how sure the halves must be.
    """
    is_clear = bool(whole) and float(whole[0]["confidence"]) >= bars.whole
    cuts = [cut for cut in cuts_of(text) if cut.link is not Link.LOOSE or not is_clear]
    pairs = [
        (_weight(pair, bars.of(cut.link)), pair)
        for cut in cuts
        for pair in [_halves(cut, classify)]
    ]
    weight, best = max(pairs, key=lambda one: one[0], default=(0.0, []))
    return in_order(best) if weight >= 1 else []


def _halves(cut: Cut, classify: Classify) -> list[Part]:
    parts = [(half, classify(half)) for half in (cut.before, cut.after)]
    return [
        Part(half.strip(), str(ranking[0]["name"]), float(ranking[0]["confidence"]), ranking)
        for half, ranking in parts
        if ranking and ranking[0]["name"] not in NO_REQUESTS
    ]


def _weight(pair: Sequence[Part], bar: float) -> float:
    """Return how far above its bar the weaker half is; 0 where there are no two requests."""
    if len({part.intent for part in pair}) < 2:
        return 0.0
    return min(part.confidence for part in pair) / bar


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Return the parts as they are to be served: what is urgent first, else as they were asked."""
    return sorted(parts, key=lambda part: part.intent not in URGENT)
