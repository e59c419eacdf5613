"""All static checks, two at a time, a line for each."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from abonent.bot import PYTHON as BOT_PYTHON
from abonent.bot import bot_command
from abonent.settings import ROOT, load_settings
from abonent.terminal import complain, say
from scripts.steps import Board
from scripts.tools import node_environment

_TYPED = ("abonent", "connectors", "handoff", "sandbox", "scripts", "bench", "tests")
_BOT_TYPED = ("bot/abonent_bot", "bot/components", "bot/launch.py", "actions", "tests/bot")
_BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    """A program whose exit code tells whether something is in order."""

    name: str
    command: Sequence[str | Path]
    folder: Path = ROOT


@dataclass(frozen=True)
class Outcome:
    """What became of a check."""

    check: Check
    is_good: bool
    seconds: float
    output: str


def run() -> int:
    """Carry out every check; print the output of those that fail and return 1 then."""
    path = node_environment(Board(load_settings().kept.logs))
    environment = {**os.environ, **path, "PYTHONUTF8": "1"}
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        outcomes = list(pool.map(lambda check: _carry_out(check, environment), _checks()))
    failed = [outcome for outcome in outcomes if not outcome.is_good]
    for outcome in failed:
        complain(f"\n{outcome.check.name} failed:")
        print(outcome.output, flush=True)
    say(f"{len(outcomes) - len(failed)} checks passed, {len(failed)} failed")
    return 1 if failed else 0


def _checks() -> list[Check]:
    """Return all checks, the slowest first."""
    typed = [name for name in _TYPED if (ROOT / name).is_dir()]
    # The bot's tests import their own helpers from beside them, as pytest lets them.
    bot_mypy = ["env", "MYPYPATH=tests/bot", str(BOT_PYTHON), "-m", "mypy"]
    bot_mypy += ["--config-file", "bot/pyproject.toml"]
    return [
        Check("bot's data", bot_command("validate")),
        Check("types", [_BIN / "mypy", *typed]),
        Check("bot's types", [*bot_mypy, *_BOT_TYPED]),
        Check("imports", [_BIN / "lint-imports", "--no-cache"]),
        *(Check(name, ["npm", "run", "--silent", "check"], ROOT / name) for name in _pages()),
        Check("widget's size", ["npm", "run", "--silent", "size"], ROOT / "web_widget"),
        Check("training examples", [sys.executable, "-m", "scripts.nlu_data"]),
        Check("lint", [_BIN / "ruff", "check", "--output-format", "concise"]),
        Check("format", [_BIN / "ruff", "format", "--check", "--output-format", "concise"]),
    ]


def _pages() -> list[str]:
    return [name for name in ("web_widget", "console") if (ROOT / name).is_dir()]


def _carry_out(check: Check, environment: dict[str, str]) -> Outcome:
    started = time.monotonic()
    result = subprocess.run(
        check.command,
        cwd=check.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    seconds = time.monotonic() - started
    is_good = result.returncode == 0
    say(f"  {check.name:<28} {seconds:6.1f} s  {'ok' if is_good else 'FAILED'}")
    return Outcome(check, is_good, seconds, result.stdout)
