"""Payments that come in."""

from datetime import datetime
from decimal import Decimal

from msgspec import UnsetType

from sandbox.bss.bodies import TopupBalanceCreate
from sandbox.bss.books import Books, Subscriber
from sandbox.bss.buckets import account_of, is_money, main_bucket, owner_of, quantity
from sandbox.bss.catalogue import Catalogue
from sandbox.bss.database import Database
from sandbox.bss.documents import TOPUP, Documents
from sandbox.bss.wire import CURRENCY, Document, moment

# What a payment terminal takes at once.
MOST = Decimal(14000)


class Topups:
    """The payments of the sandbox."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue

    async def make(self, asked: TopupBalanceCreate, sent: Document, now: datetime) -> Document:
        """Put money on an account, or write down that it failed."""
        number = owner_of(asked.bucket.id)
        async with self._database.transaction() as connection:
            books = Books(connection, self._catalogue, now)
            subscriber = (await books.lock([number])).get(number)
            document = {
                "logicalResource": [{"id": number, "@referredType": "LogicalResource"}],
                **sent,
                "id": f"TU-{await books.serial()}",
                "requestedDate": moment(now),
                "status": "failed",
                "@type": "TopupBalance",
            }
            amount = _amount(asked)
            if subscriber and _is_of(asked, subscriber) and amount:
                await books.top_up(subscriber, amount)
                document |= {"status": "completed", "confirmationDate": moment(now)}
            numbers = [each["id"] for each in document["logicalResource"]]
            await Documents(connection).add(TOPUP, document, numbers=[number, *numbers])
        return document


def _is_of(asked: TopupBalanceCreate, subscriber: Subscriber) -> bool:
    return asked.usage_type == "monetary" and asked.party_account.id == account_of(
        subscriber.customer
    )


def _amount(asked: TopupBalanceCreate) -> Decimal | None:
    """The money there is to put; None if it cannot be taken."""
    amount = asked.amount.amount
    if isinstance(amount, UnsetType) or asked.amount.units != CURRENCY:
        return None
    value = Decimal(str(amount))
    return value if is_money(value) and value <= MOST else None


def topup_document(
    number: str, customer: str, amount: Decimal, *, topup_id: str, channel: str
) -> Document:
    """A payment as TMF654 has it, without its status and dates."""
    return {
        "id": topup_id,
        "amount": quantity(amount, CURRENCY),
        "usageType": "monetary",
        "bucket": {"id": main_bucket(number)},
        "partyAccount": {"id": account_of(customer), "@referredType": "PartyAccount"},
        "logicalResource": [{"id": number, "@referredType": "LogicalResource"}],
        "channel": {"id": channel, "name": channel},
        "@type": "TopupBalance",
    }
