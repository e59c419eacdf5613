"""What is asked for, and its JSON as the specifications want it. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum
from urllib.parse import quote, quote_plus, urlencode

from actions.bss.reading import UTC

Json = dict[str, object]
Query = tuple[tuple[str, str], ...]

TEXT_LIMIT = 4_000
NAME_LIMIT = 200
SMS_LIMIT = 1_000
CHANNEL = "chat"

_DIGITS = re.compile("[1-9][0-9]{6,14}")
_KEY = re.compile("[A-Za-z0-9:._-]{1,128}")
_ID = re.compile(r"[^\s\x00-\x1f]{1,256}")
_CENTS = -2


class OrderAction(Enum):
    """What an order does (TMF622 ``OrderItemActionType``)."""

    ADD = "add"
    MODIFY = "modify"
    DELETE = "delete"


class Severity(Enum):
    """How bad it is."""

    MINOR = "minor"
    MAJOR = "major"


class TicketType(Enum):
    """What a ticket is for."""

    COMPLAINT = "complaint"
    REQUEST = "request"
    PAYMENT = "payment"


@dataclass(frozen=True)
class NewOrder:
    """An order of one thing; made by the methods that say what it does."""

    key: str
    action: OrderAction
    offering: str
    product: str | None = None
    number: str | None = field(default=None, repr=False)

    @classmethod
    def switch_on(cls, key: str, offering: str, *, number: str) -> NewOrder:
        """Switch a service, package, roaming or the promised payment on for a number."""
        return cls(key, OrderAction.ADD, offering, number=number)

    @classmethod
    def switch_off(cls, key: str, offering: str, *, product: str) -> NewOrder:
        """Switch off a product somebody has."""
        return cls(key, OrderAction.DELETE, offering, product=product)

    @classmethod
    def change(cls, key: str, offering: str, *, product: str) -> NewOrder:
        """Change a product: the tariff to another, the SIM to blocked or not."""
        return cls(key, OrderAction.MODIFY, offering, product=product)


@dataclass(frozen=True)
class NewTransfer:
    """Money from a number's bucket to another number."""

    key: str
    bucket: str
    amount: Decimal
    sender: str = field(repr=False)
    receiver: str = field(repr=False)
    unit: str = "UAH"


@dataclass(frozen=True)
class NewTicket:
    """A request or complaint about a number."""

    key: str
    type: TicketType
    severity: Severity
    name: str
    description: str = field(repr=False)
    number: str = field(repr=False)


def digits(number: str) -> str:
    """Return a number as resources say it: E.164 without the plus.

    Raises:
        ValueError: it is no number.
    """
    bare = number.removeprefix("+")
    return _fitting(_DIGITS, bare, "number")


def checked_key(key: str) -> str:
    """Return an operation's key.

    Raises:
        ValueError: it could not be looked up by.
    """
    return _fitting(_KEY, key, "key")


def path(base: str, id_: str | None = None) -> str:
    """Return the address of a collection, or of one thing in it."""
    return base if id_ is None else f"{base}/{quote(_fitting(_ID, id_, 'id'), safe='')}"


def query_string(query: Query) -> str:
    """Return a query as it stands in an address."""
    return urlencode(query)


def moment(at: datetime) -> str:
    """Return a time as filters say it; a day without a zone is nobody's."""
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def body(content: Json) -> bytes:
    """Return JSON in UTF-8."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode()


def order(asked: NewOrder) -> Json:
    """TMF622 ``ProductOrder_Create``."""
    if (asked.product is None) == (asked.number is None):
        raise ValueError("an order names either a product or a number")
    product = (
        {"productSerialNumber": digits(asked.number)}
        if asked.number is not None
        else {"id": asked.product}
    )
    return {
        "externalId": checked_key(asked.key),
        "channel": [{"id": CHANNEL, "role": "channel"}],
        "category": "selfService",
        "productOrderItem": [
            {
                "id": "1",
                "action": asked.action.value,
                "quantity": 1,
                "productOffering": {"id": _fitting(_ID, asked.offering, "offering")},
                "product": product,
            }
        ],
    }


def transfer(asked: NewTransfer) -> Json:
    """TMF654 ``TransferBalance_Create``."""
    sender, receiver = digits(asked.sender), digits(asked.receiver)
    return {
        "reason": "gift",
        "description": checked_key(asked.key),
        "logicalResource": [{"id": sender}],
        "bucket": {"id": _fitting(_ID, asked.bucket, "bucket")},
        "amount": {"amount": _cents(asked.amount), "units": asked.unit},
        "usageType": "monetary",
        "receiverLogicalResource": {"id": receiver},
        "receiverBucket": {"id": f"main-{receiver}"},
        "receiverBucketUsageType": "monetary",
        "channel": {"id": CHANNEL},
    }


def ticket(asked: NewTicket) -> Json:
    """TMF621 ``TroubleTicket_Create``."""
    related = {"id": digits(asked.number), "role": "number", "@referredType": "LogicalResource"}
    return {
        "externalId": checked_key(asked.key),
        "ticketType": asked.type.value,
        "severity": asked.severity.value,
        "name": _sayable(asked.name, NAME_LIMIT),
        "description": _sayable(asked.description, TEXT_LIMIT),
        "channel": {"id": CHANNEL},
        "relatedEntity": [related],
    }


def message(number: str, text: str, id_: str) -> Json:
    """An SMS."""
    return {
        "to": f"+{digits(number)}",
        "text": _sayable(text, SMS_LIMIT),
        "id": checked_key(id_),
    }


def basic(client_id: str, client_secret: str) -> tuple[str, str]:
    """Credentials as they stand in HTTP Basic (RFC 6749, 2.3.1)."""
    return quote_plus(client_id), quote_plus(client_secret)


def _fitting(pattern: re.Pattern[str], text: str, what: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"no {what} of the form asked for")
    return text


def _cents(amount: Decimal) -> int | float:
    """Return a sum as JSON says it, exact: whole cents, more than nothing."""
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < _CENTS or not 0 < amount < 10**9:
        raise ValueError("no sum of whole cents above nothing")
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _sayable(text: str, most: int) -> str:
    """Cut a text to its limit and leave out what no system keeps."""
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")[:most]
