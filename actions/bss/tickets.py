"""Requests and complaints (TMF621)."""

from __future__ import annotations

from actions.bss import render
from actions.bss.errors import BssNonsense, NotFound
from actions.bss.http import Http, Resource
from actions.bss.listing import Search, first
from actions.bss.model import Ticket
from actions.bss.once import once
from actions.bss.parse import parse_ticket
from actions.bss.reading import Node
from actions.bss.render import NewTicket

_NOT_FOUND = 404


class Tickets:
    """Tickets, each opened once."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def open(self, asked: NewTicket) -> Ticket:
        """Open a ticket, once however often it is asked for under the same key.

        Raises:
            OutcomeUnknown: whether it was opened cannot be found out.
            BssError: it was not opened; see ``errors``.
        """
        content = render.ticket(asked)

        def read(node: Node) -> Ticket:
            made = parse_ticket(node)
            if made.key not in {None, asked.key}:
                raise BssNonsense(f"{Resource.TICKET.where}: an answer about another one.")
            return made

        return await once(
            lambda: self.by_key(asked.key),
            lambda: self._http.create(Resource.TICKET, content, read),
            pause=self._http.limits.look_up_pause_seconds,
        )

    async def by_key(self, key: str) -> Ticket | None:
        """Look a ticket up.

        Raises:
            BssError: see ``errors``.
        """
        query = (("externalId", render.checked_key(key)),)
        found = Search(Resource.TICKET, query, parse_ticket, lambda one: one.key == key)
        return next(iter((await first(self._http, found, most=1)).items), None)

    async def one(self, id_: str, *, number: str) -> Ticket:
        """Return a number's ticket.

        Raises:
            NotFound: the number has no such ticket.
            BssError: see ``errors``.
        """
        ticket = await self._http.get(Resource.TICKET, id_, parse_ticket)
        if ticket.id != id_:
            raise BssNonsense(f"{Resource.TICKET.where}: an answer about another one.")
        if render.digits(number) not in ticket.numbers:
            # Ids are easily guessed; another's ticket is told to nobody.
            raise NotFound(Resource.TICKET.where, _NOT_FOUND)
        return ticket

    async def of(self, number: str, *, most: int = 10) -> tuple[Ticket, ...]:
        """Return the latest tickets of a number, the newest first.

        Raises:
            BssError: see ``errors``.
        """
        whose = render.digits(number)
        query = (("relatedEntity.id", whose), ("sort", "-creationDate"))
        found = Search(Resource.TICKET, query, parse_ticket, lambda one: whose in one.numbers)
        return (await first(self._http, found, most=most)).items
