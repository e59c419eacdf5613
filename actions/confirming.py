"""Offer something that costs or changes, and what a "yes", a "no" or a "stop" does to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from actions.bss.errors import BssError
from actions.carrying_out import carry_out
from actions.flow import Flow
from actions.orders import Offer
from actions.proof import known_number
from actions.visit import CONFIRMATION, Visit


async def confirm(
    visit: Visit, offer: Offer, response: str, facts: Mapping[str, str] | None = None
) -> NoReturn:
    """Say in full what would be done and at what price, and wait for a yes.

    The response's buttons carry ``{order}``, the offer's key.

    Raises:
        Asked: always.
        MemoryAway: the offer cannot be kept, so it is not made.
    """
    if visit.caller.is_suggestion:
        visit.stop(response, {**offer.facts, **(facts or {}), "order": ""})
    key = await visit.tools.orders.keep(offer)
    visit.say(response, {**offer.facts, **(facts or {}), "order": key})
    visit.note("order", key)
    visit.wait_for(CONFIRMATION)


class Affirm(Flow):
    """ "Yes": carries out what was offered, if something was."""

    intent = "affirm"

    async def answer(self, visit: Visit) -> None:
        """Carry out, or ask what the yes is to."""
        if visit.caller.is_suggestion:
            return
        key = visit.order_key
        if key is None:
            visit.stop("utter_affirm")
        offer = await visit.tools.orders.find(key, visit.caller.subscriber)
        # Who is verified may have changed since the offer was made.
        if offer is None or await known_number(visit) != offer.number:
            visit.stop("utter_order_expired")
        try:
            outcome = await carry_out(visit.tools.bss, offer, key)
        except BssError:
            if offer.away is None:
                raise
            visit.stop(offer.away, offer.facts)
        visit.say(outcome.response, outcome.facts)


class Deny(Flow):
    """ "No": what was offered is dropped."""

    intent = "deny"

    async def answer(self, visit: Visit) -> None:
        """Drop the offer, or go on."""
        await drop_offer(visit, dropped="utter_order_dropped", otherwise="utter_deny")


class Cancel(Flow):
    """ "Stop": whatever was begun is dropped."""

    intent = "cancel"

    async def answer(self, visit: Visit) -> None:
        """Drop the offer and the flow."""
        await drop_offer(visit, dropped="utter_cancel", otherwise="utter_cancel")


async def drop_offer(visit: Visit, *, dropped: str, otherwise: str) -> None:
    """Drop the offer this message answers, if there is one."""
    key = visit.order_key
    if key is not None and not visit.caller.is_suggestion:
        await visit.tools.orders.drop(key)
    visit.note("order", None)
    visit.note("proof", None)
    visit.say(otherwise if key is None else dropped)
