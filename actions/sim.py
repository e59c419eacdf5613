"""The SIM: blocked at once when it is lost, opened again with its PUK."""

from __future__ import annotations

import asyncio
from typing import NoReturn

from actions.bss.errors import BssError
from actions.bss.model import Product, ProductKind
from actions.confirming import confirm
from actions.flow import Flow
from actions.holdings import first_of, products_of
from actions.memory import MemoryAway
from actions.orders import Offer
from actions.proof import CHANNELS_WITH_CONTACTS, known_number, proved_number
from actions.visit import OWN_NUMBER, Visit
from actions.wording import phone

HOW_TO = "utter_sim_lost"
AWAY = "utter_sim_lost_away"
URGENT_SECONDS = 2.5
"""Whoever has lost a SIM is told what to do by then, whatever the billing system does."""


class SimLost(Flow):
    """Offers to block the SIM of a proved number, else says how it is blocked at once.

    No code is sent: it would come to the phone that is lost.
    """

    intent = "sim_lost"

    async def answer(self, visit: Visit) -> None:
        """Offer it, and never leave anybody waiting for the billing system."""
        try:
            await asyncio.wait_for(self._offer(visit), URGENT_SECONDS)
        except (BssError, MemoryAway, asyncio.TimeoutError):
            visit.stop(AWAY)

    async def _offer(self, visit: Visit) -> None:
        number = await known_number(visit)
        if number is None or visit.arg("phone_number") not in (None, number):
            _say_how(visit)
        sim = await sim_of(visit, number)
        if sim is None:
            visit.stop(HOW_TO)
        if not sim.is_active:
            visit.stop("utter_sim_blocked_already", {"own_number": phone(number)})
        await confirm(visit, block_offer(visit, sim, number), "utter_sim_lost_confirm")


def _say_how(visit: Visit) -> NoReturn:
    if visit.channel not in CHANNELS_WITH_CONTACTS or visit.caller.is_suggestion:
        visit.stop(HOW_TO)
    visit.say(HOW_TO)
    visit.say("utter_sim_lost_contact")
    visit.wait_for(OWN_NUMBER)


def block_offer(visit: Visit, sim: Product, number: str) -> Offer:
    """Offer to block a SIM."""
    return Offer(
        kind="order",
        subscriber=visit.caller.subscriber,
        number=number,
        request={"action": "modify", "offering": "sim-block", "product": sim.id},
        done="utter_sim_lost_done",
        facts={"own_number": phone(number)},
        away=AWAY,
    )


async def sim_of(visit: Visit, number: str) -> Product | None:
    """Return the SIM of a number, one that works before one that is blocked.

    Raises:
        BssError: it cannot be told just now.
    """
    return first_of(await products_of(visit, number), ProductKind.SIM)


class PukCode(Flow):
    """Tells the PUK of the SIM to whoever proved the number."""

    intent = "puk_code"

    async def answer(self, visit: Visit) -> None:
        """Tell it, unless the SIM is blocked: then it opens nothing."""
        number = await proved_number(visit)
        sim = await sim_of(visit, number)
        facts = {"own_number": phone(number)}
        if sim is not None and not sim.is_active:
            visit.stop("utter_sim_blocked_already", facts)
        if sim is None or sim.facts.puk is None:
            visit.stop("utter_puk_unknown", facts)
        visit.say("utter_puk_told", {**facts, "puk": sim.facts.puk})
