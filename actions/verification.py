"""Whose number it is: a six-digit code by SMS, three tries, remembered for a while."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from actions.memory import Memory

CODE_DIGITS = 6


@dataclass(frozen=True)
class Limits:
    """How often a code may be asked for and tried, in tries and seconds."""

    tries: int = 3
    code_seconds: int = 300
    codes_a_number: int = 3
    codes_a_sender: int = 5
    window_seconds: int = 3600
    remembered_seconds: int = 1800


class TooManyCodes(Exception):
    """This number or this sender has asked for too many codes; wait an hour."""


class Check(Enum):
    """What came of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used up"
    NONE_SENT = "none sent"


@dataclass(frozen=True)
class Checked:
    """What came of a typed code, whose number it proves, and how many tries are left."""

    check: Check
    number: str | None = None
    tries_left: int = 0


def drawn_code() -> str:
    """Return a code nobody can guess."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


class Verifier:
    """Sends nothing itself: it makes codes, checks them and remembers who is verified."""

    def __init__(
        self,
        memory: Memory,
        secret: bytes,
        *,
        limits: Limits | None = None,
        draw: Callable[[], str] = drawn_code,
    ) -> None:
        self._memory = memory
        self._secret = secret
        self._limits = limits or Limits()
        self._draw = draw

    async def number_of(self, subscriber: str) -> str | None:
        """Return the number this subscriber has proved to be theirs lately."""
        kept = await self._memory.get(f"verified:{subscriber}")
        return None if kept is None else str(kept["number"])

    async def begin(self, subscriber: str, number: str) -> str:
        """Return a new code to be sent to the number; an earlier one is void from now on.

        Raises:
            TooManyCodes: the limit of this number or this sender is reached.
        """
        limits = self._limits
        window = limits.window_seconds
        # Both are counted whatever the other says: a refusal must not tell which one it was.
        sender = await self._memory.count(f"codes:sender:{subscriber}", seconds=window)
        target = await self._memory.count(f"codes:number:{self._sealed(number)}", seconds=window)
        if sender > limits.codes_a_sender or target > limits.codes_a_number:
            raise TooManyCodes
        code = self._draw()
        await self._memory.forget(f"tries:{subscriber}")
        await self._memory.put(
            f"code:{subscriber}",
            {"number": number, "code": self._sealed(code)},
            seconds=limits.code_seconds,
        )
        return code

    async def check(self, subscriber: str, typed: str) -> Checked:
        """Try a code; the right one verifies the number it was sent to."""
        kept = await self._memory.get(f"code:{subscriber}")
        if kept is None:
            return Checked(Check.NONE_SENT)
        # Counted before it is compared: of codes tried at the same moment each one counts.
        tries = await self._memory.count(f"tries:{subscriber}", seconds=self._limits.code_seconds)
        if tries <= self._limits.tries and hmac.compare_digest(kept["code"], self._sealed(typed)):
            await self._memory.forget(f"code:{subscriber}")
            await self.remember(subscriber, kept["number"])
            return Checked(Check.RIGHT, kept["number"])
        if tries >= self._limits.tries:
            await self._memory.forget(f"code:{subscriber}")
            return Checked(Check.USED_UP)
        return Checked(Check.WRONG, tries_left=self._limits.tries - tries)

    async def remember(self, subscriber: str, number: str) -> None:
        """Take a number for this subscriber's for a while."""
        await self._memory.put(
            f"verified:{subscriber}",
            {"number": number},
            seconds=self._limits.remembered_seconds,
        )

    async def forget(self, subscriber: str) -> None:
        """Forget whose number it was."""
        await self._memory.forget(
            f"verified:{subscriber}", f"code:{subscriber}", f"tries:{subscriber}"
        )

    def _sealed(self, value: str) -> str:
        return hmac.new(self._secret, value.encode(), hashlib.sha256).hexdigest()
