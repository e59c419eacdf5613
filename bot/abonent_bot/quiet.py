"""Keep Rasa's warnings and logs off the screen."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import structlog


def before_rasa() -> None:
    """Set what must be set before ``rasa`` and numpy are imported."""
    # Rasa 3.6 pins libraries that deprecate each other; none of it is for this bot's readers.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")


def log_to(path: Path | None, level: int = logging.INFO) -> None:
    """Send all logs to a file, or to standard error when there is none."""
    handler: logging.Handler
    if path is None:
        handler = logging.StreamHandler()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Rasa's structured logger ignores the levels above and would print every slot's value.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for noisy in ("matplotlib", "asyncio", "aiohttp", "sanic.access", "rasa.engine"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
