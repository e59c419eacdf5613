"""Asks nothing for a while of a server that keeps failing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from actions.bss.errors import BssNonsense, BssRefused, BssUnavailable, NotAsked

Clock = Callable[[], float]


class Circuit:
    """Closed: all pass. Open after faults in a row: none pass. Then one probe decides.

    A round ends when the circuit opens. What was asked in an earlier round and ends in this
    one says nothing about now and is not counted.
    """

    def __init__(self, *, faults: int, open_seconds: float, clock: Clock) -> None:
        self._most = faults
        self._open_seconds = open_seconds
        self._clock = clock
        self._in_a_row = 0
        self._opened_at: float | None = None
        self._is_probing = False
        self._round = 0

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Count what becomes of the block; a refusal is an answer, no fault.

        Raises:
            NotAsked: the circuit is open.
        """
        asked_in = self._enter()
        try:
            yield
        except (BssUnavailable, BssNonsense):
            self._failed(asked_in)
            raise
        except BssRefused:
            self._answered(asked_in)
            raise
        except BaseException:
            self._given_up(asked_in)
            raise
        else:
            self._answered(asked_in)

    def _enter(self) -> int:
        if self._opened_at is not None:
            if self._is_probing or self._clock() - self._opened_at < self._open_seconds:
                raise NotAsked("The circuit is open after faults in a row.")
            self._is_probing = True
        return self._round

    def _answered(self, asked_in: int) -> None:
        if asked_in != self._round:
            return
        self._in_a_row, self._opened_at, self._is_probing = 0, None, False

    def _failed(self, asked_in: int) -> None:
        if asked_in != self._round:
            return
        self._in_a_row += 1
        if self._is_probing or self._in_a_row >= self._most:
            self._round += 1
            self._in_a_row, self._opened_at, self._is_probing = 0, self._clock(), False

    def _given_up(self, asked_in: int) -> None:
        """A cancelled probe proves nothing: the next caller probes."""
        if asked_in == self._round:
            self._is_probing = False
