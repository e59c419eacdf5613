"""The embedded engines as tests use them: started once, databases cloned for each test."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from abonent.engines.address import POSTGRES, VALKEY
from abonent.settings import ROOT, Settings

START_SECONDS = 60.0


class EngineSession:
    """A PostgreSQL and a Valkey of the session's own, in a folder of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._environment = {**os.environ, **(environment or {}), "DATA_DIR": str(folder)}
        self._settings = Settings(data_dir=folder, database_url=None, redis_url=None)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def postgres_dsn(self) -> str:
        return self._settings.database_dsn

    @property
    def redis_dsn(self) -> str:
        return self._settings.redis_dsn

    def start(self) -> None:
        """Start both servers and return when both take connections."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._processes = {name: self._spawn(name) for name in (POSTGRES, VALKEY)}
        for name, process in self._processes.items():
            self._wait_until_ready(name, process)

    def stop(self) -> None:
        """Stop both servers."""
        for process in self._processes.values():
            process.send_signal(signal.SIGINT)
        for process in self._processes.values():
            process.wait(timeout=START_SECONDS)

    def pid(self, name: str) -> int:
        """Return the number of a server's process."""
        return self._processes[name].pid

    def _spawn(self, name: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "abonent", "engine", name],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _wait_until_ready(self, name: str, process: subprocess.Popen[bytes]) -> None:
        give_up = time.monotonic() + START_SECONDS
        while "ready to accept connections" not in (said := self._said(name)).lower():
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{name} did not start:\n{said}")
            time.sleep(0.02)

    def _said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")


async def clone_database(server_dsn: str, *, template: str, name: str | None = None) -> str:
    """Make a database that is a copy of a template; return its address."""
    name = name or f"test_{secrets.token_hex(6)}"
    await _administer(server_dsn, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlsplit(server_dsn)._replace(path=f"/{name}").geturl()


async def drop_database(server_dsn: str, dsn: str) -> None:
    """Drop a test's database, closing what is still connected to it."""
    name = urlsplit(dsn).path.removeprefix("/")
    await _administer(server_dsn, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _administer(server_dsn: str, statement: str) -> None:
    connection = await _connection(server_dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _connection(server_dsn: str) -> asyncpg.Connection:
    give_up = time.monotonic() + START_SECONDS
    while True:
        try:
            return await asyncpg.connect(server_dsn)
        except asyncpg.CannotConnectNowError:
            # It listens a moment before it lets anybody in.
            if time.monotonic() > give_up:
                raise
        await asyncio.sleep(0.05)
