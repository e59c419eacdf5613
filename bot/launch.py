"""Start a part of the bot: ``bot/.venv/bin/python bot/launch.py COMMAND``, from anywhere."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    # Rasa finds the components and the actions by module name, and the data by relative path.
    sys.path[:0] = [str(ROOT / "bot"), str(ROOT)]
    os.chdir(ROOT)
    from abonent_bot.cli import main

    sys.exit(main())
