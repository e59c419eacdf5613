"""Running the whole system in the foreground until it is told to stop."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from abonent.lifeline import die_with_parent
from abonent.settings import ROOT, Settings
from abonent.supervision import configuration, journal, preflight
from abonent.supervision.processes import processes_of

Say = Callable[[str], None]

_STOP_SECONDS = 90.0
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 30.0
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """supervisord with the processes of this installation, and what it says put in words."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings = settings
        self._say = say
        self._process: subprocess.Popen[str] | None = None
        self._stop_asked = 0
        self._lock = -1

    def start(self) -> None:
        """Check that the system can be started, and start it.

        Raises:
            StartError: it cannot; the message says why and what to do.
        """
        kept = self._settings.kept
        kept.prepare()
        self._lock = preflight.lock_installation(kept)
        preflight.check_disk(kept)
        preflight.check_ports(self._settings)
        kept.write("run/supervisord.conf", configuration.render(processes_of(self._settings)))
        for name in _STOP_SIGNALS:
            signal.signal(name, self._on_stop_signal)
        self._begin()

    @property
    def is_stopping(self) -> bool:
        """Whether somebody asked for an end."""
        return self._stop_asked > 0

    @property
    def is_running(self) -> bool:
        """Whether supervisord is there."""
        return self._process is not None and self._process.poll() is None

    def wait(self) -> None:
        """Return when the system was told to stop and has stopped.

        supervisord itself may end unasked, as when the disk is full and it cannot write its log:
        it is started again, after pauses that grow.
        """
        pause = _FIRST_PAUSE_SECONDS
        while self._process is not None:
            since = time.monotonic()
            status = self._process.wait()
            if self._stop_asked:
                return
            log = self._settings.kept.logs / "supervisor.log"
            self._say(
                f"The supervisor ended unasked (status {status}); again in {pause:g} s: {log}"
            )
            time.sleep(pause)
            lasted = time.monotonic() - since > _LONGEST_PAUSE_SECONDS
            pause = _FIRST_PAUSE_SECONDS if lasted else min(2 * pause, _LONGEST_PAUSE_SECONDS)
            if not self._stop_asked:
                self._start_again()

    def _start_again(self) -> None:
        try:
            self._begin()
        except OSError as fault:
            self._say(f"It cannot be started yet: {fault}")

    def _begin(self) -> None:
        self._process = self._spawn(self._settings.kept.run / "supervisord.conf", self._lock)
        threading.Thread(target=self._tell, daemon=True).start()

    def _spawn(self, config: Path, lock: int) -> subprocess.Popen[str]:
        kept = self._settings.kept
        environment = {**configuration.environment(kept), "DATA_DIR": str(kept.path)}
        # A session of its own: the terminal's Ctrl-C reaches us alone, and we pass it on once.
        with (kept.logs / "supervisor.err.log").open("ab") as errors:
            return subprocess.Popen(
                [sys.executable, "-m", "supervisor.supervisord", "-c", str(config)],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                errors="replace",
                pass_fds=(lock,),
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - no other thread runs then
            )

    def _tell(self) -> None:
        process = self._process
        if process is None or process.stdout is None:
            return
        for line in process.stdout:
            told = journal.sentence(line, self._settings.kept.logs)
            if told is not None and not self.is_stopping:
                self._say(told)

    def _on_stop_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Stop in good order the first time; whoever asks again is in a hurry."""
        self._stop_asked += 1
        if self._process is None:
            raise KeyboardInterrupt
        if self._stop_asked == 1:
            self._say("Stopping...")
            self._process.send_signal(signal.SIGTERM)
            signal.signal(signal.SIGALRM, lambda *_: self._kill())
            signal.setitimer(signal.ITIMER_REAL, _STOP_SECONDS)
        else:
            self._kill()

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()


def _end_with_parent() -> None:
    die_with_parent(signal.SIGTERM)
