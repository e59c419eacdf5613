"""The BSS as a whole: its parts, and the resources they serve."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from sandbox.bss.bodies import (
    ProductOrderCreate,
    TopupBalanceCreate,
    TransferBalanceCreate,
    TroubleTicketCreate,
)
from sandbox.bss.buckets import bucket_document
from sandbox.bss.catalogue import Catalogue, offering_document, read_catalogue
from sandbox.bss.database import Database
from sandbox.bss.documents import (
    PRODUCT,
    TICKET,
    TOPUP,
    TRANSFER,
    USAGE,
    Documents,
    is_id,
    is_number,
)
from sandbox.bss.orders import Orders
from sandbox.bss.people import People
from sandbox.bss.products import as_of
from sandbox.bss.query import Path, Query
from sandbox.bss.resources import Resource
from sandbox.bss.settings import Settings
from sandbox.bss.statements import statement
from sandbox.bss.tickets import Tickets
from sandbox.bss.topups import Topups
from sandbox.bss.transfers import KEY, Transfers
from sandbox.bss.wire import Document, read

BALANCE = "/tmf-api/prepayBalanceManagement/v4"
CATALOGUE = "/tmf-api/productCatalogManagement/v4"
INVENTORY = "/tmf-api/productInventory/v4"
ORDERING = "/tmf-api/productOrderingManagement/v4"
TICKETS = "/tmf-api/troubleTicket/v4"
USAGES = "/tmf-api/usageManagement/v4"

_OF_NUMBER: dict[str, Path] = {
    "bucket": ("logicalResource", "id"),
    PRODUCT: ("productSerialNumber",),
    USAGE: ("usageCharacteristic", "number"),
    TOPUP: ("logicalResource", "id"),
}
# A transfer is found by its key also when its description has become longer.
_TRANSFER_ALSO: dict[Path, tuple[Path, ...]] = {("description",): ((KEY,),)}
_TRANSFER_NEEDS = frozenset(
    {"href", "id", "reason", "receiverLogicalResource", "channel", "logicalResource", "status"}
)


@dataclass(frozen=True)
class Bss:
    """Everything behind the addresses."""

    database: Database
    catalogue: Catalogue
    orders: Orders
    transfers: Transfers
    topups: Topups
    tickets: Tickets

    @classmethod
    async def open(cls, settings: Settings, people: People) -> "Bss":
        """Read the catalogue and connect."""
        catalogue = read_catalogue(settings.operator_file, people.allowances)
        database = await Database.open(settings.database_url)
        return cls(
            database=database,
            catalogue=catalogue,
            orders=Orders(database, catalogue, settings.order_seconds),
            transfers=Transfers(database, catalogue),
            topups=Topups(database, catalogue),
            tickets=Tickets(database),
        )

    def resources(self) -> list[Resource]:
        """All kinds of resources."""
        return [
            Resource(CATALOGUE, "productOffering", self._offerings, self._offering),
            Resource(BALANCE, "bucket", self._buckets, self._bucket),
            self._kept(BALANCE, TOPUP, self._top_up, needed=frozenset({"status"})),
            self._kept_transfers(),
            self._kept(INVENTORY, PRODUCT),
            self._kept(USAGES, USAGE),
            self._kept(TICKETS, TICKET, self._open_ticket),
            self._product_orders(),
        ]

    def _kept(
        self,
        base: str,
        kind: str,
        make: Callable[[web.Request, datetime], Awaitable[Document]] | None = None,
        *,
        needed: frozenset[str] = frozenset(),
    ) -> Resource:
        return Resource(base, kind, self._all(kind), self._one(kind), make, needed)

    def _kept_transfers(self) -> Resource:
        return Resource(
            base=BALANCE,
            name=TRANSFER,
            all=self._all(TRANSFER),
            one=self._one(TRANSFER),
            make=self._transfer,
            needed=_TRANSFER_NEEDS,
            also=_TRANSFER_ALSO,
        )

    def _product_orders(self) -> Resource:
        return Resource(
            base=ORDERING,
            name="productOrder",
            all=self._product_order_list,
            one=self._product_order,
            make=self._place_order,
            needed=frozenset({"productOrderItem"}),
        )

    def _all(self, kind: str) -> Callable[[Query, datetime], Awaitable[list[Document]]]:
        async def documents(query: Query, now: datetime) -> list[Document]:
            await self.orders.carry_out_due(now)
            async with self.database.connection() as connection:
                found = await Documents(connection).all(kind, _number_of(query, kind))
            return [as_of(each, now) for each in found] if kind == PRODUCT else found

        return documents

    def _one(self, kind: str) -> Callable[[str, datetime], Awaitable[Document | None]]:
        async def document(document_id: str, now: datetime) -> Document | None:
            await self.orders.carry_out_due(now)
            async with self.database.connection() as connection:
                found = await Documents(connection).get(kind, document_id)
            return as_of(found, now) if found and kind == PRODUCT else found

        return document

    async def _offerings(self, _query: Query, _now: datetime) -> Sequence[Document]:
        return [offering_document(each) for each in self.catalogue.offerings.values()]

    async def _offering(self, offering_id: str, _now: datetime) -> Document | None:
        offering = self.catalogue.get(offering_id)
        return None if offering is None else offering_document(offering)

    async def _buckets(self, query: Query, now: datetime) -> Sequence[Document]:
        await self.orders.carry_out_due(now)
        async with self.database.connection() as connection:
            rows = await connection.fetch(statement("buckets"), _number_of(query, "bucket"))
        return [bucket_document(dict(row), now) for row in rows]

    async def _bucket(self, bucket_id: str, now: datetime) -> Document | None:
        await self.orders.carry_out_due(now)
        if not is_id(bucket_id):
            return None
        async with self.database.connection() as connection:
            row = await connection.fetchrow(statement("bucket"), bucket_id)
        return None if row is None else bucket_document(dict(row), now)

    async def _product_order_list(self, _query: Query, now: datetime) -> Sequence[Document]:
        await self.orders.carry_out_due(now)
        return await self.orders.all(now)

    async def _product_order(self, order_id: str, now: datetime) -> Document | None:
        await self.orders.carry_out_due(now)
        return await self.orders.one(order_id, now)

    async def _place_order(self, request: web.Request, now: datetime) -> Document:
        order, sent = await read(request, ProductOrderCreate)
        await self.orders.carry_out_due(now)
        return await self.orders.place(order, sent, now)

    async def _transfer(self, request: web.Request, now: datetime) -> Document:
        asked, sent = await read(request, TransferBalanceCreate)
        await self.orders.carry_out_due(now)
        return await self.transfers.make(asked, sent, now)

    async def _top_up(self, request: web.Request, now: datetime) -> Document:
        asked, sent = await read(request, TopupBalanceCreate)
        await self.orders.carry_out_due(now)
        return await self.topups.make(asked, sent, now)

    async def _open_ticket(self, request: web.Request, now: datetime) -> Document:
        asked, sent = await read(request, TroubleTicketCreate)
        return await self.tickets.open(asked, sent, now)


def _number_of(query: Query, kind: str) -> str | None:
    """The number the list is asked for, so that nobody else's is read; None if for no one's."""
    path = _OF_NUMBER.get(kind)
    for condition in query.conditions:
        if (
            condition.paths == (path,)
            and condition.comparison == "eq"
            and is_number(condition.value)
        ):
            return condition.value
    return None
