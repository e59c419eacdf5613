"""Every test of every part, and one line that sums them up."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from abonent.bot import PYTHON as BOT_PYTHON
from abonent.settings import ROOT, load_settings
from abonent.terminal import say
from scripts.steps import Board
from scripts.tools import node_environment

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
PYTEST = re.compile(r"^=*\s*((?:\d+ \w+(?:, )?)+) in [\d.]+s")
VITEST = re.compile(r"^\s*Tests\s+(.*?)\s*\(\d+\)\s*$")
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")
_FAILURES = ("failed", "error", "errors", "xpassed")


@dataclass(frozen=True)
class Counts:
    """How many tests ended how."""

    passed: int = 0
    failed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed)


@dataclass(frozen=True)
class Runner:
    """A test runner of one part of the project, and the pattern of its closing line."""

    name: str
    command: Sequence[str | Path]
    summary: re.Pattern[str]
    folder: Path = ROOT


def run() -> int:
    """Run everything, print the sum as the last line, and return 1 if anything failed."""
    path = node_environment(Board(load_settings().kept.logs))
    environment = {**os.environ, **path}
    total = Counts()
    for runner in _runners():
        say(f"\n== {runner.name}")
        total += _carry_out(runner, environment)
    print(f"\n{total.passed} passed, {total.failed} failed", flush=True)
    return 1 if total.failed else 0


def counts_of(line: str, summary: re.Pattern[str]) -> Counts | None:
    """Read a runner's closing line; None if the line is another."""
    found = summary.match(_COLOURS.sub("", line.rstrip()))
    if found is None:
        return None
    counts = [(int(number), how) for number, how in _COUNT.findall(found[1])]
    return Counts(
        passed=sum(number for number, how in counts if how in ("passed", "xfailed")),
        failed=sum(number for number, how in counts if how in _FAILURES),
    )


def _runners() -> list[Runner]:
    pages = [name for name in ("web_widget", "console") if (ROOT / name).is_dir()]
    return [
        *(Runner(name, ["npm", "test", "--silent"], VITEST, ROOT / name) for name in pages),
        Runner("bot", [BOT_PYTHON, "-m", "pytest", "tests/bot"], PYTEST),
        Runner("service", [sys.executable, "-m", "pytest"], PYTEST),
    ]


def _carry_out(runner: Runner, environment: dict[str, str]) -> Counts:
    """Run one runner, passing its output on as it comes.

    A runner that fails without saying how many tests did counts as one failed test.
    """
    counts = Counts()
    with subprocess.Popen(
        runner.command,
        cwd=runner.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                counts = counts_of(line, runner.summary) or counts
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            raise
    if process.returncode and not counts.failed:
        counts += Counts(failed=1)
    return counts
