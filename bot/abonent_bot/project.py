"""Where things stand in the repository, and what decides which model fits."""

from __future__ import annotations

import hashlib
import os
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
TRAINING_DATA = [NLU, ROOT / "nlu_data" / "rules", ROOT / "nlu_data" / "stories"]


_DECIDING = [CONFIG, DOMAIN, LABELS, BOT / "operator", BOT / "components", BOT / "uv.lock"]
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
    hashed = hashlib.sha256()
    for path in sorted(_deciding_files()):
        hashed.update(str(path.relative_to(ROOT)).encode())
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()[:16]


def _deciding_files() -> set[Path]:
    files: set[Path] = set()
    for place in [*_DECIDING, *TRAINING_DATA]:
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
