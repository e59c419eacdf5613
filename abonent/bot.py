"""Calling the bot: a program of its own, on a Python of its own."""

import json
import os
import subprocess
from pathlib import Path
from typing import NoReturn
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from abonent.errors import CommandError
from abonent.settings import ROOT, Settings

LAUNCHER = ROOT / "bot" / "launch.py"
PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
_RELOAD_SECONDS = 60.0
# What belongs to this program's Python must not reach the bot's.
_OWN = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PROJECT_ENVIRONMENT")
# Left to itself, glibc keeps in its heaps what a model that went out of use took. Told to map each
# large array by itself, it gives it back (docs/performance.md); elsewhere these mean nothing.
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_ARENA_MAX": "2"}


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
        environment = {**_MEMORY, **environment}
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


def reload_model(settings: Settings) -> str:
    """Let the running bot take the model that fits the data; return its name.

    Raises:
        CommandError: no bot answers, or it has no such model.
    """
    request = Request(
        f"{settings.rasa_url}/model",
        method="PUT",
        headers={"Authorization": f"Bearer {settings.rasa_token}"},
    )
    try:
        with urlopen(request, timeout=_RELOAD_SECONDS) as answer:
            return str(json.load(answer)["model"])
    except HTTPError as error:
        raise CommandError(f"the bot keeps its model ({error.code}): {_reason(error)}") from None
    except OSError as error:
        raise CommandError(f"no bot answers at {settings.rasa_url}: {error}") from None


def _reason(error: HTTPError) -> str:
    body = error.read().decode(errors="replace")
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return body
