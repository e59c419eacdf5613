"""Installing and building everything that is missing or out of date."""

from pathlib import Path

from abonent.bot import fitting_model
from abonent.settings import ROOT, Settings, load_settings
from abonent.training import PROGRESS, training_command
from scripts import browser
from scripts.stamps import Stamp
from scripts.steps import Board, Command, StepError
from scripts.tools import get_bot_python, node_environment, uv

BOT = ROOT / "bot"
PAGES = {"web_widget": ROOT / "web_widget", "console": ROOT / "console"}


def everything(*, model: bool = True, browser_too: bool = False) -> None:
    """Install, build and train what is needed.

    Raises:
        AbonentError: a step failed; the message says which and why.
    """
    settings = load_settings()
    settings.kept.prepare()
    board = Board(settings.kept.logs)

    def bot() -> None:
        _install_bot(board)
        if model:
            _train(board, settings)

    def pages() -> None:
        environment = node_environment(board)
        for name, folder in PAGES.items():
            _build_pages(board, name, folder, environment)

    def chromium() -> None:
        browser.ensure(board)

    board.run(bot, pages, *([chromium] if browser_too else []))


def _install_bot(board: Board) -> None:
    stamp = Stamp("bot", [BOT / "uv.lock", BOT / "pyproject.toml"])
    if stamp.is_current and (BOT / ".venv" / "bin" / "python").exists():
        return
    with board.step("packages of the bot"):
        python = get_bot_python(board)
        command = [uv(), "sync", "--frozen", "--compile-bytecode", "--python", python]
        board.execute("packages of the bot", Command(command, BOT))
    stamp.set()


def _train(board: Board, settings: Settings) -> None:
    if fitting_model(settings) is not None:
        return
    with board.step("training the bot") as note:

        def hear(line: str) -> None:
            step = PROGRESS.match(line)
            if step is not None:
                note(f"{float(step['share']):4.0%} {step['what'] or ''}")

        arguments, environment = training_command(settings)
        board.execute("training the bot", Command(arguments, ROOT, environment), hear)


def _install_packages(board: Board, name: str, folder: Path, environment: dict[str, str]) -> None:
    options = ["--no-audit", "--no-fund"]
    try:
        board.execute(name, Command(["npm", "ci", *options], folder, environment))
    except StepError:
        # npm 11.16 refuses lock files in which an optional package of another machine is
        # missing, also those it wrote itself. Installing takes the same versions from them.
        command = ["npm", "install", "--no-save", *options]
        board.execute(name, Command(command, folder, environment))


def _build_pages(board: Board, name: str, folder: Path, environment: dict[str, str]) -> None:
    if not folder.is_dir():
        return
    packages = Stamp(f"{name}-packages", [folder / "package-lock.json"])
    if not (packages.is_current and (folder / "node_modules").is_dir()):
        with board.step(f"packages of {name}"):
            _install_packages(board, f"packages of {name}", folder, environment)
        packages.set()
    built = Stamp(f"{name}-pages", [folder])
    if not (built.is_current and (folder / "dist").is_dir()):
        with board.step(f"pages of {name}"):
            command = ["npm", "run", "build"]
            board.execute(f"pages of {name}", Command(command, folder, environment))
        built.set()
