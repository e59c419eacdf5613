"""Doing several things at once, with one line on the screen for each."""

import contextlib
import os
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from abonent.errors import AbonentError
from abonent.terminal import out, say

_TAIL_LINES = 40


class StepError(AbonentError):
    """A step failed; the message says which and holds the end of what it said."""


@dataclass(frozen=True)
class Command:
    """A program to be run as part of a step."""

    arguments: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str] | None = None


class Board:
    """The steps under way, shown as they go on a terminal and when they end elsewhere."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: set[subprocess.Popen[str]] = set()
        self._guard = threading.Lock()
        self._stopped = False
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<27}", markup=False),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", markup=False, style="dim"),
            console=out,
            transient=True,
            disable=not out.is_terminal,
        )

    def run(self, *chains: Callable[[], None]) -> None:
        """Carry out chains of steps side by side; the first that fails stops all.

        Raises:
            AbonentError: what the first failing step said.
        """
        with self._progress, ThreadPoolExecutor(len(chains)) as pool:
            futures = [pool.submit(chain) for chain in chains]
            try:
                done, _ = wait(futures, return_when=FIRST_EXCEPTION)
                failed = [future for future in done if future.exception()]
            except KeyboardInterrupt:
                self._stop()
                raise
            if failed:
                self._stop()
                failed[0].result()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Show a step from its beginning to its end; gives a way to note how far it is."""
        task = self._progress.add_task(name, total=None, note="")
        started = time.monotonic()
        try:
            yield lambda note: self._note(task, note)
            say(f"  {name:<28} {time.monotonic() - started:6.1f} s")
        finally:
            self._progress.remove_task(task)

    def execute(
        self, name: str, command: Command, hear: Callable[[str], None] = lambda _line: None
    ) -> None:
        """Run a program, its output going to the step's log and line by line to a listener.

        Raises:
            StepError: it failed.
        """
        log_path = self._logs / f"{name.replace(' ', '-')}.log"
        tail: deque[str] = deque(maxlen=_TAIL_LINES)
        with self._start(command) as process, log_path.open("a") as log:
            for line in process.stdout or ():
                log.write(line)
                tail.append(line)
                hear(line.rstrip())
        status = process.returncode
        with self._guard:
            self._running.discard(process)
        if status:
            raise StepError(f"{name} failed:\n{''.join(tail)}\nIts whole log: {log_path}")

    def _start(self, command: Command) -> subprocess.Popen[str]:
        with self._guard:
            if self._stopped:
                raise StepError("stopped because another step failed.")
            process = subprocess.Popen(
                command.arguments,
                cwd=command.folder,
                env={**os.environ, **(command.environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
            self._running.add(process)
        return process

    def _stop(self) -> None:
        with self._guard:
            self._stopped = True
            for process in self._running:
                process.terminate()

    def _note(self, task: TaskID, note: str) -> None:
        self._progress.update(task, note=note)
