"""Measure understanding on messages that were never trained on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from abonent_bot.understanding import Understanding
from components.decision import FALLBACK, PERSON_WANTED

COLUMNS = ("set", "n", "right", "macro-F1", "top-3", "answered", "wrong", "asked", "language")


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

    @property
    def is_right(self) -> bool:
        """Tell whether the most probable intent is the right one."""
        return self.best == self.case.intent

    @property
    def is_wrong(self) -> bool:
        """Tell whether the subscriber would get something else than asked for."""
        return self.decision != "clarify" and self.decided != self.case.intent


def cases_in(folder: Path) -> list[Case]:
    """Read every test file."""
    cases = []
    for path in sorted(folder.glob("*.yml")):
        loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for entry in loaded["nlu"]:
            language = (entry.get("metadata") or {}).get("language") or path.name.split(".")[-2]
            cases += [
                Case(path.name.removesuffix(".yml"), text, entry["intent"], language)
                for text in _texts(entry["examples"])
            ]
    return cases


def _texts(examples: Any) -> list[str]:
    if isinstance(examples, str):
        lines = (line.strip() for line in examples.splitlines())
        return [line[2:].strip() for line in lines if line.startswith("- ")]
    return [one["text"].strip().removeprefix("- ") for one in examples]


def outcome_of(case: Case, parsed: dict[str, Any]) -> Outcome:
    """Compare a parse with what was meant."""
    ranking = [ranked["intent"] for ranked in parsed["ranking"]]
    return Outcome(
        case,
        best=ranking[0] if ranking else FALLBACK,
        decided=parsed["intent"],
        decision=parsed["decision"],
        language=parsed["language"],
        first_three=tuple(ranking[:3]),
    )


def macro_f1(outcomes: Sequence[Outcome]) -> float:
    """Return the mean F1 over the intents that were asked."""
    asked = sorted({outcome.case.intent for outcome in outcomes})
    return sum(_f1(intent, outcomes) for intent in asked) / len(asked)


def _f1(intent: str, outcomes: Sequence[Outcome]) -> float:
    right = sum(outcome.is_right and outcome.best == intent for outcome in outcomes)
    said = sum(outcome.best == intent for outcome in outcomes)
    meant = sum(outcome.case.intent == intent for outcome in outcomes)
    return 2 * right / (said + meant) if said + meant else 0.0


def report(model: Path, tests: Path) -> str:
    """Return the tables for a model."""
    understanding = Understanding(model)
    outcomes = [outcome_of(case, understanding.parse(case.text)) for case in cases_in(tests)]
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.case.set].append(outcome)
        if "." not in outcome.case.set:
            groups[f"{outcome.case.set}.{outcome.case.language}"].append(outcome)
    rows = [_row(name, groups[name]) for name in sorted(groups)]
    return _table([COLUMNS, *rows]) + "\n\n" + _promises(outcomes)


def _row(name: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    spoken = [one for one in outcomes if one.case.language in ("ru", "uk", "en")]
    return (
        name,
        str(len(outcomes)),
        _share(one.is_right for one in outcomes),
        f"{macro_f1(outcomes):.3f}",
        _share(one.case.intent in one.first_three for one in outcomes),
        _share(one.decision != "clarify" for one in outcomes),
        _share(one.is_wrong for one in outcomes),
        _share(one.decision == "clarify" for one in outcomes),
        _share(one.language == one.case.language for one in spoken),
    )


def _promises(outcomes: Sequence[Outcome]) -> str:
    strange = [one for one in outcomes if one.case.intent == "out_of_scope"]
    person = [one for one in outcomes if one.case.intent == PERSON_WANTED]
    others = [one for one in outcomes if one.case.intent != PERSON_WANTED]
    return _table(
        [
            ("out of scope answered as something else", _share(one.is_wrong for one in strange)),
            ("asks for a person, missed", _share(one.decision == "answer" for one in person)),
            (
                "asks for a person, neither called nor offered",
                _share(one.best != PERSON_WANTED for one in person),
            ),
            (
                "handed over without being asked",
                _share(one.decided == PERSON_WANTED for one in others),
            ),
        ]
    )


def _share(values: Iterable[bool]) -> str:
    known = list(values)
    return f"{sum(known) / len(known):.3f}" if known else "-"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
