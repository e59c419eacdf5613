"""Knowing whether a step's inputs have changed since it was last carried out."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from abonent.settings import ROOT

_STAMPS = ROOT / ".tools" / "stamps"
_PASSED_BY = {"node_modules", "dist", "tests", "__pycache__", ".venv"}


class Stamp:
    """What a step's inputs looked like when it last succeeded."""

    def __init__(self, name: str, inputs: Iterable[Path], *, also: str = "") -> None:
        self._path = _STAMPS / name
        self._fingerprint = _fingerprint(inputs, also)

    @property
    def is_current(self) -> bool:
        """Whether nothing has changed since."""
        return self._path.is_file() and self._path.read_text() == self._fingerprint

    def set(self) -> None:
        """Note that the step has succeeded on these inputs."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(self._fingerprint)


def _fingerprint(inputs: Iterable[Path], also: str) -> str:
    digest = hashlib.sha256(also.encode())
    for path in inputs:
        for file in sorted(_files(path)):
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for child in path.iterdir():
        if child.name not in _PASSED_BY:
            yield from _files(child)
