"""Measure understanding on messages that were never trained on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from abonent_bot.goals import GOALS
from abonent_bot.measures import Case, Outcome, calibration_error, macro_f1, mean, table
from abonent_bot.understanding import Understanding
from components.decision import FALLBACK, PERSON_WANTED

COLUMNS = (
    "set", "n", "right", "macro-F1", "top-3", "answered", "wrong", "asked", "ECE", "language",
)  # fmt: skip


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
        confidence=parsed["ranking"][0]["confidence"] if ranking else 0.0,
    )


def report(model: Path, tests: Path) -> str:
    """Return the tables for a model."""
    understanding = Understanding(model)
    outcomes = [outcome_of(case, understanding.parse(case.text)) for case in cases_in(tests)]
    return "\n\n".join([by_set(outcomes), of_persons(outcomes), of_goals(outcomes)])


def by_set(outcomes: Sequence[Outcome]) -> str:
    """Return the table of all sets, those of several languages also by language."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.case.set].append(outcome)
        if "." not in outcome.case.set:
            groups[f"{outcome.case.set}.{outcome.case.language}"].append(outcome)
        elif outcome.case.set.startswith("plain."):
            groups["plain"].append(outcome)
    return table([COLUMNS, *(_row(name, groups[name]) for name in sorted(groups))])


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
        f"{calibration_error(outcomes):.3f}",
        _share(one.language == one.case.language for one in spoken),
    )


def of_persons(outcomes: Sequence[Outcome]) -> str:
    """Return what no goal counts: a person neither called nor offered."""
    person = [one for one in outcomes if one.case.intent == PERSON_WANTED]
    unseen = _share(one.best != PERSON_WANTED for one in person)
    return table([("asks for a person, neither called nor offered", unseen)])


def of_goals(outcomes: Sequence[Outcome]) -> str:
    """Return the table of what is to be reached and what is."""
    return table([("to reach", "goal", "measured", ""), *(goal.row(outcomes) for goal in GOALS)])


def _share(values: Iterable[bool]) -> str:
    share = mean(values)
    return "-" if share is None else f"{share:.3f}"
