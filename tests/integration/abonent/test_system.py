"""The whole system starts whole, is whole again after any death, and stops whole."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from abonent.settings import ROOT
from tests.system import System

NAMES = {"postgres", "valkey", "sandbox", "actions", "bot", "desk", "gateway"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_whatever_is_killed_is_started_again(system: System, name: str) -> None:
    assert set(system.pids()) == NAMES
    others = {other: pid for other, pid in system.pids().items() if other != name}
    killed = system.kill(name)
    assert system.wait_until_started_again(name, killed) != killed
    system.wait_until_ready()
    assert f"{name} ended (terminated by SIGKILL): starting it again" in system.told()
    still = system.pids()
    assert {other: still[other] for other in others} == others


def test_a_second_system_on_the_same_data_is_refused_and_harms_nothing(system: System) -> None:
    before = system.pids()
    with pytest.raises(RuntimeError, match="Abonent is already running on"):
        system.run("up")
    assert system.pids() == before


def test_commands_work_beside_the_running_system(system: System) -> None:
    system.wait_until_ready()
    assert system.add_operator("beside", "--language", "uk")
    typed = "скільки в мене грошей\nhow much money do I have\n"
    lines = [json.loads(line) for line in system.run("nlu", "parse", typed=typed).splitlines()]
    assert [line["text"] for line in lines] == typed.splitlines()
    assert [line["language"] for line in lines] == ["uk", "en"]
    told = system.run("doctor")
    for subject in ("postgresql", "valkey", "bot server", "desk", "gateway"):
        assert f"ok  {subject}" in told
    assert "The bot now has abonent-" in system.run("nlu", "reload")


def test_it_stops_whole_and_keeps_its_data(tmp_path: Path) -> None:
    own = System(tmp_path / "a folder with spaces")
    own.start()
    family = [psutil.Process(pid) for pid in own.pids().values()]
    password = own.add_operator("keeper")
    own.stop()
    assert [process for process in family if process.is_running()] == []
    assert "Stopped." in own.told()
    with pytest.raises(RuntimeError, match="there is an operator keeper already"):
        own.add_operator("keeper")
    with pytest.raises(RuntimeError, match="no bot answers at"):
        own.run("nlu", "reload")
    assert password not in own.told()


def test_it_stops_whole_before_it_is_ready(tmp_path: Path) -> None:
    own = System(tmp_path / "data")
    own.begin()
    while set(own.pids()) != NAMES:
        time.sleep(0.02)
    family = [psutil.Process(pid) for pid in own.pids().values()]
    own.stop()
    assert [process for process in family if process.is_running()] == []


def test_the_supervisor_itself_is_started_again(tmp_path: Path) -> None:
    own = System(tmp_path / "data")
    own.start()
    before = own.pids()
    os.kill(int((tmp_path / "data/run/supervisord.pid").read_text()), signal.SIGKILL)
    for name, killed in before.items():
        own.wait_until_started_again(name, killed)
    own.wait_until_ready()
    own.stop()
    assert "The supervisor ended unasked (status -9)" in own.told()


def test_nothing_is_left_when_the_first_process_is_killed(tmp_path: Path) -> None:
    own = System(tmp_path / "data")
    own.start()
    family = [psutil.Process(pid) for pid in own.pids().values()]
    own.kill_supervisor()
    gone, alive = psutil.wait_procs(family, timeout=60)
    assert alive == []
    assert len(gone) == len(NAMES)


def test_a_taken_port_is_told_before_anything_is_started(system: System, tmp_path: Path) -> None:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": str(system.settings.port)}
    (tmp_path / "models").symlink_to(system.folder / "models")
    said = subprocess.run(
        [sys.executable, "-m", "abonent", "up"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert f"port {system.settings.port} is taken by another program" in said.stderr
    assert not (tmp_path / "postgres").exists()
