"""The operator's billing system, asked through TM Forum Open APIs.

    account = await bss().balance.account("+380500000001")

What it is asked and what it takes for granted: ``docs/bss.md``. Every failure is a ``BssError``.
"""

from __future__ import annotations

import os
import time
from functools import lru_cache

from actions.bss.balance import Balance
from actions.bss.catalogue import Catalogue
from actions.bss.circuit import Clock
from actions.bss.errors import (
    BssError,
    BssNonsense,
    BssRefused,
    BssUnavailable,
    Misconfigured,
    NotAsked,
    NotFound,
    OutcomeUnknown,
)
from actions.bss.http import Http
from actions.bss.inventory import Inventory
from actions.bss.listing import Listing
from actions.bss.orders import Orders
from actions.bss.render import NewOrder, NewTicket, NewTransfer, OrderAction, Severity, TicketType
from actions.bss.settings import Limits, Settings
from actions.bss.sms import Sms
from actions.bss.tickets import Tickets
from actions.bss.usage import Stretch, Usage

__all__ = [
    "Bss",
    "BssError",
    "BssNonsense",
    "BssRefused",
    "BssUnavailable",
    "Limits",
    "Listing",
    "Misconfigured",
    "NewOrder",
    "NewTicket",
    "NewTransfer",
    "NotAsked",
    "NotFound",
    "OrderAction",
    "OutcomeUnknown",
    "Settings",
    "Severity",
    "Stretch",
    "TicketType",
    "bss",
]


class Bss:
    """The billing system by topic. One for the process; each loop gets connections of its own."""

    def __init__(
        self, settings: Settings, *, limits: Limits | None = None, clock: Clock = time.monotonic
    ) -> None:
        self._http = Http(settings, limits=limits, clock=clock)
        self.balance = Balance(self._http)
        self.inventory = Inventory(self._http)
        self.catalogue = Catalogue(self._http)
        self.orders = Orders(self._http)
        self.usage = Usage(self._http)
        self.tickets = Tickets(self._http)
        self.sms = Sms(self._http)

    async def close(self) -> None:
        """Close the connections of the running loop."""
        await self._http.close()


@lru_cache(maxsize=1)
def bss() -> Bss:
    """Return the process's billing system, as the environment describes it.

    Raises:
        Misconfigured: it does not; a ``BssUnavailable``, so a subscriber is told as of any fault.
    """
    return Bss(Settings.from_environment(os.environ), limits=Limits.from_environment(os.environ))
