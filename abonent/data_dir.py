"""What an installation keeps beside its databases: secrets, ports and locks under `DATA_DIR`."""

import contextlib
import fcntl
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from abonent.errors import DataDirError

PRIVATE = 0o600


class DataDir:
    """The files an installation makes once and keeps, each readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def logs(self) -> Path:
        """Where every process writes its log."""
        return self.path / "logs"

    @property
    def run(self) -> Path:
        """Where what belongs to the running system lies: locks and generated configuration."""
        return self.path / "run"

    def prepare(self) -> None:
        """Make the folders and prove that they can be written to."""
        probe = self.run / f".probe-{os.getpid()}"
        try:
            for folder in (self.path, self.logs, self.run):
                folder.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"x" * 4096)
            probe.unlink()
        except OSError as error:
            raise DataDirError(
                f"cannot write to DATA_DIR {self.path}: {error.strerror}. "
                "Free some space or name another folder in DATA_DIR."
            ) from error

    def read(self, name: str) -> str | None:
        """Return what is kept under a name, if anything is."""
        try:
            return (self.path / name).read_text().strip() or None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreadable(name, error) from error

    def write(self, name: str, value: str) -> None:
        """Keep a value under a name, whole or not at all."""
        draft = self._draft(name, value)
        draft.replace(self.path / name)

    def keep(self, name: str, make: Callable[[], str]) -> str:
        """Return what is kept under a name, making it the first time.

        Any number of processes may ask at once: all of them get the same value.
        """
        kept = self.read(name)
        if kept is not None:
            return kept
        draft = self._draft(name, make())
        with contextlib.suppress(FileExistsError):
            os.link(draft, self.path / name)
        draft.unlink()
        return self.read(name) or self._replace_empty(name, make())

    def secret(self, name: str) -> str:
        """Return a random secret of this installation, made the first time it is asked for."""
        return self.keep(name, lambda: secrets.token_urlsafe(32))

    def _replace_empty(self, name: str, value: str) -> str:
        self.write(name, value)
        return value

    def _draft(self, name: str, value: str) -> Path:
        target = self.path / name
        draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
        try:
            draft.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
            with os.fdopen(descriptor, "w") as file:
                file.write(value + "\n")
                file.flush()
                os.fsync(descriptor)
        except OSError as error:
            raise self._unreadable(name, error) from error
        return draft

    def _unreadable(self, name: str, error: OSError) -> DataDirError:
        return DataDirError(f"cannot use {self.path / name}: {error.strerror}.")


def try_lock(path: Path) -> int | None:
    """Take an exclusive lock on a file.

    The lock lasts as long as any process holds the returned descriptor open, its children
    included, so it outlives `exec` and falls when the last of them dies.

    Returns:
        The open descriptor, or None if another process holds the lock.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError as error:
        raise DataDirError(f"cannot use {path}: {error.strerror}.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
