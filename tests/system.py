"""The whole system as system tests use it: started as a person would, on ports of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from abonent.engines.address import free_port
from abonent.lifeline import die_with_parent
from abonent.settings import ROOT, Settings, load_settings
from abonent.supervision.readiness import missing

START_SECONDS = 120.0
RECOVERY_SECONDS = 60.0
STOP_SECONDS = 90.0
_POLL_SECONDS = 0.05
_SPAWNED = re.compile(r"spawned: '(\S+)' with pid (\d+)")
_PORTS = ("PORT", "DESK_PORT", "BOT_PORT", "ACTIONS_PORT", "BSS_PORT")


class System:
    """`abonent up` with data of its own and the model this repository has trained."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        """Choose ports and link the model; `environment` adds to the configuration."""
        self.folder = folder
        configuration = {
            **{name: str(free_port()) for name in _PORTS},
            "DATA_DIR": str(folder),
            **(environment or {}),
        }
        self._environment = {**_unconfigured(os.environ), **configuration}
        fields = {
            str(field.validation_alias or name).upper(): field.validation_alias or name
            for name, field in Settings.model_fields.items()
        }
        self.settings = Settings.model_validate(
            {fields[name]: value for name, value in configuration.items()}
        )
        self._process: subprocess.Popen[bytes] | None = None
        _link_model(folder)

    @property
    def url(self) -> str:
        """Where the pages are; without a slash at the end."""
        return f"http://localhost:{self.settings.port}"

    @property
    def chat_url(self) -> str:
        """Where the subscriber's socket is."""
        return f"ws://localhost:{self.settings.port}/chat"

    @property
    def desk_url(self) -> str:
        """Where the operators' queue is."""
        return self.settings.desk_url

    def start(self) -> None:
        """Start everything and return when it is ready."""
        self.begin()
        self.wait_until_ready(START_SECONDS)

    def begin(self) -> None:
        """Start everything and return at once."""
        with (self.folder / "up.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "abonent", "up"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_tests,  # noqa: PLW1509 - it only asks the kernel
            )

    def stop(self) -> None:
        """Stop everything in good order, as Ctrl-C does."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        status = self._process.wait(timeout=STOP_SECONDS)
        self._process = None
        if status != 0:
            raise RuntimeError(f"the system stopped with status {status}:\n{self.told()}")

    def wait_until_ready(self, timeout_seconds: float = RECOVERY_SECONDS) -> None:
        """Return when everything answers."""
        self._wait(lambda: missing(self.settings) is None, timeout_seconds, "ready")

    def pids(self) -> dict[str, int]:
        """Return the number of each supervised process that is there now, by name."""
        last = {name: int(pid) for name, pid in _SPAWNED.findall(self.log("supervisor"))}
        return {name: pid for name, pid in last.items() if _is_there(pid)}

    def kill(self, name: str) -> int:
        """Kill a process the hard way; return the number it had."""
        pid = self.pids()[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    def kill_supervisor(self) -> None:
        """Kill `abonent up` itself the hard way; everything must go with it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self, name: str) -> None:
        """Make a process hang; it is there, and answers nothing."""
        os.kill(self.pids()[name], signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a hanging process go on."""
        os.kill(self.pids()[name], signal.SIGCONT)

    def wait_until_started_again(
        self, name: str, killed: int, timeout_seconds: float = RECOVERY_SECONDS
    ) -> int:
        """Return the new number of a process that was killed."""
        self._wait(
            lambda: self.pids().get(name, killed) != killed,
            timeout_seconds,
            f"running with another {name}",
        )
        return self.pids()[name]

    def add_operator(self, login: str, *options: str, role: str = "operator") -> str:
        """Make an operator's account with the command line; return its password."""
        said = self.run("operator", "add", login, "--role", role, *options)
        return said.splitlines()[-1].removeprefix("password: ")

    def run(self, *arguments: str, typed: str = "") -> str:
        """Run one of the commands beside the system; return what it printed."""
        result = subprocess.run(
            [sys.executable, "-m", "abonent", *arguments],
            cwd=ROOT,
            env=self._environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(
                f"abonent {' '.join(arguments)} failed:\n{result.stdout}{result.stderr}"
            )
        return result.stdout

    def log(self, name: str) -> str:
        """Return what a process has written."""
        path = self.settings.kept.logs / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def told(self) -> str:
        """Return what `abonent up` has told the person at the terminal."""
        return (self.folder / "up.log").read_text(errors="replace")

    def _wait(self, is_done: Callable[[], bool], timeout_seconds: float, what: str) -> None:
        give_up = time.monotonic() + timeout_seconds
        while not is_done():
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"the system is not running:\n{self.told()}")
            if time.monotonic() > give_up:
                lacking = missing(self.settings)
                raise RuntimeError(
                    f"not {what} after {timeout_seconds:.0f} s, missing: {lacking}\n{self.told()}"
                )
            time.sleep(_POLL_SECONDS)


def _end_with_tests() -> None:
    die_with_parent(signal.SIGTERM)


def _is_there(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _unconfigured(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without anything that configures the system."""
    names = {str(field.validation_alias or name) for name, field in Settings.model_fields.items()}
    configured = {name.upper() for name in names}
    kept = {name: value for name, value in environment.items() if name not in configured}
    return {**kept, "ABONENT_ENV_FILE": os.devnull}


def _link_model(folder: Path) -> None:
    """Let the system find the trained model instead of training its own."""
    trained = load_settings().data_dir / "models"
    if not trained.is_dir():
        raise RuntimeError(f"no trained model in {trained}: run `make install`")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "models").symlink_to(trained)
