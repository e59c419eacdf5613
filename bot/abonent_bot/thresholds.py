"""The bot's thresholds: where they stand, and what they cost on messages not trained on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from components.decision import PERSON_WANTED, Thresholds, Verdict, decide
from components.verdict import DecisionMaker

COMPONENT = "components.verdict.DecisionMaker"

WRONG_ANSWER = 3.0
QUESTION = 1.0
NEEDLESS_HANDOFF = 2.0
MISSED_PERSON = 4.0

ANSWER = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
PERSON = (0.25, 0.35, 0.45, 0.6)
STRANGE = (0.05, 0.1, 0.2, 1.0)


@dataclass(frozen=True)
class Judged:
    """A message nobody trained on, how it is ranked, and what it means."""

    ranking: Sequence[Mapping[str, Any]]
    known_share: float
    meant: str


@dataclass(frozen=True)
class Price:
    """What thresholds cost a message on average, and how that comes about."""

    thresholds: Thresholds
    cost: float
    wrong: float
    asked: float


def thresholds_of(config: Path) -> Thresholds:
    """Return the thresholds of a ``config.yml``."""
    pipeline = YAML(typ="safe").load(config.read_text(encoding="utf-8"))["pipeline"]
    settings = next(component for component in pipeline if component["name"] == COMPONENT)
    return Thresholds.from_config({**DecisionMaker.get_default_config(), **settings})


def cost_of(verdict: Verdict, meant: str) -> float:
    """Return what a verdict costs the one who wrote the message; nothing if it is right."""
    if verdict.kind == "clarify":
        return QUESTION
    if verdict.intent == meant:
        return 0.0
    if meant == PERSON_WANTED:
        return MISSED_PERSON
    return NEEDLESS_HANDOFF if verdict.kind == "handoff" else WRONG_ANSWER


def price_of(judged: Sequence[Judged], thresholds: Thresholds) -> Price:
    """Return what thresholds cost on some messages."""
    verdicts = [decide(one.ranking, one.known_share, thresholds) for one in judged]
    pairs = list(zip(verdicts, judged, strict=True))
    asked = sum(verdict.kind == "clarify" for verdict in verdicts)
    wrong = sum(verdict.kind != "clarify" and verdict.intent != one.meant for verdict, one in pairs)
    cost = sum(cost_of(verdict, one.meant) for verdict, one in pairs)
    return Price(thresholds, cost / len(pairs), wrong / len(pairs), asked / len(pairs))


def prices(judged: Sequence[Judged], start: Thresholds) -> list[Price]:
    """Price every point of the grid, the cheapest first."""
    points = (
        replace(start, answer=answer, person=person, strange=strange)
        for answer in ANSWER
        for person in PERSON
        for strange in STRANGE
    )
    return sorted((price_of(judged, point) for point in points), key=lambda price: price.cost)


def price_rows(found: Iterable[Price]) -> list[tuple[str, ...]]:
    """Return prices as rows of a table."""
    head = ("answer", "person", "strange", "cost", "wrong", "asked")
    return [
        head,
        *(
            (
                f"{price.thresholds.answer:.2f}",
                f"{price.thresholds.person:.2f}",
                f"{price.thresholds.strange:.2f}",
                f"{price.cost:.3f}",
                f"{price.wrong:.3f}",
                f"{price.asked:.3f}",
            )
            for price in found
        ),
    ]
