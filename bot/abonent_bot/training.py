"""Train the model that fits the data at hand."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from abonent_bot import project, quiet
from components import progress

KEPT_MODELS = 3


class TrainingFailed(Exception):
    """Rasa made no model; the log says why."""


def train(folders: project.Folders) -> Path:
    """Train and return the path of the new model; the model appears whole or not at all.

    Raises:
        TrainingFailed: no model came out.
    """
    quiet.log_to(folders.logs / "train.log")
    target = project.model_path(folders)
    folders.models.mkdir(parents=True, exist_ok=True)
    progress.report(0.02, "loading")
    with tempfile.TemporaryDirectory(dir=folders.models, prefix=".training-") as scratch:
        with _screen_to(folders.logs / "train.log"):
            made = _train_into(Path(scratch))
        made.replace(target)
    progress.report(1.0, "done")
    _forget_old(folders.models)
    return target


def _train_into(scratch: Path) -> Path:
    """Train on the importer alone.

    Rasa's public entry wraps the importer in layers for end-to-end stories and retrieval intents,
    of which there are none here, and hashes every example again in each.
    """
    from rasa.model_training import _train_graph
    from rasa.shared.data import TrainingType

    with _packed_lightly():
        result = _train_graph(
            project.training_importer(),
            TrainingType.BOTH,
            output_path=str(scratch),
            fixed_model_name="model",
            force_full_training=True,
        )
    if result.code or not result.model:
        raise TrainingFailed(f"rasa ended with code {result.code}")
    return Path(result.model)


@contextlib.contextmanager
def _packed_lightly() -> Iterator[None]:
    """Let Rasa pack a model in a quarter of the time.

    It packs as hard as gzip can, and what is learnt hardly shrinks: six seconds for 2 % less.
    """
    from rasa.engine.storage import local_model_storage

    hard = local_model_storage.TarSafe

    def gzopen(cls: Any, *args: Any, **kwargs: Any) -> Any:
        return hard.gzopen.__func__(cls, *args, compresslevel=1, **kwargs)

    local_model_storage.TarSafe = type("Light", (hard,), {"gzopen": classmethod(gzopen)})
    try:
        yield
    finally:
        local_model_storage.TarSafe = hard


def _forget_old(models: Path) -> None:
    kept = sorted(models.glob("abonent-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for old in kept[:-KEPT_MODELS]:
        old.unlink(missing_ok=True)


@contextlib.contextmanager
def _screen_to(log: Path) -> Iterator[None]:
    """Send what Rasa and its children print to the log; descriptors, since git prints too."""
    sys.stdout.flush()
    kept = os.dup(1), os.dup(2)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        os.close(kept[0])
        os.close(kept[1])


class ProgressLine:
    """Draws progress: a bar on a terminal, or ``progress SHARE TEXT`` lines for a supervisor."""

    WIDTH = 30

    def __init__(self, *, as_lines: bool) -> None:
        self._as_lines = as_lines
        # Rasa's output is sent to the log by descriptor, so the bar needs one of its own.
        self._stream: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8")
        self._is_terminal = self._stream.isatty()
        self._started = time.monotonic()

    def __call__(self, share: float, doing: str) -> None:
        """Show that so much is done."""
        if self._as_lines:
            self._stream.write(f"progress {share:.3f} {doing}\n")
        elif self._is_terminal:
            filled = int(share * self.WIDTH)
            bar = "#" * filled + "-" * (self.WIDTH - filled)
            seconds = time.monotonic() - self._started
            ending = "\n" if share >= 1 else ""
            self._stream.write(
                f"\rtraining [{bar}] {share:4.0%} {seconds:3.0f} s {doing:<20}{ending}"
            )
        elif share >= 1:
            self._stream.write(f"trained in {time.monotonic() - self._started:.0f} s\n")
        self._stream.flush()
