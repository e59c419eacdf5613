"""What keeps the system from starting is told in a sentence that says what to do."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from abonent.engines.address import LOOPBACK, POSTGRES, engine_port
from abonent.errors import StartError
from abonent.settings import ROOT, Settings
from abonent.supervision import preflight


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    chosen = Settings.model_validate({"data_dir": tmp_path, **_ports(), "host": LOOPBACK})
    chosen.kept.prepare()
    return chosen


def _ports() -> dict[str, int]:
    names = ("port", "desk_port", "BOT_PORT", "ACTIONS_PORT", "BSS_PORT")
    return {name: _free() for name in names}


def _free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_second_system_on_the_same_data_is_refused(settings: Settings) -> None:
    lock = preflight.lock_installation(settings.kept)
    with pytest.raises(StartError, match=f"already running on .* \\(process {os.getpid()}\\)"):
        preflight.lock_installation(settings.kept)
    os.close(lock)


def test_a_system_whose_first_process_was_killed_is_waited_for(settings: Settings) -> None:
    holder = (
        "import os, sys, time; from pathlib import Path; from abonent.data_dir import DataDir\n"
        "from abonent.supervision.preflight import lock_installation\n"
        "lock = lock_installation(DataDir(Path(sys.argv[1])))\n"
        "os.set_inheritable(lock, True)\n"
        "if os.fork(): print('held', flush=True); os._exit(0)\n"
        "time.sleep(1.5)\n"
    )
    command = [sys.executable, "-c", holder, str(settings.data_dir)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert process.wait() == 0
        os.close(preflight.lock_installation(settings.kept))


def test_a_taken_port_is_named_with_its_setting(settings: Settings) -> None:
    with socket.create_server((LOOPBACK, settings.port)):
        told = rf"port {settings.port} is taken by another program: choose another with PORT="
        with pytest.raises(StartError, match=told):
            preflight.check_ports(settings)


def test_an_embedded_engine_takes_another_port_where_its_own_is_taken(settings: Settings) -> None:
    port = engine_port(settings.kept, POSTGRES)
    with socket.create_server((LOOPBACK, port)):
        preflight.check_ports(settings)
        assert engine_port(settings.kept, POSTGRES) != port


def test_a_full_disk_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "LEAST_FREE_BYTES", 2**62)
    with pytest.raises(StartError, match=r"the disk of DATA_DIR .* is full"):
        preflight.check_disk(settings.kept)


def test_a_host_that_is_none_is_told(tmp_path: Path) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path, "host": "no such host"})
    with pytest.raises(StartError, match=r"HOST no such host is no address of this machine"):
        preflight.check_ports(settings)


def test_a_server_of_our_own_takes_another_port_unless_its_is_configured(tmp_path: Path) -> None:
    ports = {"port": _free(), "desk_port": _free()}
    chosen = Settings.model_validate({"data_dir": tmp_path, **ports})
    chosen.kept.prepare()
    usual = chosen.bss_port
    with socket.create_server((LOOPBACK, usual)):
        preflight.check_ports(chosen)
        assert chosen.bss_port != usual
        insisted = Settings.model_validate({"data_dir": tmp_path, **ports, "BSS_PORT": usual})
        with pytest.raises(StartError, match="BSS_PORT"):
            preflight.check_ports(insisted)
