"""What supervisord says, told in sentences for the person at the terminal."""

import re
from pathlib import Path

_LINE = re.compile(r"^\S+ \S+ (?P<level>[A-Z]+) (?P<text>.*)$")
_EXITED = re.compile(r"^exited: (?P<name>\S+) \((?P<how>.*?); (?:not )?expected\)$")
_KILLED = re.compile(r"^killing '(?P<name>\S+)' \(\d+\) with SIGKILL$")
_SPAWN_ERROR = re.compile(r"^spawnerr: (?P<what>.*)$")


def sentence(line: str, logs: Path) -> str | None:
    """Return what a line of supervisord's log means, or None if it is of no interest."""
    parts = _LINE.match(line.strip())
    if parts is None:
        return None
    text = parts["text"]
    if exited := _EXITED.match(text):
        name = exited["name"]
        return f"{name} ended ({exited['how']}): starting it again. Its log: {logs / name}.log"
    if killed := _KILLED.match(text):
        return f"{killed['name']} did not stop in time and was killed."
    if failed := _SPAWN_ERROR.match(text):
        return f"a process cannot be started: {failed['what']}"
    return text if parts["level"] in ("CRIT", "ERRO") else None
