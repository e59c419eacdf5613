"""Training the bot with one progress bar in place of pages of messages."""

import re
import subprocess
from collections import deque
from collections.abc import Callable

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from abonent.bot import bot_command, bot_environment
from abonent.errors import CommandError
from abonent.settings import Settings
from abonent.terminal import out, say

PROGRESS = re.compile(r"^progress (?P<share>[01](?:\.\d+)?)(?: (?P<what>.*))?$")
_TAIL_LINES = 30


def training_command(settings: Settings) -> tuple[list[str], dict[str, str]]:
    """Return the command that trains a model, and its environment."""
    return bot_command("train", "--progress"), bot_environment(settings)


def train(settings: Settings) -> None:
    """Train a model, showing how far it is.

    Raises:
        CommandError: the training failed; the message holds the end of its output.
    """
    settings.kept.prepare()
    arguments, environment = training_command(settings)
    log_path = settings.kept.logs / "training-the-bot.log"
    tail: deque[str] = deque(maxlen=_TAIL_LINES)
    with (
        subprocess.Popen(
            arguments,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
        log_path.open("a") as log,
        _bar() as bar,
    ):
        show = _shower(bar)
        for line in process.stdout or ():
            log.write(line)
            step = PROGRESS.match(line.rstrip())
            if step is None:
                tail.append(line)
            else:
                show(float(step["share"]), step["what"] or "")
    if process.returncode:
        raise CommandError(f"the training failed:\n{''.join(tail)}\nIts whole log: {log_path}")
    say("".join(tail).strip())


def _shower(bar: Progress) -> Callable[[float, str], None]:
    """Return what shows how far the training is: the bar, or lines where there is no terminal."""
    task = bar.add_task("training", total=1.0)

    def show(share: float, what: str) -> None:
        if out.is_terminal:
            bar.update(task, completed=share, description=what)
        else:
            say(f"  {share:4.0%} {what}".rstrip())

    return show


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        console=out,
        disable=not out.is_terminal,
    )
