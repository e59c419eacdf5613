"""A model appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from abonent_bot import project, training


def test_the_model_is_small_and_whole(model: Path) -> None:
    import tarfile

    with tarfile.open(model) as archive:
        names = archive.getnames()
    assert any(name.endswith("metadata.json") for name in names)
    assert not [name for name in names if name.endswith((".pkl", ".joblib", ".h5"))]
    assert model.stat().st_size < 80_000_000


def test_the_model_is_packed_quickly(model: Path) -> None:
    with model.open("rb") as packed:
        header = packed.read(10)
    # RFC 1952: the ninth byte is 2 after the hardest packing, 4 after the fastest.
    assert header[8] == 4


def test_a_failed_training_leaves_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(scratch: Path) -> Path:
        (scratch / "half.tar.gz").write_bytes(b"half")
        raise training.TrainingFailed("no")

    monkeypatch.setattr(training, "_train_into", fail)
    folders = project.Folders(tmp_path / "models", tmp_path / "logs")
    with pytest.raises(training.TrainingFailed):
        training.train(folders)
    assert list(folders.models.iterdir()) == []


def test_old_models_are_forgotten(tmp_path: Path) -> None:
    import os

    for age in range(5):
        path = tmp_path / f"abonent-{age}.tar.gz"
        path.write_bytes(b"")
        os.utime(path, (age, age))
    training._forget_old(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "abonent-2.tar.gz",
        "abonent-3.tar.gz",
        "abonent-4.tar.gz",
    ]
