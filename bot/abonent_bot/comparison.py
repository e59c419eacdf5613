"""Several pipelines on the same data: how well each understands, how fast, how large."""

from __future__ import annotations

import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from abonent_bot import project
from abonent_bot.evaluation import cases_in
from abonent_bot.measures import Case, Outcome, calibration_error, macro_f1, table
from abonent_bot.neighbours import NeighbourModel
from abonent_bot.thresholds import Judged, price_rows, prices, thresholds_of
from components.classifier import FastCharLR, thesaurus_from
from components.intent_model import IntentModel
from components.repair import Repairer

Ranked = tuple[list[dict[str, Any]], float]
Examples = Sequence[tuple[str, str]]
SHOWN_PRICES = 12
HELD_OUT_SHARE = 5


@dataclass(frozen=True)
class Pipeline:
    """A way to classify, as data: what it changes of the settings in use."""

    name: str
    changes: dict[str, Any] = field(default_factory=dict)
    is_neighbours: bool = False

    def settings(self) -> dict[str, Any]:
        """Return the settings in use with this pipeline's changes."""
        return merged(FastCharLR.get_default_config(), self.changes)


_NO_CONCEPTS = {"concepts": 0}
_LEMMAS = {"stems": 0, "concepts": 0}
_LETTERS = {"words": 0, **_LEMMAS}
_WORDS = {"smallest": 1, "largest": 0, "words": 2, **_LEMMAS}
_NO_LINEAR = {"linear": {"epochs": 0}}

PIPELINES = (
    Pipeline("words, linear", {"networks": 0, "view": _WORDS}),
    Pipeline("letters, linear", {"networks": 0, "view": _LETTERS}),
    Pipeline("letters + lemmas, linear", {"networks": 0, "view": _LEMMAS}),
    Pipeline("letters + lemmas, nearest examples", {"view": _LEMMAS}, is_neighbours=True),
    Pipeline("letters + lemmas, network", {"networks": 1, "view": _LEMMAS, **_NO_LINEAR}),
    Pipeline("letters + lemmas, linear + network", {"networks": 1, "view": _LEMMAS}),
    Pipeline("letters + lemmas, linear + 2 networks", {"networks": 2, "view": _LEMMAS}),
    Pipeline("the same and stems", {"view": _NO_CONCEPTS}),
    Pipeline("in use: the same and concepts"),
    Pipeline("the same, 3 networks", {"networks": 3}),
)

COLUMNS = (
    "pipeline", "ru", "uk", "en", "typos", "surzhyk", "strange", "held out", "ECE",
    "p50 ms", "p99 ms", "MB", "learn s",
)  # fmt: skip


def merged(settings: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return settings with changes, nested ones too."""
    return settings | {
        key: merged(settings[key], value) if isinstance(value, dict) else value
        for key, value in changes.items()
    }


def report(tests: Path) -> str:
    """Return the table of pipelines, and that of thresholds for the one in use."""
    examples = _examples()
    repairer = Repairer.fit(
        ((text, language) for text, _, language in examples), margin=REPAIR_MARGIN
    )
    cases = [
        Case(case.set, repairer.repaired(case.text).text, case.intent, case.language)
        for case in cases_in(tests)
    ]
    learnt = [(text, intent) for text, intent, _ in examples if not is_apart(text)]
    apart = [(text, intent) for text, intent, _ in examples if is_apart(text)]
    rows = [_row(pipeline, learnt, apart, cases) for pipeline in PIPELINES]
    return table([COLUMNS, *rows]) + "\n\n" + _thresholds(learnt, apart)


REPAIR_MARGIN = 0.35


def is_apart(text: str) -> bool:
    """Tell whether a training message is kept apart here: one in five, by its words alone."""
    return zlib.crc32(text.casefold().encode()) % HELD_OUT_SHARE == 0


def _examples() -> list[tuple[str, str, str]]:
    read = project.training_importer().get_nlu_data().intent_examples
    return [
        (one.get("text"), one.get("intent"), (one.get("metadata") or {}).get("language", "en"))
        for one in read
    ]


def _row(
    pipeline: Pipeline, learnt: Examples, apart: Examples, cases: Sequence[Case]
) -> tuple[str, ...]:
    started = time.process_time()
    model = _fitted(pipeline, learnt)
    seconds = time.process_time() - started
    ranking, size = _as_served(model)
    measured, times = _understood(ranking, cases)
    held_out, _ = _understood(ranking, [Case("apart", text, intent, "") for text, intent in apart])
    return (
        pipeline.name,
        *(f"{macro_f1(_of(measured, name)):.3f}" for name in SETS),
        f"{_right(_of(measured, 'out_of_scope')):.3f}",
        f"{_right(held_out):.3f}",
        f"{calibration_error(held_out):.3f}",
        f"{np.percentile(times, 50):.2f}",
        f"{np.percentile(times, 99):.2f}",
        f"{size / 1e6:.0f}",
        f"{seconds:.0f}",
    )


SETS = ("plain.ru", "plain.uk", "plain.en", "typos", "surzhyk")


def _fitted(pipeline: Pipeline, learnt: Examples) -> IntentModel | NeighbourModel:
    texts, intents = [text for text, _ in learnt], [intent for _, intent in learnt]
    if pipeline.is_neighbours:
        return NeighbourModel.fit(texts, intents, pipeline.settings())
    settings = pipeline.settings()
    return IntentModel.fit(texts, intents, settings, thesaurus_from(settings))


def _as_served(model: IntentModel | NeighbourModel) -> tuple[Callable[[str], Ranked], int]:
    """Return the model as a server would have it, read from its files, and their size."""
    if isinstance(model, NeighbourModel):
        return model.ranking, model.size
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model.save(folder)
        return IntentModel.load(folder).ranking, sum(one.stat().st_size for one in folder.iterdir())


def _understood(
    ranking: Callable[[str], Ranked], cases: Sequence[Case]
) -> tuple[list[Outcome], list[float]]:
    outcomes, times = [], []
    for case in cases:
        started = time.perf_counter()
        ranked, _ = ranking(case.text)
        times.append((time.perf_counter() - started) * 1000)
        name = str(ranked[0]["name"]) if ranked else ""
        confidence = float(ranked[0]["confidence"]) if ranked else 0.0
        first = tuple(str(one["name"]) for one in ranked[:3])
        outcomes.append(Outcome(case, name, name, "answer", "", first, confidence))
    return outcomes, times


def _of(outcomes: Sequence[Outcome], name: str) -> list[Outcome]:
    return [one for one in outcomes if one.case.set == name]


def _right(outcomes: Sequence[Outcome]) -> float:
    return sum(one.is_right for one in outcomes) / len(outcomes)


def _thresholds(learnt: Examples, apart: Examples) -> str:
    in_use = next(one for one in PIPELINES if one.name.startswith("in use"))
    model = _fitted(in_use, learnt)
    judged = [Judged(*model.ranking(text), intent) for text, intent in apart]
    found = prices(judged, thresholds_of(project.CONFIG))
    return table(price_rows(found[:SHOWN_PRICES]))
