"""FastCharLR."""

from __future__ import annotations

from pathlib import Path

import pytest
from components import progress
from components.classifier import FastCharLR
from components.intent_model import IntentModel, Steps

TEXTS = [
    "сколько денег на счету", "какой у меня баланс", "проверить баланс", "баланс покажи",
    "остаток на счете", "деньги на счету есть", "мой баланс", "скажи баланс счета",
    "потерял телефон", "украли телефон", "симку украли", "телефон потерялся вчера",
    "заблокируйте украли", "потеряла симку", "вытащили телефон", "украли симку сегодня",
]  # fmt: skip
INTENTS = ["check_balance"] * 8 + ["sim_lost"] * 8


@pytest.fixture(scope="module")
def learnt() -> IntentModel:
    # Of sixteen messages few runs of letters occur as often as the settings in use ask for.
    return IntentModel.fit(TEXTS, INTENTS, {**FastCharLR.get_default_config(), "min_count": 2})


@pytest.mark.parametrize(
    ("text", "intent"), [("балансс мой", "check_balance"), ("телефн украли", "sim_lost")]
)
def test_understands_what_it_has_not_seen(learnt: IntentModel, text: str, intent: str) -> None:
    ranking, known = learnt.ranking(text)
    assert ranking[0]["name"] == intent
    assert known > 0.5
    assert sum(one["confidence"] for one in ranking) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("text", ["", "👍", "余额是多少", "...", "\u200b"])
def test_knows_nothing_of_what_it_cannot_read(learnt: IntentModel, text: str) -> None:
    ranking, known = learnt.ranking(text)
    assert known == 0.0
    assert not ranking or known < 0.35


def test_is_the_same_after_being_stored(learnt: IntentModel, tmp_path: Path) -> None:
    learnt.save(tmp_path)
    restored = IntentModel.load(tmp_path)
    for text in TEXTS:
        before, after = learnt.ranking(text)[0], restored.ranking(text)[0]
        assert before[0]["name"] == after[0]["name"]
        assert before[0]["confidence"] == pytest.approx(after[0]["confidence"], abs=0.02)
    assert not list(tmp_path.glob("*.pkl"))


def test_progress_of_things_done_side_by_side_only_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    monkeypatch.setattr(progress, "_listeners", [lambda share, _: told.append(share)])
    steps = Steps(0.1, 0.6, 2)
    first, second = steps.next(), steps.next()
    for tell, done in ((first, 0.5), (second, 0.25), (second, 1.0), (first, 1.0)):
        tell(done)
    assert told == pytest.approx([0.25, 0.325, 0.55, 0.7])
