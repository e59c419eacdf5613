"""Where a long training tells how far it is; silent until somebody listens."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[float, str], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Send the share done and a word about it to the listener from now on."""
    _listeners.append(listener)


def report(share: float, doing: str) -> None:
    """Tell all listeners."""
    for listener in _listeners:
        listener(share, doing)
