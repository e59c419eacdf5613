"""The books: money, allowances and products, changed within one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.bss import products
from sandbox.bss.buckets import bonus_bucket, bucket_name, main_bucket
from sandbox.bss.catalogue import UNITS, Catalogue, Offering
from sandbox.bss.database import Connection
from sandbox.bss.documents import PRODUCT, USAGE, Documents, is_number
from sandbox.bss.statements import statement
from sandbox.bss.usage import Use, usage_document, word
from sandbox.bss.wire import Document

POINT_COSTS = 10
SETTLED = Decimal(0)


class InsufficientFunds(Exception):
    """There is not that much on the account."""


@dataclass(frozen=True)
class Subscriber:
    """A number and who it belongs to."""

    number: str
    customer: str
    is_contract: bool
    owed: Decimal


@dataclass(frozen=True)
class NewBucket:
    """A bucket to be made; ``amount`` None has no end."""

    id: str
    number: str
    usage_type: str
    name: str
    units: str
    amount: Decimal | None
    starts: datetime
    ends: datetime | None = None
    started: Decimal | None = None
    lowest: Decimal = SETTLED
    source: str | None = None
    shared: tuple[str, ...] = ()


class Books:
    """All that changes of a subscriber; whoever changes something has the row locked."""

    def __init__(self, connection: Connection, catalogue: Catalogue, now: datetime) -> None:
        self._connection = connection
        self._documents = Documents(connection)
        self.catalogue = catalogue
        self.now = now

    async def lock(self, numbers: Iterable[str]) -> dict[str, Subscriber]:
        """The subscribers there are of these numbers, nobody else's to change until the end."""
        wanted = sorted({number for number in numbers if is_number(number)})
        rows = await self._connection.fetch(statement("lock_subscribers"), wanted)
        return {row["number"]: Subscriber(**row) for row in rows}

    async def serial(self) -> int:
        """A number nothing else has."""
        return int(await self._connection.fetchval(statement("next_serial")))

    async def balance(self, number: str) -> Decimal:
        """What is on the account."""
        value = await self._connection.fetchval(statement("remaining"), main_bucket(number))
        return Decimal(value or 0)

    async def take(self, number: str, amount: Decimal) -> None:
        """Take money from the account; raises ``InsufficientFunds``."""
        bucket = main_bucket(number)
        if await self._connection.fetchval(statement("take"), bucket, amount) is None:
            raise InsufficientFunds

    async def give(self, number: str, amount: Decimal) -> None:
        """Put money on the account."""
        await self._connection.fetchval(statement("give"), main_bucket(number), amount)

    async def charge(self, number: str, offering: Offering) -> None:
        """Take an offering's price and write the charge down; raises ``InsufficientFunds``."""
        if offering.price == 0:
            return
        await self.take(number, offering.price)
        facts = {"offering": offering.id}
        description = offering.name
        if offering.category == "tariff":
            description = f"{word('tariff', self.catalogue.language)}: {offering.name}"
        await self.use(Use(number, "charge", self.now, offering.price, description, facts))

    async def use(self, use: Use) -> None:
        """Write a use down."""
        document = usage_document(use, usage_id=f"U-{await self.serial()}")
        await self._documents.add(USAGE, document, numbers=[use.number])

    async def products(self, number: str) -> list[Document]:
        """What the number has and had, as of now."""
        found = await self._documents.all(PRODUCT, number)
        return [products.as_of(each, self.now) for each in found]

    async def product(self, product_id: str) -> Document | None:
        """One product as of now."""
        found = await self._documents.get(PRODUCT, product_id)
        return found and products.as_of(found, self.now)

    async def add_product(self, document: Document) -> None:
        """Somebody has something new."""
        await self._documents.add(PRODUCT, document, numbers=[document["productSerialNumber"]])

    async def put_product(self, document: Document) -> None:
        """Keep what was changed of a product."""
        await self._documents.put(PRODUCT, document)

    async def add_bucket(self, bucket: NewBucket) -> None:
        """Open a bucket."""
        started = bucket.amount if bucket.started is None else bucket.started
        await self._connection.execute(
            statement("add_bucket"),
            bucket.id,
            bucket.number,
            list(bucket.shared),
            bucket.usage_type,
            bucket.name,
            bucket.units,
            None if bucket.usage_type in ("monetary", "other") else started,
            bucket.amount,
            bucket.lowest,
            bucket.source,
            bucket.starts,
            bucket.ends,
        )

    async def add_allowances(self, document: Document, offering: Offering, ends: datetime) -> None:
        """Open the buckets that come with a product."""
        serial = await self.serial()
        for kind, units in offering.allowances.items():
            bucket = NewBucket(
                id=f"{kind}-{serial}",
                number=document["productSerialNumber"],
                usage_type=kind,
                name=bucket_name(kind, offering),
                units=UNITS[kind],
                amount=None if units is None else Decimal(units),
                starts=self.now,
                ends=ends,
                source=document["id"],
            )
            await self.add_bucket(bucket)

    async def end_allowances(self, document: Document) -> None:
        """Close the buckets that came with a product."""
        await self._connection.execute(statement("end_buckets_of"), document["id"], self.now)

    async def owe(self, number: str, amount: Decimal) -> None:
        """Set what is to be repaid of a promised payment."""
        await self._connection.execute(statement("set_owed"), number, amount)

    async def top_up(self, subscriber: Subscriber, amount: Decimal) -> None:
        """Put paid money on the account: repays what was promised, brings points, revives."""
        number = subscriber.number
        await self.give(number, amount)
        repaid = min(subscriber.owed, amount)
        if repaid:
            await self.take(number, repaid)
            await self.owe(number, subscriber.owed - repaid)
        points = Decimal(int(amount / POINT_COSTS))
        await self._connection.fetchval(statement("give"), bonus_bucket(number), points)
        await self._after_top_up(number, is_repaid=repaid == subscriber.owed > 0)

    async def _after_top_up(self, number: str, *, is_repaid: bool) -> None:
        for document in await self.products(number):
            if is_repaid and products.kind(document) == "promised-payment":
                if products.is_had(document):
                    products.end(document, self.now)
                    await self.put_product(document)
            elif products.kind(document) == "contract":
                await self._pay_debt(document)
        await self.revive(number)

    async def _pay_debt(self, document: Document) -> None:
        owed = Decimal(str(products.characteristic(document, "debt") or 0))
        balance = await self.balance(document["productSerialNumber"])
        left = min(owed, max(-balance, SETTLED))
        if left != owed:
            products.characterise(document, {"debt": left})
            await self.put_product(document)

    async def revive(self, number: str) -> None:
        """Resume a tariff that was suspended for want of money, if there is enough now."""
        for document in await self.products(number):
            if products.characteristic(document, "suspendReason") == "noFunds":
                offering = self.catalogue.get(document["productOffering"]["id"])
                if offering and await self.balance(number) >= offering.price:
                    await self.renew_tariff(document, offering)

    async def renew_tariff(self, document: Document, offering: Offering) -> None:
        """Charge a tariff and begin its next period; raises ``InsufficientFunds``."""
        number = document["productSerialNumber"]
        await self.charge(number, offering)
        await self.end_allowances(document)
        products.replace_offering(document, offering, self.now)
        document["status"] = products.ACTIVE
        next_charge = self.now + timedelta(days=offering.charge_days)
        facts = {"nextChargeDate": next_charge, "nextChargeAmount": offering.price}
        products.characterise(document, {**facts, "suspendReason": None, "lifeUntil": None})
        await self.add_allowances(document, offering, next_charge)
        await self.put_product(document)
