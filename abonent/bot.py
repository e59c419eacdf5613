"""Calling the bot: a program of its own, on a Python of its own."""

import os
import subprocess
from pathlib import Path
from typing import NoReturn

from abonent.errors import CommandError
from abonent.settings import ROOT, Settings

LAUNCHER = ROOT / "bot" / "launch.py"
PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
# What belongs to this program's Python must not reach the bot's.
_OWN = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PROJECT_ENVIRONMENT")


def bot_command(*arguments: str) -> list[str]:
    """Return the command line of one of the bot's commands.

    Raises:
        CommandError: the bot is not installed.
    """
    if not PYTHON.exists():
        raise CommandError("the bot is not installed yet: run `make install`.")
    return [str(PYTHON), str(LAUNCHER), *arguments]


def bot_environment(settings: Settings, *, serving: bool = False) -> dict[str, str]:
    """Return the environment of the bot's commands; only a server needs addresses and tokens."""
    environment = {name: value for name, value in os.environ.items() if name not in _OWN}
    environment["DATA_DIR"] = str(settings.data_dir)
    environment["RASA_TELEMETRY_ENABLED"] = "false"
    if serving:
        environment["RASA_TOKEN"] = settings.rasa_token
        environment["REDIS_URL"] = settings.redis_dsn
        environment["ACTIONS_URL"] = settings.actions_url
        environment["ACTIONS_SECRET"] = settings.derived_secret("actions")
        environment.update(_bss_environment(settings))
    return environment


def _bss_environment(settings: Settings) -> dict[str, str]:
    named = {
        "BSS_URL": settings.bss_url,
        "BSS_TOKEN_URL": settings.bss_token_url,
        "BSS_CLIENT_ID": settings.bss_client_id,
        "BSS_CLIENT_SECRET": settings.bss_client_secret,
        "SMS_URL": settings.sms_url,
    }
    return {name: value for name, value in named.items() if value is not None}


def become_bot(settings: Settings, *arguments: str, serving: bool = False) -> NoReturn:
    """Become one of the bot's commands: it reads our input and writes our output."""
    command = bot_command(*arguments)
    os.execve(command[0], command, bot_environment(settings, serving=serving))


def fitting_model(settings: Settings) -> Path | None:
    """Return the trained model that fits the present training data, if there is one."""
    result = subprocess.run(
        bot_command("model"),
        env=bot_environment(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = result.stdout.strip().splitlines()
    return Path(lines[-1]) if result.returncode == 0 and lines else None
