"""What the Makefile calls, inside the project's own environment.

Usage: python -m scripts install | run | check | test | bench
"""

import os
import signal
import sys
from collections.abc import Callable

from abonent.errors import AbonentError
from abonent.terminal import complain


def main() -> int:
    """Carry out one command and return its exit code."""
    commands: dict[str, Callable[[], int]] = {
        "install": _install,
        "run": _run,
        "check": _check,
        "test": _test,
        "bench": _bench,
    }
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in commands:
        complain(f"say one of: {', '.join(commands)}")
        return 2
    # Whoever is told to end tells the programs it has started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return commands[name]()
    except AbonentError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        complain("Interrupted.")
        return 130


def _install() -> int:
    from scripts import install

    install.everything()
    return 0


def _run() -> int:
    _install()
    os.execv(sys.executable, [sys.executable, "-m", "abonent", "up", "--demo"])


def _check() -> int:
    from scripts import check, install

    install.everything(model=False)
    return check.run()


def _test() -> int:
    from scripts import install, test

    install.everything(browser_too=True)
    return test.run()


def _bench() -> int:
    _install()
    os.execv(sys.executable, [sys.executable, "-m", "bench"])


if __name__ == "__main__":
    sys.exit(main())
