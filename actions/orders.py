"""What was offered and awaits a "yes": kept under a key, done once however often it comes."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from actions.memory import Memory

OFFER_SECONDS = 900

Kind = Literal["order", "orders", "transfer", "ticket"]


@dataclass(frozen=True)
class Offer:
    """Something that will be done for a number once it is confirmed."""

    kind: Kind
    subscriber: str
    number: str
    request: dict[str, str]
    """What the BSS is asked, by the names of ``actions/carrying_out.py``."""
    done: str
    """The response that tells it is done."""
    facts: dict[str, str] = field(default_factory=dict)
    """What the responses tell, in the subscriber's language."""
    also: list[dict[str, str]] = field(default_factory=list)
    """The further requests of ``orders``, several behind one yes; each tells its ``name``."""
    away: str | None = None
    """The response where the billing system does not answer and this cannot wait for it."""


class Orders:
    """The offers that wait."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def keep(self, offer: Offer) -> str:
        """Keep an offer and return the key its buttons carry."""
        key = secrets.token_urlsafe(12)
        await self._memory.put(_place(key), asdict(offer), seconds=OFFER_SECONDS)
        return key

    async def find(self, key: str, subscriber: str) -> Offer | None:
        """Return the offer made to this subscriber under a key, unless it is too old."""
        kept: dict[str, Any] | None = await self._memory.get(_place(key))
        if kept is None or kept["subscriber"] != subscriber:
            return None
        return Offer(**kept)

    async def drop(self, key: str) -> None:
        """Take an offer back."""
        await self._memory.forget(_place(key))


def _place(key: str) -> str:
    return f"offer:{key}"
