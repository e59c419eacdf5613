"""A Chromium for the browser tests."""

import os
import shutil
import sys
from pathlib import Path

from abonent.settings import ROOT
from scripts.steps import Board, Command, StepError
from scripts.tools import ToolError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of a Chromium of the machine's own, if there is one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def ensure(board: Board) -> None:
    """Get a Chromium where there is none: Debian's as root, Playwright's otherwise.

    Raises:
        ToolError: none can be had.
    """
    if find() or _playwrights_own():
        return
    with board.step("chromium"):
        try:
            _install(board)
        except StepError as error:
            raise ToolError(
                f"The browser tests need Chromium, which cannot be installed from here:\n{error}\n"
                "Install it as root with `apt-get install chromium`, then start again."
            ) from error


def _install(board: Board) -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        board.execute("chromium", Command(["apt-get", "update", "-q"], ROOT, quiet))
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
        packages = ["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"]
        board.execute("chromium", Command([*install, *packages], ROOT, quiet))
        return
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    board.execute("chromium", Command(command, ROOT))


def _playwrights_own() -> bool:
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    return any(home.glob("chromium*/*/chrome*"))
