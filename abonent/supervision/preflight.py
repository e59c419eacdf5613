"""What must be true before the system can be started, told plainly when it is not."""

import os
import shutil
import socket
import time

from abonent.data_dir import DataDir, try_lock
from abonent.engines.address import (
    LOOPBACK,
    POSTGRES,
    VALKEY,
    InnerServer,
    choose_port_again,
    is_free,
)
from abonent.errors import StartError
from abonent.settings import Settings

LEAST_FREE_BYTES = 200 * 1024 * 1024
STOPPING_SECONDS = 60.0


def lock_installation(kept: DataDir) -> int:
    """Lock the `DATA_DIR` for one running system.

    Whoever inherits the returned descriptor holds the lock too. A system whose first process
    was killed is still stopping: that is waited for.

    Raises:
        StartError: a system is running on it.
    """
    give_up = time.monotonic() + STOPPING_SECONDS
    while (descriptor := try_lock(kept.run / "up.lock")) is None:
        holder = kept.read("run/up.pid")
        if holder is None or _is_alive(int(holder)) or time.monotonic() > give_up:
            raise StartError(
                f"Abonent is already running on {kept.path} (process {holder or 'unknown'}). "
                "Stop it first, or name another folder in DATA_DIR and other ports."
            )
        time.sleep(0.1)
    kept.write("run/up.pid", str(os.getpid()))
    return descriptor


def check_disk(kept: DataDir) -> None:
    """Refuse to start on a disk that is about to be full."""
    free = shutil.disk_usage(kept.path).free
    if free < LEAST_FREE_BYTES:
        raise StartError(
            f"the disk of DATA_DIR {kept.path} is full: {free // 2**20} MB are free, "
            f"{LEAST_FREE_BYTES // 2**20} MB are needed."
        )


def check_ports(settings: Settings) -> None:
    """Refuse to start where a port is taken; servers of our own on loopback take another."""
    _check_host(settings.host)
    taken = [
        f"port {port} is taken by another program: choose another with {name}=..."
        for name, host, port in _fixed_ports(settings)
        if not is_free(port, host)
    ]
    if taken:
        raise StartError("\n".join(taken))
    if settings.database_url is None:
        choose_port_again(settings.kept, POSTGRES)
    if settings.redis_url is None:
        choose_port_again(settings.kept, VALKEY)
    for server, own in _inner_ports(settings):
        if own is None:
            choose_port_again(settings.kept, *server.value)


def _check_host(host: str) -> None:
    try:
        socket.getaddrinfo(host, None)
    except OSError as error:
        raise StartError(f"HOST {host} is no address of this machine: {error.strerror}.") from error


def _fixed_ports(settings: Settings) -> list[tuple[str, str, int]]:
    ports = [
        ("PORT", settings.host, settings.port),
        ("DESK_PORT", settings.host, settings.desk_port),
    ]
    for server, own in _inner_ports(settings):
        if own is not None:
            ports.append((f"{server.name}_PORT", LOOPBACK, own))
    return ports


def _inner_ports(settings: Settings) -> list[tuple[InnerServer, int | None]]:
    """The servers of our own on loopback, with their ports where the configuration says them."""
    ports: list[tuple[InnerServer, int | None]] = []
    if settings.bot_url is None:
        ports.append((InnerServer.BOT, settings.bot_own_port))
        ports.append((InnerServer.ACTIONS, settings.actions_own_port))
    if settings.bss_own_url is None:
        ports.append((InnerServer.BSS, settings.bss_own_port))
    return ports


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
