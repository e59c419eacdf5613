"""Complaints: to a person at once, and written down under a number."""

from __future__ import annotations

import asyncio
import hashlib

from actions.bss import BssError, NewTicket, Severity, TicketType
from actions.bss.model import Ticket
from actions.bss.render import TEXT_LIMIT
from actions.confirming import confirm
from actions.flow import Flow
from actions.memory import MemoryAway
from actions.orders import Offer
from actions.proof import known_number, proved_number
from actions.visit import Visit
from actions.wording import phone

CHOICE, WRITE, TEXT = "choice", "write", "text"
REGISTER_SECONDS = 2.5
"""A person is called by then, with or without a ticket."""
FEWEST_WORDS = 2
NAME_LENGTH = 60
SHOWN_LENGTH = 300


class Complaint(Flow):
    """Registers a complaint: on the way to a person, or written without one."""

    intent = "complaint"

    async def answer(self, visit: Visit) -> None:
        """Hand over, or go on writing it down."""
        if visit.is_handing_over:
            await self._hand_over(visit)
        elif visit.arg(CHOICE) == WRITE:
            await self._write(visit)
        else:
            visit.say("utter_complaint_choose")

    async def _hand_over(self, visit: Visit) -> None:
        ticket = await registered(visit)
        if ticket is None:
            visit.stop("utter_complaint")
        visit.stop("utter_complaint_registered", {"ticket": ticket.id})

    async def _write(self, visit: Visit) -> None:
        if visit.was_asked_for(TEXT) and len(visit.own_words.split()) >= FEWEST_WORDS:
            visit.keep(TEXT, visit.own_words[:TEXT_LIMIT])
        text = visit.arg(TEXT)
        if text is None:
            visit.ask(TEXT, "utter_complaint_ask", again="utter_complaint_ask_more")
        number = await proved_number(visit, "utter_complaint_whose")
        await confirm(visit, ticket_offer(visit, number, text), "utter_complaint_confirm")


async def registered(visit: Visit) -> Ticket | None:
    """Open a ticket with the subscriber's words, once a turn; None where it cannot be done."""
    if visit.caller.is_suggestion or not visit.own_words:
        return None
    try:
        return await asyncio.wait_for(_opened(visit), REGISTER_SECONDS)
    except (BssError, MemoryAway, asyncio.TimeoutError):
        return None


async def _opened(visit: Visit) -> Ticket | None:
    number = await known_number(visit)
    if number is None:
        return None
    asked = NewTicket(
        key_of(visit.turn),
        type=TicketType.COMPLAINT,
        severity=Severity.MINOR,
        name=shortened(visit.own_words, NAME_LENGTH),
        description=visit.own_words,
        number=number,
    )
    return await visit.tools.bss.tickets.open(asked)


def ticket_offer(visit: Visit, number: str, text: str) -> Offer:
    """Offer to open a ticket with a text."""
    return Offer(
        kind="ticket",
        subscriber=visit.caller.subscriber,
        number=number,
        request={
            "type": TicketType.COMPLAINT.value,
            "name": shortened(text, NAME_LENGTH),
            "text": text,
        },
        done="utter_complaint_done",
        facts={"own_number": phone(number), "complaint": shortened(text, SHOWN_LENGTH)},
    )


def key_of(turn: str) -> str:
    """Return the key of the ticket a turn opens: the same turn never opens two."""
    return f"complaint-{hashlib.sha256(turn.encode()).hexdigest()[:40]}"


def shortened(text: str, most: int) -> str:
    """Put a text on one line, and cut it after a word where it is too long.

    >>> shortened("no signal  at home", 12)
    'no signal…'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(",;:.- ") + "…"
