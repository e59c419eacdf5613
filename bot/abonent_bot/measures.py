"""What is counted of understanding: pure, on outcomes that are already known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10
LANGUAGES = ("ru", "uk", "en")


@dataclass(frozen=True)
class Case:
    """A test message and what it means."""

    set: str
    text: str
    intent: str
    language: str


@dataclass(frozen=True)
class Outcome:
    """A test message and how it was understood."""

    case: Case
    best: str
    decided: str
    decision: str
    language: str
    first_three: tuple[str, ...]
    confidence: float = 1.0

    @property
    def is_right(self) -> bool:
        """Tell whether the most probable intent is the right one."""
        return self.best == self.case.intent

    @property
    def is_wrong(self) -> bool:
        """Tell whether the subscriber would get something else than asked for."""
        return self.decision != "clarify" and self.decided != self.case.intent


def macro_f1(outcomes: Sequence[Outcome]) -> float:
    """Return the mean F1 over the intents that were asked."""
    asked = sorted({outcome.case.intent for outcome in outcomes})
    return sum(_f1(intent, outcomes) for intent in asked) / len(asked)


def _f1(intent: str, outcomes: Sequence[Outcome]) -> float:
    right = sum(outcome.is_right and outcome.best == intent for outcome in outcomes)
    said = sum(outcome.best == intent for outcome in outcomes)
    meant = sum(outcome.case.intent == intent for outcome in outcomes)
    return 2 * right / (said + meant) if said + meant else 0.0


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Return how far confidence is from the share that is right, on average (ECE, ten bins)."""
    bins: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        bins.setdefault(min(int(outcome.confidence * BINS), BINS - 1), []).append(outcome)
    apart = (
        abs(sum(one.confidence for one in held) - sum(one.is_right for one in held))
        for held in bins.values()
    )
    return sum(apart) / len(outcomes) if outcomes else 0.0


def mean(values: Iterable[bool]) -> float | None:
    """Return the share that is true, or None of nothing."""
    known = list(values)
    return sum(known) / len(known) if known else None


def table(rows: Sequence[Sequence[str]]) -> str:
    """Set rows in columns, the first to the left and the others to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
