"""The stand-in for the billing system: a program of its own on this program's Python."""

import os
import sys
from typing import NoReturn

from abonent.settings import ROOT, Settings


def sandbox_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of the sandbox: its port, its client, the database it keeps."""
    return {
        **os.environ,
        "DATABASE_URL": settings.database_dsn,
        "BSS_PORT": str(settings.bss_port),
        "BSS_CLIENT_ID": settings.bss_client_id,
        "BSS_CLIENT_SECRET": settings.bss_client_secret,
        "HOST": "127.0.0.1",
    }


def become_sandbox(settings: Settings) -> NoReturn:
    """Become the sandbox."""
    os.chdir(ROOT)
    os.execve(
        sys.executable,
        [sys.executable, "-m", "sandbox.bss"],
        sandbox_environment(settings),
    )
