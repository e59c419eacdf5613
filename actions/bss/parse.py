"""The specifications' resources as our types; anything amiss is ``BssNonsense``. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from actions.bss.errors import BssNonsense, BssRefused, BssUnavailable, NotFound
from actions.bss.model import (
    Account,
    ActionStatus,
    Bucket,
    BucketKind,
    BucketStatus,
    Facts,
    Grant,
    Offering,
    Order,
    OrderedBy,
    OrderReason,
    OrderState,
    Period,
    Price,
    PriceType,
    Product,
    ProductKind,
    ProductStatus,
    Quantity,
    SimType,
    SuspendReason,
    Ticket,
    TicketStatus,
    TopUp,
    Transfer,
    TransferReason,
    Usage,
    UsageKind,
)
from actions.bss.reading import E, Node, decode, maybe

MAIN_BUCKET = "main"
BONUS_BUCKET = "bonus"
_TOKEN_SECONDS = 300

_UNITS = {
    BucketKind.VOICE: "min",
    BucketKind.DATA: "MB",
    BucketKind.SMS: "sms",
    BucketKind.OTHER: "points",
}
_ALLOWANCES = (BucketKind.DATA, BucketKind.VOICE, BucketKind.SMS)
_UNLIMITED = "unlimited"
_CURRENCY = re.compile("[A-Z]{3}")
_NUMBER = re.compile("[1-9][0-9]{6,14}")
_PUK = re.compile("[0-9]{8}")
_ICCID = re.compile("[0-9]{18,22}")
_TOTAL = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?) (\S{1,16})")
_TOKEN = re.compile(r"[\x21-\x7e]{1,8192}")
_CODE = re.compile("[A-Za-z0-9_.-]{1,64}")
_COUNT = re.compile("[0-9]{1,7}")


def check_status(status: int, body: bytes, where: str) -> None:
    """Raise the error a status stands for; 2xx stands for none.

    Raises:
        NotFound: 404.
        BssRefused: another 4xx.
        BssUnavailable: 5xx.
        BssNonsense: anything else.
    """
    if 200 <= status < 300:
        return
    if 400 <= status < 500:
        code, reason = _refusal(body, where)
        raise (NotFound if status == 404 else BssRefused)(where, status, code=code, reason=reason)
    if status >= 500:
        raise BssUnavailable(f"{where}: status {status}.", is_passing=True)
    raise BssNonsense(f"{where}: unexpected status {status}.")


def _refusal(body: bytes, where: str) -> tuple[str | None, str | None]:
    """Return code and reason of an ``Error``; a refusal without one is still a refusal."""
    try:
        error = decode(body, where)
        return error.of("code").matching(_CODE), error.of("reason").text()
    except BssNonsense:
        return None, None


def parse_total(header: str | None, where: str) -> int | None:
    """Return ``X-Total-Count``, if it was said."""
    if header is None:
        return None
    if not _COUNT.fullmatch(header.strip()):
        raise BssNonsense(f"{where}: X-Total-Count is no count.")
    return int(header)


def parse_grant(node: Node) -> Grant:
    """Read a token's answer (RFC 6749, 5.1)."""
    if node.of("token_type").text().lower() != "bearer":
        node.fail("a token of another type")
    seconds = maybe(node.find("expires_in"), Node.amount)
    token = node.of("access_token").matching(_TOKEN)
    return Grant(token, float(_TOKEN_SECONDS if seconds is None else seconds))


def parse_bucket(node: Node) -> Bucket:
    """Read TMF654 ``Bucket``."""
    kind = node.of("usageType").choice(BucketKind)
    remaining = maybe(node.find("remainingValue"), lambda found: _held(found, kind))
    if remaining is None and kind in {BucketKind.MONEY, BucketKind.OTHER}:
        node.fail("remainingValue is missing")
    period = node.find("validFor")
    account = node.find("partyAccount")
    return Bucket(
        id=node.of("id").name(),
        kind=kind,
        name=node.of("name").name(),
        status=node.of("status").choice(BucketStatus),
        remaining=remaining,
        total=_total(node, remaining) if kind in _UNITS else None,
        ends=None if period is None else maybe(period.find("endDateTime"), Node.moment),
        account_id=None if account is None else account.of("id").name(),
        numbers=_resources(node),
    )


def account_of(buckets: Sequence[Bucket], where: str) -> Account:
    """Sort a number's buckets.

    Raises:
        BssNonsense: there is not one account among them.
    """
    mains = [one for one in buckets if one.kind is BucketKind.MONEY and one.name == MAIN_BUCKET]
    if len(mains) != 1 or mains[0].remaining is None:
        raise BssNonsense(f"{where}: not one main account, found {len(mains)}.")
    (main,) = mains
    points = [one for one in buckets if one.kind is BucketKind.OTHER and one.name == BONUS_BUCKET]
    return Account(
        id=main.account_id,
        bucket_id=main.id,
        money=mains[0].remaining,
        points=points[0].remaining if points else None,
        allowances=tuple(one for one in buckets if one is not main and one not in points),
    )


def parse_top_up(node: Node) -> TopUp:
    """Read TMF654 ``TopupBalance``."""
    channel = node.find("channel")
    return TopUp(
        id=node.of("id").name(),
        amount=_cash(node.of("amount"), "amount", "units"),
        status=node.of("status").choice(ActionStatus),
        requested=maybe(node.find("requestedDate"), Node.moment),
        confirmed=maybe(node.find("confirmationDate"), Node.moment),
        channel=None if channel is None else maybe(channel.find("name"), Node.text),
        numbers=_resources(node),
    )


def parse_transfer(node: Node) -> Transfer:
    """Read TMF654 ``TransferBalance``."""
    status = node.of("status").choice(ActionStatus)
    key, _, ending = node.of("description").name().partition("; ")
    return Transfer(
        id=node.of("id").name(),
        key=key,
        status=status,
        reason=_known(TransferReason, [ending]) if status is ActionStatus.FAILED else None,
        amount=_cash(node.of("amount"), "amount", "units"),
        fee=maybe(node.find("transferCost"), _money),
    )


def parse_product(node: Node) -> Product:
    """Read TMF637 ``Product``."""
    said = _characteristics(node, "productCharacteristic")
    if "kind" not in said:
        node.fail("the characteristic kind is missing")
    offering = node.find("productOffering")
    return Product(
        id=node.of("id").name(),
        kind=_known(ProductKind, [said["kind"].text()]) or ProductKind.OTHER,
        name=node.of("name").name(),
        status=node.of("status").choice(ProductStatus),
        started=maybe(node.find("startDate"), Node.moment),
        offering_id=None if offering is None else offering.of("id").name(),
        prices=tuple(_product_price(price) for price in node.each("productPrice")),
        facts=_facts(said),
        customer_id=_customer(node),
        number=node.of("productSerialNumber").matching(_NUMBER),
    )


def parse_offering(node: Node) -> Offering:
    """Read TMF620 ``ProductOffering``."""
    said = _offered(node)
    unlimited = frozenset(kind for kind in _ALLOWANCES if _has_no_end(said.get(kind.value)))
    said = {name: value for name, value in said.items() if not _has_no_end(value)}
    return Offering(
        id=node.of("id").name(),
        name=node.of("name").name(),
        description=maybe(node.find("description"), Node.text) or "",
        prices=tuple(_offering_price(price) for price in node.each("productOfferingPrice")),
        megabytes=maybe(said.get("data"), Node.amount),
        minutes=maybe(said.get("voice"), Node.amount),
        sms=maybe(said.get("sms"), Node.whole),
        unlimited=unlimited,
        days=maybe(said.get("days"), Node.whole),
        amount=maybe(said.get("amount"), _amount),
        fee=maybe(said.get("fee"), _amount),
        categories=tuple(one.of("id").name() for one in node.each("category")),
        lifecycle=maybe(node.find("lifecycleStatus"), Node.text),
    )


def parse_order(node: Node) -> Order:
    """Read TMF622 ``ProductOrder``."""
    state = node.of("state").choice(OrderState)
    notes = [note.of("text").text() for note in node.each("note")]
    return Order(
        id=node.of("id").name(),
        key=maybe(node.find("externalId"), Node.name),
        state=state,
        reason=None if state is OrderState.COMPLETED else _known(OrderReason, notes),
    )


def parse_usage(node: Node) -> Usage:
    """Read TMF635 ``Usage``."""
    said = _characteristics(node, "usageCharacteristic")
    rated = node.of("ratedProductUsage").items()
    if not rated or "number" not in said:
        node.fail("its rating or its number is missing")
    return Usage(
        id=node.of("id").name(),
        at=node.of("usageDate").moment(),
        kind=node.of("usageType").choice(UsageKind),
        description=maybe(node.find("description"), Node.text) or "",
        cost=_charged(rated[0].of("taxIncludedRatingAmount")),
        seconds=maybe(said.get("seconds"), Node.whole),
        megabytes=maybe(said.get("megabytes"), Node.amount),
        offering_id=maybe(said.get("offering"), Node.name),
        roaming=maybe(said.get("roaming"), Node.name),
        number=said["number"].matching(_NUMBER),
        other_number=maybe(said.get("otherNumber"), Node.name),
    )


def parse_ticket(node: Node) -> Ticket:
    """Read TMF621 ``TroubleTicket``."""
    notes = [maybe(note.find("text"), Node.text) for note in node.each("note")]
    return Ticket(
        id=node.of("id").name(),
        key=maybe(node.find("externalId"), Node.name),
        status=node.of("status").choice(TicketStatus),
        name=maybe(node.find("name"), Node.text),
        type=maybe(node.find("ticketType"), Node.text),
        created=maybe(node.find("creationDate"), Node.moment),
        expected=maybe(node.find("expectedResolutionDate"), Node.moment),
        change_reason=maybe(node.find("statusChangeReason"), Node.text),
        notes=tuple(note for note in notes if note),
        description=maybe(node.find("description"), Node.text),
        numbers=tuple(one.of("id").name() for one in node.each("relatedEntity")),
    )


def _resources(node: Node) -> tuple[str, ...]:
    """Return whose it is: the numbers among the logical resources."""
    return tuple(one.of("id").name() for one in node.of("logicalResource").items())


def _held(node: Node, kind: BucketKind) -> Quantity:
    """Read what is left in the unit its kind is told in; only money may be owed."""
    if kind is BucketKind.MONEY:
        return Quantity(node.of("amount").number(), node.of("units").matching(_CURRENCY))
    if node.of("units").text() != _UNITS[kind]:
        node.fail("another unit")
    return Quantity(node.of("amount").amount(), _UNITS[kind])


def _total(node: Node, remaining: Quantity | None) -> Quantity | None:
    """Read with how much a bucket began; one without an end began with nothing countable."""
    said = node.find("remainingValueName")
    if said is None or remaining is None:
        return None
    found = _TOTAL.fullmatch(said.text())
    if found is None or found[2] != remaining.unit:
        said.fail("no total in the bucket's unit")
    return Quantity(Decimal(found[1]), remaining.unit)


def _money(node: Node) -> Quantity:
    return _cash(node, "value", "unit")


def _charged(node: Node) -> Quantity:
    """Read money that may have been given back."""
    return Quantity(node.of("value").number(), node.of("unit").matching(_CURRENCY))


def _cash(node: Node, amount: str, unit: str) -> Quantity:
    return Quantity(node.of(amount).amount(), node.of(unit).matching(_CURRENCY))


def _amount(node: Node) -> Decimal:
    """Read money said as a bare number or with its currency."""
    return _money(node).amount if node.is_object() else node.amount()


def _known(kind: type[E], said: list[str]) -> E | None:
    """Return the first that is a reason we know; notes may say anything."""
    known = {one.value: one for one in kind}
    return next((known[text.strip()] for text in said if text.strip() in known), None)


def _product_price(node: Node) -> Price:
    money = _money(node.of("price").of("taxIncludedAmount"))
    return Price(money, maybe(node.find("recurringChargePeriod"), lambda one: one.choice(Period)))


def _offering_price(node: Node) -> Price:
    period = maybe(node.find("recurringChargePeriod"), lambda one: one.choice(Period))
    if (node.of("priceType").choice(PriceType) is PriceType.RECURRING) != (period is not None):
        node.fail("its type and its period disagree")
    price = node.of("price")
    # The specification has the sum under this name; some systems say it without.
    return Price(_money(price.find("taxIncludedAmount") or price), period)


def _has_no_end(value: Node | None) -> bool:
    return value is not None and value.is_saying(_UNLIMITED)


def _characteristics(node: Node, field: str) -> dict[str, Node]:
    """Return the characteristics' values by name; one said twice says nothing."""
    said: dict[str, Node] = {}
    for one in node.each(field):
        name = one.of("name").name()
        if name in said:
            one.fail("a characteristic said twice")
        value = one.find("value")
        if value is not None:
            said[name] = value
    return said


def _offered(node: Node) -> dict[str, Node]:
    """Return the characteristics' only values by name; where there is a choice, none."""
    said: dict[str, Node] = {}
    for one in node.each("prodSpecCharValueUse"):
        name = one.of("name").name()
        if name in said:
            one.fail("a characteristic said twice")
        values = one.each("productSpecCharacteristicValue")
        if len(values) == 1:
            said[name] = values[0].of("value")
    return said


def _facts(said: dict[str, Node]) -> Facts:
    return Facts(
        next_charge_at=maybe(said.get("nextChargeDate"), Node.day),
        next_charge_amount=maybe(said.get("nextChargeAmount"), _amount),
        suspend_reason=maybe(said.get("suspendReason"), lambda one: one.choice(SuspendReason)),
        life_until=maybe(said.get("lifeUntil"), Node.day),
        ordered_by=maybe(said.get("orderedBy"), lambda one: one.choice(OrderedBy)),
        valid_until=maybe(said.get("validUntil"), Node.day),
        iccid=maybe(said.get("iccid"), lambda one: one.matching(_ICCID)),
        puk=maybe(said.get("puk"), lambda one: one.matching(_PUK)),
        sim_type=maybe(said.get("simType"), lambda one: one.choice(SimType)),
        bill_amount=maybe(said.get("billAmount"), _amount),
        bill_date=maybe(said.get("billDate"), Node.day),
        bill_due=maybe(said.get("billDueDate"), Node.day),
        debt=maybe(said.get("debt"), _amount),
        zone=maybe(said.get("zone"), Node.name),
    )


def _customer(node: Node) -> str | None:
    """Return who owns it; two owners cannot be."""
    owners = {
        party.of("id").name()
        for party in node.each("relatedParty")
        if maybe(party.find("role"), Node.text) == "customer"
    }
    if len(owners) > 1:
        node.fail("more than one customer")
    return owners.pop() if owners else None
