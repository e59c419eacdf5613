"""`abonent operator add` works beside a running system and without one."""

import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from abonent.settings import ROOT, Settings
from tests.engines import EngineSession


def add(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "abonent", "operator", "add", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder)},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_system_the_engine_runs_for_the_moment(tmp_path: Path) -> None:
    said = add(tmp_path, "olena", "--role", "operator", "--password-stdin", typed="зимова казка\n")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.splitlines() == ["login: olena", "password: зимова казка"]
    again = add(tmp_path, "olena", "--role", "operator")
    assert again.returncode == 1
    assert again.stderr == "there is an operator olena already.\n"
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


async def test_beside_a_running_server_all_options_are_kept(engines: EngineSession) -> None:
    options = ["--role", "supervisor", "--skill", "money", "--skill", "roaming"]
    options += ["--language", "uk", "--language", "en", "--capacity", "7"]
    said = add(engines.folder, "taras", *options)
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[0] == "login: taras"
    assert len(said.stdout.splitlines()[1].removeprefix("password: ")) >= 12
    settings = Settings.model_validate({"data_dir": engines.folder})
    connection = await asyncpg.connect(settings.database_dsn)
    row = await connection.fetchrow("SELECT * FROM operator WHERE login = 'taras'")
    await connection.close()
    assert row is not None
    assert (row["role"], row["capacity"]) == ("supervisor", 7)
    assert (list(row["skills"]), list(row["languages"])) == (["money", "roaming"], ["uk", "en"])
    assert row["password_hash"].startswith("$argon2id$")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["x", "--role", "boss"], "'boss' is not one of"),
        (["x", "--role", "operator", "--language", "pl"], "'pl' is not one of"),
        (["x", "--role", "operator", "--capacity", "51"], "less than or equal to 50"),
        (["x"], "Missing option '--role'"),
        ([" ", "--role", "operator"], "the name must be 1 to 64 printable characters"),
        (["x", "--role", "operator", "--password-stdin"], "no password on standard input"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_made(
    tmp_path: Path, arguments: list[str], told: str
) -> None:
    said = add(tmp_path, *arguments)
    assert said.returncode != 0
    assert told in said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "postgres").exists()
