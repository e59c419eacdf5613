"""Where the embedded engines listen, kept in `DATA_DIR` so that every process finds them."""

import random
import socket
from enum import Enum
from urllib.parse import quote

from abonent.data_dir import DataDir
from abonent.errors import EngineError

LOOPBACK = "127.0.0.1"
POSTGRES = "postgres"
VALKEY = "valkey"
DATABASE = "abonent"
OWNER = "abonent"
# Below the range the kernel gives to outgoing connections, so that none takes it meanwhile.
_PORTS = range(20_000, 32_000)
_TRIES = 200


class InnerServer(Enum):
    """Servers that only this system calls, on loopback, with the port each has if it is free."""

    BOT = ("bot", 5005)
    ACTIONS = ("actions", 5055)
    BSS = ("bss", 8090)


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Tell whether a server could listen on a port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def engine_port(kept: DataDir, engine: str, usual: int | None = None) -> int:
    """Return the port of an embedded server, choosing it the first time: the usual, if free."""
    return int(kept.keep(f"{engine}.port", lambda: str(_first_choice(usual))))


def _first_choice(usual: int | None) -> int:
    return usual if usual is not None and is_free(usual) else free_port()


def inner_port(kept: DataDir, server: InnerServer) -> int:
    """Return the port of an inner server, choosing it the first time."""
    name, usual = server.value
    return engine_port(kept, name, usual)


def choose_port_again(kept: DataDir, engine: str, usual: int | None = None) -> int:
    """Give a server that is not running another port if its own is taken by now."""
    port = engine_port(kept, engine, usual)
    if is_free(port):
        return port
    port = free_port()
    kept.write(f"{engine}.port", str(port))
    return port


def postgres_dsn(kept: DataDir, database: str = DATABASE) -> str:
    """Return the embedded PostgreSQL's address for asyncpg."""
    password = quote(kept.secret(f"{POSTGRES}.password"), safe="")
    return f"postgresql://{OWNER}:{password}@{LOOPBACK}:{engine_port(kept, POSTGRES)}/{database}"


def valkey_dsn(kept: DataDir) -> str:
    """Return the embedded Valkey's address."""
    password = quote(kept.secret(f"{VALKEY}.password"), safe="")
    return f"redis://:{password}@{LOOPBACK}:{engine_port(kept, VALKEY)}/0"


def free_port() -> int:
    """Return a port of this machine that nobody listens on.

    Raises:
        EngineError: none was found.
    """
    for _ in range(_TRIES):
        port = random.choice(_PORTS)  # noqa: S311
        if is_free(port):
            return port
    raise EngineError("no free port between 20000 and 32000 on 127.0.0.1")
