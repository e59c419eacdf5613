"""What became of a subscriber's requests, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from actions.bss.errors import NotFound
from actions.bss.model import Ticket, TicketStatus
from actions.choosing import listed
from actions.flow import Flow
from actions.proof import proved_number
from actions.visit import CODE, OWN_NUMBER, Visit
from actions.wording import day

TICKET = "ticket"
MOST_TICKETS = 100
FEWEST_DIGITS = 5
"""A shorter number in a message about a request is a day or a year, not the request's."""
OPEN = frozenset(
    {
        TicketStatus.ACKNOWLEDGED,
        TicketStatus.IN_PROGRESS,
        TicketStatus.PENDING,
        TicketStatus.HELD,
    }
)


class RequestStatus(Flow):
    """Tells the request that was named, else the last ones."""

    intent = "request_status"

    async def answer(self, visit: Visit) -> None:
        """Tell what became of what belongs to the proved number."""
        wanted = self._wanted(visit)
        number = await proved_number(visit)
        if wanted is not None:
            await self._tell_one(visit, number, wanted)
            return
        tickets = await visit.tools.bss.tickets.of(number, most=MOST_TICKETS)
        if not tickets:
            visit.stop("utter_no_tickets")
        lines = [told(visit, ticket) for ticket in tickets]
        visit.say("utter_tickets", {"tickets": listed(visit, lines)})

    def _wanted(self, visit: Visit) -> str | None:
        named = visit.given(TICKET)
        if named is None and not (visit.was_asked_for(CODE) or visit.was_asked_for(OWN_NUMBER)):
            bare = visit.given("number") or ""
            named = f"T-{bare}" if len(bare) >= FEWEST_DIGITS else None
        if named is not None:
            visit.keep(TICKET, named)
        return named if visit.was_asked_for(TICKET) else visit.arg(TICKET)

    async def _tell_one(self, visit: Visit, number: str, wanted: str) -> None:
        try:
            ticket = await visit.tools.bss.tickets.one(wanted, number=number)
        except NotFound:
            visit.ask(TICKET, "utter_ticket_unknown", facts={"ticket": wanted})
        text = "\n".join([told(visit, ticket), *_sentences(ticket.notes)])
        visit.say("utter_ticket", {"ticket_told": text})


def told(visit: Visit, ticket: Ticket) -> str:
    """Write what became of a ticket: its number, day and name, its state, and why or till when."""
    dated = ticket.created and day(ticket.created, visit.language, visit.catalogue.zone)
    head = ", ".join(part for part in (ticket.id, dated, ticket.name) if part)
    state = visit.words(f"utter_ticket_{ticket.status.name.lower()}")
    parts = [f"{head}: {state}", *_sentences([ticket.change_reason or ""]), _due(visit, ticket)]
    return " ".join(part for part in parts if part)


def _due(visit: Visit, ticket: Ticket) -> str:
    if ticket.status not in OPEN or ticket.expected is None:
        return ""
    word = "due" if ticket.expected > visit.now else "overdue"
    until = day(ticket.expected, visit.language, visit.catalogue.zone)
    return visit.words(f"utter_ticket_{word}", {"day": until})


def _sentences(texts: Sequence[str]) -> list[str]:
    """Return what the billing system wrote, each with a full stop."""
    stripped = [text.strip() for text in texts]
    return [text if text[-1] in ".!?…" else f"{text}." for text in stripped if text]
