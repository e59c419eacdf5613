"""Money passed from one number to another, in one transaction, once for each key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from msgspec import UnsetType

from sandbox.bss.bodies import TransferBalanceCreate
from sandbox.bss.books import Books, InsufficientFunds, Subscriber
from sandbox.bss.buckets import is_money, main_bucket, money
from sandbox.bss.catalogue import Catalogue
from sandbox.bss.database import Database
from sandbox.bss.documents import TRANSFER, Documents, key_of
from sandbox.bss.usage import Use, word
from sandbox.bss.wire import CURRENCY, Document, moment

# Where the key stays when the description tells of a failure as well.
KEY = "_key"


class TransferFailed(Exception):
    """The transfer cannot be; the text tells why, in the words of the interface."""


@dataclass(frozen=True)
class _Transfer:
    sender: str
    receiver: str
    amount: Decimal
    fits: bool


class Transfers:
    """The transfers of the sandbox."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue

    async def make(self, asked: TransferBalanceCreate, sent: Document, now: datetime) -> Document:
        """Pass money on, or tell why not; a key seen before is answered with the first."""
        transfer = _read(asked)
        said = asked.description
        key = None if isinstance(said, UnsetType) else key_of(transfer.sender, said)
        async with self._database.transaction() as connection:
            books = Books(connection, self._catalogue, now)
            documents = Documents(connection)
            document = self._document(sent, now, f"X-{await books.serial()}")
            numbers = [transfer.sender, transfer.receiver]
            # The key is taken first: who comes second waits here and moves nothing.
            if not await documents.add(TRANSFER, document, numbers=numbers, key=key):
                return await documents.by_key(TRANSFER, key or "") or document
            try:
                async with connection.transaction():
                    await self._move(books, transfer, documents)
                document |= {"status": "completed", "confirmationDate": moment(now)}
            except TransferFailed as failed:
                described = "; ".join(filter(None, (sent.get("description"), str(failed))))
                document |= {"status": "failed", "description": described}
            await documents.put(TRANSFER, document)
        return document

    async def _move(self, books: Books, transfer: _Transfer, documents: Documents) -> None:
        parties = await books.lock([transfer.sender, transfer.receiver])
        sender = parties.get(transfer.sender)
        self._check(transfer, parties)
        rules = books.catalogue.transfer
        # Read with both locked, so that two transfers cannot share what is left of the day.
        earlier = await documents.all(TRANSFER, transfer.sender)
        today = _sent_on(earlier, transfer.sender, books.now)
        if not transfer.fits or not rules.least <= transfer.amount <= rules.most - today:
            raise TransferFailed("limitExceeded")
        await self._pay(books, transfer, sender)

    def _check(self, transfer: _Transfer, parties: Mapping[str, Subscriber]) -> None:
        if transfer.sender not in parties:
            raise TransferFailed("insufficientFunds")
        if transfer.receiver not in parties or transfer.receiver == transfer.sender:
            raise TransferFailed("unknownReceiver")

    async def _pay(self, books: Books, transfer: _Transfer, sender: Subscriber | None) -> None:
        whole = transfer.amount + books.catalogue.transfer.fee
        promised = sender.owed if sender else Decimal(0)
        # Promised money is no gift to make, nor is a contract's credit.
        if await books.balance(transfer.sender) - promised < whole:
            raise TransferFailed("insufficientFunds")
        try:
            await books.take(transfer.sender, whole)
        except InsufficientFunds:
            raise TransferFailed("insufficientFunds") from None
        await books.give(transfer.receiver, transfer.amount)
        description = f"{word('transfer', books.catalogue.language)} {transfer.receiver}"
        facts = {"otherNumber": transfer.receiver}
        await books.use(Use(transfer.sender, "charge", books.now, whole, description, facts))

    def _document(self, sent: Document, now: datetime, transfer_id: str) -> Document:
        return {
            **sent,
            KEY: sent.get("description"),
            "id": transfer_id,
            "href": "",
            "requestedDate": moment(now),
            "status": "created",
            "transferCost": money(self._catalogue.transfer.fee),
            "costOwner": "originator",
            "@type": "TransferBalance",
        }


def _read(asked: TransferBalanceCreate) -> _Transfer:
    sender = asked.logical_resource[0].id
    receiver = asked.receiver_logical_resource.id
    amount = asked.amount.amount
    value = Decimal(0) if isinstance(amount, UnsetType) else Decimal(str(amount))
    fits = (
        asked.usage_type == asked.receiver_bucket_usage_type == "monetary"
        and asked.amount.units == CURRENCY
        and is_money(value)
    )
    return _Transfer(
        sender=sender if asked.bucket.id == main_bucket(sender) else "",
        receiver=receiver if asked.receiver_bucket.id == main_bucket(receiver) else "",
        amount=value,
        fits=fits,
    )


def _sent_on(transfers: list[Document], sender: str, now: datetime) -> Decimal:
    """What the sender has passed on during the day."""
    day = moment(now)[:10]
    return sum(
        (
            Decimal(str(each["amount"]["amount"]))
            for each in transfers
            if each["status"] == "completed"
            and each["requestedDate"].startswith(day)
            and each["logicalResource"][0]["id"] == sender
        ),
        Decimal(0),
    )
