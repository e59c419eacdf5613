"""The sandbox as a process of its own, as it is run in earnest."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sandbox.bss.settings import ROOT
from tests.sandbox.conftest import CLIENT, basic, free_port

START_SECONDS = 60.0


@dataclass
class Process:
    """A running sandbox and a token for it."""

    origin: str
    process: "subprocess.Popen[bytes]"
    token: str = ""

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Ask; return the status and what was read of JSON."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}"}
        asked = urllib.request.Request(self.origin + path, data, headers, method=method)
        with urllib.request.urlopen(asked, timeout=10) as response:
            said = response.read()
            return response.status, json.loads(said) if said else None

    def sign_in(self) -> None:
        form = b"grant_type=client_credentials"
        asked = urllib.request.Request(self.origin + "/oauth/token", form, basic(*CLIENT))
        with urllib.request.urlopen(asked, timeout=10) as response:
            self.token = json.load(response)["access_token"]

    def wait_until_healthy(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while not self._is_healthy():
            if self.process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.05)

    def _is_healthy(self) -> bool:
        try:
            return self.ask("GET", "/healthz")[0] == 200
        except (urllib.error.URLError, ConnectionError):
            return False


def spawn(dsn: str, **environment: str) -> Process:
    """Start a sandbox on a free port."""
    port = free_port()
    told = {
        "DATABASE_URL": dsn,
        "BSS_PORT": str(port),
        "BSS_CLIENT_ID": CLIENT[0],
        "BSS_CLIENT_SECRET": CLIENT[1],
        **environment,
    }
    command = [sys.executable, "-m", "sandbox.bss"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told})
    return Process(f"http://127.0.0.1:{port}", process)


@contextmanager
def process(dsn: str, **environment: str) -> Iterator[Process]:
    """A sandbox that is healthy, stopped at the end."""
    started = spawn(dsn, **environment)
    try:
        started.wait_until_healthy()
        started.sign_in()
        yield started
    finally:
        started.process.terminate()
        assert started.process.wait(timeout=START_SECONDS) == 0
