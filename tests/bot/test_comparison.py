"""The comparison of pipelines."""

from __future__ import annotations

import pytest
from components.classifier import FastCharLR
from components.intent_model import IntentModel

from abonent_bot.comparison import PIPELINES, Pipeline, is_apart, merged
from abonent_bot.neighbours import NeighbourModel

TEXTS = [
    "сколько денег на счету", "какой у меня баланс", "проверить баланс", "баланс покажи",
    "остаток на счете", "деньги на счету есть", "мой баланс", "скажи баланс счета",
    "потерял телефон", "украли телефон", "симку украли", "телефон потерялся вчера",
    "заблокируйте украли", "потеряла симку", "вытащили телефон", "украли симку сегодня",
]  # fmt: skip
INTENTS = ["check_balance"] * 8 + ["sim_lost"] * 8


@pytest.mark.parametrize("pipeline", PIPELINES, ids=lambda pipeline: pipeline.name)
def test_every_pipeline_learns(pipeline: Pipeline) -> None:
    kind = NeighbourModel if pipeline.is_neighbours else IntentModel
    model = kind.fit(TEXTS, INTENTS, pipeline.settings())
    ranking, _ = model.ranking("украли телефон")
    assert ranking[0]["name"] == "sim_lost"
    assert sum(one["confidence"] for one in ranking) == pytest.approx(1.0, abs=1e-4)


def test_a_pipeline_changes_only_what_it_names() -> None:
    assert merged({"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"b": 5}}) == {
        "a": {"b": 5, "c": 2},
        "d": 3,
    }
    in_use = next(one for one in PIPELINES if one.name.startswith("in use"))
    assert in_use.settings() == FastCharLR.get_default_config()


def test_the_nearest_know_nothing_of_what_they_cannot_read() -> None:
    model = NeighbourModel.fit(TEXTS, INTENTS, PIPELINES[0].settings())
    assert model.ranking("👍") == ([], 0.0)


def test_what_is_kept_apart_is_kept_apart_in_any_case() -> None:
    assert is_apart("Мой баланс") == is_apart("мой БАЛАНС")
    assert 0 < sum(map(is_apart, TEXTS)) < len(TEXTS)
