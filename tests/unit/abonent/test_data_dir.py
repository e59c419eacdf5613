"""What is kept in `DATA_DIR` is made once, is private, and outlives any crash whole."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from abonent.data_dir import DataDir, try_lock
from abonent.errors import DataDirError


def test_a_kept_value_is_made_once(tmp_path: Path) -> None:
    kept = DataDir(tmp_path / "new")
    numbers = count()
    assert kept.keep("port", lambda: str(next(numbers))) == "0"
    assert kept.keep("port", lambda: str(next(numbers))) == "0"


def test_all_who_ask_at_once_get_the_same_secret(tmp_path: Path) -> None:
    kept = DataDir(tmp_path)
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(lambda _: kept.secret("key"), range(64)))
    assert len(secrets) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_secret_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    DataDir(tmp_path).secret("key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_an_empty_file_counts_as_nothing_kept(tmp_path: Path) -> None:
    (tmp_path / "key").touch()
    kept = DataDir(tmp_path)
    assert kept.read("key") is None
    assert kept.secret("key") == kept.secret("key") != ""


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataDirError, match=r"cannot write to DATA_DIR .*: Not a directory"):
        DataDir(tmp_path / "file" / "data").prepare()


def test_a_full_disk_is_told_plainly(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from abonent.data_dir import DataDir\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "DataDir(Path(sys.argv[1])).prepare()\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert "cannot write to DATA_DIR" in said.stderr
    assert "File too large" in said.stderr


def test_a_lock_is_held_by_one_and_falls_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "run" / "lock"
    descriptor = try_lock(path)
    assert descriptor is not None
    assert try_lock(path) is None
    os.close(descriptor)
    again = try_lock(path)
    assert again is not None
    os.close(again)
