"""Requests and complaints."""

from datetime import datetime, timedelta

from msgspec import UnsetType

from sandbox.bss.bodies import TroubleTicketCreate
from sandbox.bss.database import Database
from sandbox.bss.documents import TICKET, Documents, key_of
from sandbox.bss.statements import statement
from sandbox.bss.wire import Document, moment

WORKING_DAYS = 3
_SATURDAY = 5
_RECEIVED = "acknowledged"


class Tickets:
    """The tickets of the sandbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, asked: TroubleTicketCreate, sent: Document, now: datetime) -> Document:
        """Open a ticket; one whose key was seen before is answered with the first."""
        external = asked.external_id
        key = None if isinstance(external, UnsetType) else key_of(external)
        entities = asked.related_entity
        numbers = [] if isinstance(entities, UnsetType) else [each.id for each in entities]
        async with self._database.transaction() as connection:
            documents = Documents(connection)
            if key and (known := await documents.by_key(TICKET, key)):
                return known
            number = await connection.fetchval(statement("next_ticket_number"))
            document = opened(sent, now, ticket_id=f"T-{number}")
            if not await documents.add(TICKET, document, numbers=numbers, key=key):
                return await documents.by_key(TICKET, key or "") or document
        return document


def opened(sent: Document, now: datetime, *, ticket_id: str) -> Document:
    """A new ticket."""
    at = moment(now)
    return {
        **sent,
        "id": ticket_id,
        "creationDate": at,
        "lastUpdate": at,
        "statusChangeDate": at,
        "expectedResolutionDate": moment(_after_working_days(now, WORKING_DAYS)),
        "status": _RECEIVED,
        "statusChange": [{"changeDate": at, "status": _RECEIVED}],
        "@type": "TroubleTicket",
    }


def _after_working_days(at: datetime, days: int) -> datetime:
    while days:
        at += timedelta(days=1)
        days -= at.weekday() < _SATURDAY
    return at
