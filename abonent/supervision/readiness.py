"""Waiting until the system says that it is ready."""

import http.client
import json
import time
from collections.abc import Callable
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from abonent.settings import Settings

_POLL_SECONDS = 0.1
_TELL_SECONDS = 15.0


def missing(settings: Settings, timeout_seconds: float = 5) -> str | None:
    """Return what the system lacks to be ready, in words; None if it is ready."""
    try:
        with urlopen(f"{settings.local_url}/readyz", timeout=timeout_seconds):
            return None
    except HTTPError as error:
        return _reasons(error.read())
    except (URLError, OSError, http.client.HTTPException):
        return "gateway"


def wait_until_ready(
    settings: Settings, *, say: Callable[[str], None], goes_on: Callable[[], bool]
) -> bool:
    """Return True as soon as the system is ready, False once waiting makes no sense."""
    started = told = time.monotonic()
    while goes_on():
        lacking = missing(settings)
        if lacking is None:
            return True
        if time.monotonic() - told > _TELL_SECONDS:
            told = time.monotonic()
            say(f"waiting for: {lacking} ({told - started:.0f} s)")
        time.sleep(_POLL_SECONDS)
    return False


def _reasons(body: bytes) -> str:
    """Return the parts named in the gateway's answer, or the answer itself."""
    try:
        answer = json.loads(body)
        return ", ".join(str(part) for part in answer["missing"]) or "unknown"
    except (ValueError, KeyError, TypeError):
        return body.decode(errors="replace")[:200] or "unknown"
