"""Product orders: taken, carried out when they are due, shown as far as they have come."""

import json
from datetime import datetime, timedelta

import asyncpg
import msgspec
from msgspec import UnsetType

from sandbox.bss.bodies import ProductOrderCreate
from sandbox.bss.books import Books
from sandbox.bss.catalogue import Catalogue
from sandbox.bss.database import Connection, Database
from sandbox.bss.documents import is_id, key_of
from sandbox.bss.effects import OrderRefused, carry_out
from sandbox.bss.statements import statement
from sandbox.bss.wire import Document, dumps, moment

# The part of its time an order is only acknowledged.
_ACKNOWLEDGED_PART = 0.4
COMPLETED = "completed"


class Orders:
    """The orders of the sandbox."""

    def __init__(self, database: Database, catalogue: Catalogue, seconds: float) -> None:
        self._database = database
        self._catalogue = catalogue
        self._time = timedelta(seconds=seconds)

    async def place(self, order: ProductOrderCreate, sent: Document, now: datetime) -> Document:
        """Take an order; one whose key was seen before is answered with the first."""
        external = order.external_id
        key = None if isinstance(external, UnsetType) else key_of(external)
        async with self._database.transaction() as connection:
            order_id = f"O-{await connection.fetchval(statement('next_serial'))}"
            arguments = (order_id, key, dumps(sent), now, now + self._time)
            row = await connection.fetchrow(statement("add_order"), *arguments)
            if row is None:
                row = await connection.fetchrow(statement("order_by_key"), key)
        if row is None:
            raise RuntimeError("an order is neither new nor known")
        return self._document(row, now)

    async def carry_out_due(self, now: datetime) -> None:
        """Carry out every order whose time has come, in the order they came."""
        async with self._database.connection() as connection:
            due = await connection.fetch(statement("due_orders"), now)
            for row in due:
                async with connection.transaction():
                    await self._carry_out(connection, row["id"])

    async def one(self, order_id: str, now: datetime) -> Document | None:
        """An order as it stands."""
        if not is_id(order_id):
            return None
        async with self._database.connection() as connection:
            row = await connection.fetchrow(statement("order"), order_id)
        return None if row is None else self._document(row, now)

    async def all(self, now: datetime) -> list[Document]:
        """All orders as they stand, in the order they came."""
        async with self._database.connection() as connection:
            rows = await connection.fetch(statement("orders"))
        return [self._document(row, now) for row in rows]

    async def _carry_out(self, connection: Connection, order_id: str) -> None:
        row = await connection.fetchrow(statement("lock_order_to_do"), order_id)
        if row is None:
            # Another process was first.
            return
        order = msgspec.json.decode(row["body"], type=ProductOrderCreate)
        outcome, note = COMPLETED, None
        try:
            async with connection.transaction():
                books = Books(connection, self._catalogue, row["due_at"])
                await carry_out(books, order.product_order_item)
        except OrderRefused as refused:
            outcome, note = refused.state, str(refused)
        await connection.execute(statement("end_order"), order_id, outcome, note)

    def _document(self, row: asyncpg.Record, now: datetime) -> Document:
        document: Document = json.loads(row["body"])
        state = row["outcome"] or self._state_under_way(row["ordered_at"], now)
        items = [{**item, "state": state} for item in document["productOrderItem"]]
        document |= {
            "id": row["id"],
            "orderDate": moment(row["ordered_at"]),
            "expectedCompletionDate": moment(row["due_at"]),
            "state": state,
            "productOrderItem": items,
            "@type": "ProductOrder",
        }
        if row["outcome"] == COMPLETED:
            document["completionDate"] = moment(row["due_at"])
        if row["note"]:
            said = {"author": "BSS", "date": moment(row["due_at"]), "text": row["note"]}
            document["note"] = [*document.get("note", ()), said]
        return document

    def _state_under_way(self, ordered_at: datetime, now: datetime) -> str:
        waits = now - ordered_at < self._time * _ACKNOWLEDGED_PART
        return "acknowledged" if waits else "inProgress"
