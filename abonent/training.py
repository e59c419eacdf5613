"""Training the bot with one progress bar in place of pages of messages."""

import re
import subprocess
from collections import deque

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
    process = subprocess.Popen(
        arguments,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    tail: deque[str] = deque(maxlen=_TAIL_LINES)
    with log_path.open("a") as log, _bar() as bar:
        task = bar.add_task("Training", total=1.0)
        for line in process.stdout or ():
            log.write(line)
            step = PROGRESS.match(line.rstrip())
            if step is None:
                tail.append(line)
            elif out.is_terminal:
                bar.update(task, completed=float(step["share"]), description=step["what"])
            else:
                say(f"  {float(step['share']):4.0%} {step['what'] or ''}".rstrip())
    if process.wait():
        raise CommandError(f"the training failed:\n{''.join(tail)}\nIts whole log: {log_path}")
    say("".join(tail).strip())


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        console=out,
        disable=not out.is_terminal,
    )
