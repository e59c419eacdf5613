"""What an order does, item by item: one function for each row of the table of orders."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from msgspec import UNSET, UnsetType

from sandbox.bss import products
from sandbox.bss.bodies.ordering import ProductOrderItem, ProductRefOrValue
from sandbox.bss.books import Books, InsufficientFunds, Subscriber
from sandbox.bss.catalogue import Offering
from sandbox.bss.wire import Document

FAILED = "failed"
REJECTED = "rejected"
_STATES = {"insufficientFunds": FAILED, "debt": FAILED, "promisedNotRepaid": FAILED}
_EQUIPMENT = ("tariff", "sim", "contract", "promised-payment")


class OrderRefused(Exception):
    """The order cannot be carried out; the text is the note that tells why."""

    @property
    def state(self) -> str:
        """What the order ends as."""
        return _STATES.get(str(self), REJECTED)


@dataclass(frozen=True)
class _Case:
    """An item, looked up."""

    subscriber: Subscriber
    offering: Offering | None
    product: Document | None
    asked: ProductRefOrValue


async def carry_out(books: Books, items: list[ProductOrderItem]) -> None:
    """Carry out all items of an order; raises ``OrderRefused`` at the first that cannot be."""
    for item in items:
        try:
            await _carry_out(books, item)
        except InsufficientFunds:
            raise OrderRefused("insufficientFunds") from None


async def _carry_out(books: Books, item: ProductOrderItem) -> None:
    if item.action == "noChange":
        return
    case = await _look_up(books, item)
    match item.action:
        case "add":
            await _add(books, case)
        case "delete":
            await _delete(books, case)
        case "modify":
            await _modify(books, case)


async def _look_up(books: Books, item: ProductOrderItem) -> _Case:
    asked = item.product
    if isinstance(asked, UnsetType) or item.quantity not in (UNSET, 1):
        raise OrderRefused("notAvailable")
    reference = item.product_offering
    offering = None if isinstance(reference, UnsetType) else books.catalogue.get(reference.id)
    product = None
    number = asked.product_serial_number or ""
    if item.action != "add":
        product = await books.product(asked.id or "")
        if product is None or number not in ("", product["productSerialNumber"]):
            raise OrderRefused("notActive" if item.action == "delete" else "notAvailable")
        number = product["productSerialNumber"]
    subscriber = (await books.lock([number])).get(number)
    if subscriber is None:
        raise OrderRefused("notAvailable")
    # Once more: only now is it certain that nobody else changes it.
    product = product and await books.product(product["id"])
    return _Case(subscriber, offering, product, asked)


async def _add(books: Books, case: _Case) -> None:
    if case.offering is None:
        raise OrderRefused("notAvailable")
    had = [each for each in await books.products(case.subscriber.number) if products.is_had(each)]
    match case.offering.category:
        case "package":
            await _add_package(books, case.subscriber, case.offering, had)
        case "service" | "subscription":
            await _add_service(books, case.subscriber, case.offering, had)
        case "roaming":
            await _add_roaming(books, case, case.offering, had)
        case "promised-payment":
            await _promise(books, case.subscriber, case.offering)
        case _:
            raise OrderRefused("notAvailable")


async def _add_package(
    books: Books, subscriber: Subscriber, offering: Offering, had: list[Document]
) -> None:
    _refuse_paused(had)
    _refuse_debtors(had)
    await books.charge(subscriber.number, offering)
    until = books.now + timedelta(days=offering.days or 1)
    document = await _new(books, subscriber, offering)
    products.characterise(document, {"kind": "package", "validUntil": until})
    await books.add_product(document)
    await books.add_allowances(document, offering, until)


async def _add_service(
    books: Books, subscriber: Subscriber, offering: Offering, had: list[Document]
) -> None:
    _refuse_paused(had)
    _refuse_second(had, offering)
    if offering.price:
        _refuse_debtors(had)
    await books.charge(subscriber.number, offering)
    document = await _new(books, subscriber, offering)
    facts: dict[str, object] = {"kind": offering.category}
    if offering.price:
        facts["nextChargeDate"] = books.now + timedelta(days=offering.charge_days)
    if offering.category == "subscription":
        facts["orderedBy"] = "web"
    products.characterise(document, facts)
    await books.add_product(document)


async def _add_roaming(books: Books, case: _Case, offering: Offering, had: list[Document]) -> None:
    _refuse_second(had, offering)
    await books.charge(case.subscriber.number, offering)
    document = await _new(books, case.subscriber, offering)
    zone = _zone(books.catalogue.zones, case.asked)
    products.characterise(document, {"kind": "roaming", "zone": zone})
    await books.add_product(document)


async def _promise(books: Books, subscriber: Subscriber, offering: Offering) -> None:
    if subscriber.is_contract:
        raise OrderRefused("notAvailable")
    if subscriber.owed:
        raise OrderRefused("promisedNotRepaid")
    amount, fee = offering.amount or Decimal(0), offering.fee or Decimal(0)
    await books.give(subscriber.number, amount)
    await books.owe(subscriber.number, amount + fee)
    document = await _new(books, subscriber, offering)
    until = books.now + timedelta(days=offering.days or 1)
    facts = {"kind": "promised-payment", "debt": amount + fee, "repayUntil": until}
    products.characterise(document, facts)
    await books.add_product(document)
    await books.revive(subscriber.number)


async def _delete(books: Books, case: _Case) -> None:
    document = case.product
    if document is None or not products.is_had(document):
        raise OrderRefused("notActive")
    if products.kind(document) in _EQUIPMENT:
        raise OrderRefused("notAvailable")
    products.end(document, books.now)
    await books.end_allowances(document)
    await books.put_product(document)


async def _modify(books: Books, case: _Case) -> None:
    document, offering = case.product, case.offering
    if document is None or offering is None or not products.is_had(document):
        raise OrderRefused("notAvailable")
    match products.kind(document), offering.category:
        case "tariff", "tariff":
            await _change_tariff(books, case, document, offering)
        case "sim", "sim-block":
            await _block_or_unblock(books, document, offering)
        case _:
            raise OrderRefused("notAvailable")


async def _change_tariff(books: Books, case: _Case, document: Document, offering: Offering) -> None:
    if document["productOffering"]["id"] == offering.id:
        raise OrderRefused("alreadyActive")
    had = await books.products(case.subscriber.number)
    _refuse_paused(had)
    _refuse_debtors(had)
    await books.renew_tariff(document, offering)


async def _block_or_unblock(books: Books, sim: Document, offering: Offering) -> None:
    if offering.id == "sim-unblock":
        await _unblock(books, sim)
        return
    if sim["status"] == products.SUSPENDED:
        raise OrderRefused("alreadyActive")
    sim["status"] = products.SUSPENDED
    await books.put_product(sim)


async def _unblock(books: Books, sim: Document) -> None:
    """End a pause of one's own, and a block of the SIM; one of the two must be there."""
    paused = [each for each in await books.products(sim["productSerialNumber"]) if _is_paused(each)]
    if sim["status"] == products.ACTIVE and not paused:
        raise OrderRefused("alreadyActive")
    for document in paused:
        products.characterise(document, {"suspendReason": None, "lifeUntil": None})
    for document in (*paused, sim):
        document["status"] = products.ACTIVE
        await books.put_product(document)


async def _new(books: Books, subscriber: Subscriber, offering: Offering) -> Document:
    return products.product(
        subscriber.number,
        subscriber.customer,
        offering,
        product_id=f"P-{await books.serial()}",
        starts=books.now,
    )


def _zone(zones: tuple[str, ...], asked: ProductRefOrValue) -> str | None:
    """The zone asked for; the operator's first, if none was."""
    given = asked.product_characteristic
    named = [] if isinstance(given, UnsetType) else [c.value for c in given if c.name == "zone"]
    return next((zone for zone in zones if zone in named), zones[0] if zones else None)


def _refuse_second(had: list[Document], offering: Offering) -> None:
    if any(each["productOffering"]["id"] == offering.id for each in had):
        raise OrderRefused("alreadyActive")


def _refuse_debtors(had: list[Document]) -> None:
    if any(products.kind(each) == "contract" and _debt(each) > 0 for each in had):
        raise OrderRefused("debt")


def _debt(contract: Document) -> float:
    return float(products.characteristic(contract, "debt") or 0)


def _refuse_paused(had: list[Document]) -> None:
    if any(_is_paused(each) for each in had):
        raise OrderRefused("notAvailable")


def _is_paused(document: Document) -> bool:
    reason = products.characteristic(document, "suspendReason")
    return document["status"] == products.SUSPENDED and reason in ("ownRequest", "expired")
