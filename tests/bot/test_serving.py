"""Starting the server only as it is meant to run."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.tracker_store import InMemoryTrackerStore

from abonent_bot import project, serving
from abonent_bot.answers import Answers
from abonent_bot.tracker_store import CompactTrackerStore


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")
    monkeypatch.setenv("ACTIONS_URL", "http://127.0.0.1:1")


@pytest.mark.parametrize("name", ["REDIS_URL", "ACTIONS_URL"])
def test_says_what_is_not_set(model: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(serving.NotConfigured, match=name):
        serving.make_app(model, "token")


def test_starts_without_valkey(model: Path) -> None:
    models = serving.Models()
    processor = models.load(model)
    assert models.use(processor).model == model.name
    assert isinstance(models.store, CompactTrackerStore)
    assert isinstance(processor.nlg, Answers)
    assert processor.tracker_store is models.store


@pytest.mark.filterwarnings("ignore:Tracker store with type")
def test_stops_when_rasa_falls_back_to_another_store(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    misspelt = tmp_path / "endpoints.yml"
    text = project.ENDPOINTS.read_text(encoding="utf-8")
    misspelt.write_text(text.replace("CompactTrackerStore", "CompactTrackerStor"), encoding="utf-8")
    monkeypatch.setattr(project, "ENDPOINTS", misspelt)
    with pytest.raises(serving.NotConfigured, match=InMemoryTrackerStore.__name__):
        serving.Models()


def test_finds_the_model_of_the_data_and_no_other(
    model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models, read = serving.Models(), project.fingerprint_at_start
    monkeypatch.setenv("DATA_DIR", str(model.parents[1]))
    assert models.newest() == model
    monkeypatch.setattr(project, "fingerprint_at_start", lambda: "another operator's")
    with pytest.raises(serving.NoModel, match="restart the bot"):
        models.newest()
    monkeypatch.setattr(project, "fingerprint_at_start", read)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with pytest.raises(serving.NoModel, match="train one"):
        models.newest()


@pytest.mark.parametrize("kept", [0, 100_000])
def test_a_damaged_model_is_told_by_name(model: Path, tmp_path: Path, kept: int) -> None:
    damaged = tmp_path / model.name
    damaged.write_bytes(model.read_bytes()[:kept])
    with pytest.raises(serving.NoModel, match=f"{model.name} cannot be read"):
        serving.Models().load(damaged)
