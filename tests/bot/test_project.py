"""What decides which model fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from abonent_bot import project
from abonent_bot.training import ProgressLine


def test_the_same_files_have_the_same_fingerprint() -> None:
    assert project.fingerprint() == project.fingerprint()


@pytest.mark.parametrize("touched", ["CONFIG", "LABELS"])
def test_another_file_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, touched: str
) -> None:
    file = tmp_path / "x.yml"
    file.write_text("a: 1")
    monkeypatch.setattr(project, "ROOT", tmp_path)
    monkeypatch.setattr(project, "_DECIDING", [file])
    monkeypatch.setattr(project, "TRAINING_DATA", [])
    before = project.fingerprint()
    file.write_text(f"a: {touched}")
    assert project.fingerprint() != before


def test_what_a_server_reads_once_has_a_fingerprint_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator, data = tmp_path / "operator.yml", tmp_path / "money.uk.yml"
    monkeypatch.setattr(project, "ROOT", tmp_path)
    monkeypatch.setattr(project, "_AT_START", [operator])
    monkeypatch.setattr(project, "TRAINING_DATA", [data])
    operator.write_text("a: 1")
    before = project.fingerprint_at_start()
    data.write_text("a: 1")
    assert project.fingerprint_at_start() == before
    operator.write_text("a: 2")
    assert project.fingerprint_at_start() != before


def test_everything_a_model_is_made_of_is_in_it() -> None:
    names = {path.name for path in project._files_in([*project._DECIDING, *project.TRAINING_DATA])}
    assert {
        "config.yml",
        "uv.lock",
        "demo.yml",
        "classifier.py",
        "labels.yml",
        "money.uk.yml",
        "everyday.yml",
    } <= names
    assert "test_nlu.yml" not in names


def test_models_and_logs_follow_data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    folders = project.Folders.from_environment()
    assert (folders.models, folders.logs) == (tmp_path / "models", tmp_path / "logs")
    assert project.model_path(folders).name.startswith("abonent-")


def test_tells_progress_in_lines(capfd: pytest.CaptureFixture[str]) -> None:
    ProgressLine(as_lines=True)(0.5, "learning")
    assert capfd.readouterr().out == "progress 0.500 learning\n"


def test_is_silent_until_done_where_no_terminal_is(capfd: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(as_lines=False)
    line(0.5, "learning")
    assert capfd.readouterr().out == ""
    line(1.0, "done")
    assert capfd.readouterr().out.startswith("trained in")
