"""Where things stand in the repository, and what decides which model fits."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Importing Rasa takes seconds, and most commands only need the paths.
    from components.importer import LanguageAwareImporter

ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bot"
CONFIG = BOT / "config.yml"
DOMAIN = BOT / "domain"
ENDPOINTS = ROOT / "endpoints.yml"
OPERATOR = BOT / "operator" / "demo.yml"
LABELS = BOT / "labels.yml"
NLU = ROOT / "nlu_data" / "nlu"
TESTS = ROOT / "nlu_data" / "test"
THESAURUS = ROOT / "nlu_data" / "thesaurus"
TRAINING_DATA = [NLU, ROOT / "nlu_data" / "rules", ROOT / "nlu_data" / "stories"]


_DECIDING = [
    CONFIG,
    DOMAIN,
    LABELS,
    THESAURUS,
    BOT / "operator",
    BOT / "components",
    BOT / "uv.lock",
]
_AT_START = [LABELS, BOT / "operator", BOT / "components", BOT / "abonent_bot", BOT / "uv.lock"]
"""What a server reads once: a model made with another of these is none for it."""
_KINDS = {".yml", ".py", ".lock"}


@dataclass(frozen=True)
class Folders:
    """Where models and logs are kept."""

    models: Path
    logs: Path

    @classmethod
    def from_environment(cls) -> Folders:
        """Read DATA_DIR; ``data`` in the repository when it is not set."""
        data = Path(os.environ.get("DATA_DIR") or ROOT / "data")
        return cls(data / "models", data / "logs")


def fingerprint() -> str:
    """Return a hash of everything that decides what a model would be."""
    return _hash_of([*_DECIDING, *TRAINING_DATA])


def fingerprint_at_start() -> str:
    """Return a hash of what a running server has read and does not read again."""
    return _hash_of(_AT_START)


def _hash_of(places: Iterable[Path]) -> str:
    hashed = hashlib.sha256()
    for path in sorted(_files_in(places)):
        hashed.update(str(path.relative_to(ROOT)).encode())
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()[:16]


def _files_in(places: Iterable[Path]) -> set[Path]:
    files: set[Path] = set()
    for place in places:
        found = place.rglob("*") if place.is_dir() else [place]
        files |= {path for path in found if path.suffix in _KINDS and path.is_file()}
    return files


def model_path(folders: Folders) -> Path:
    """Return where the fitting model stands once it is trained."""
    return folders.models / f"abonent-{fingerprint()}.tar.gz"


def training_importer() -> LanguageAwareImporter:
    """Return the reader of everything a model is trained on."""
    from components.importer import LanguageAwareImporter

    existing = [str(path) for path in TRAINING_DATA if path.exists()]
    return LanguageAwareImporter(str(CONFIG), str(DOMAIN), existing)
