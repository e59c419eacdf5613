"""What the billing system tells, typed. Numbers and codes do not show in a ``repr``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum


class BucketKind(Enum):
    """What a bucket holds (TMF654 ``UsageType``)."""

    MONEY = "monetary"
    VOICE = "voice"
    DATA = "data"
    SMS = "sms"
    OTHER = "other"


class BucketStatus(Enum):
    """Whether a bucket can be used (TMF654 ``BucketStatusType``)."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"


class ActionStatus(Enum):
    """What became of a top-up or transfer (TMF654 ``ActionStatusType``)."""

    CREATED = "created"
    FAILED = "failed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


class ProductStatus(Enum):
    """TMF637 ``ProductStatusType``."""

    CREATED = "created"
    PENDING_ACTIVE = "pendingActive"
    CANCELLED = "cancelled"
    ACTIVE = "active"
    PENDING_TERMINATE = "pendingTerminate"
    TERMINATED = "terminated"
    SUSPENDED = "suspended"
    ABORTED = "aborted"


class ProductKind(Enum):
    """The characteristic ``kind`` of a product; what we know nothing of is ``OTHER``."""

    TARIFF = "tariff"
    SERVICE = "service"
    SUBSCRIPTION = "subscription"
    PACKAGE = "package"
    SIM = "sim"
    CONTRACT = "contract"
    ROAMING = "roaming"
    PROMISED_PAYMENT = "promised-payment"
    OTHER = "other"


class SuspendReason(Enum):
    """Why a tariff is suspended."""

    NO_FUNDS = "noFunds"
    OWN_REQUEST = "ownRequest"
    EXPIRED = "expired"


class OrderedBy(Enum):
    """How a subscription came to be."""

    SMS = "sms"
    WEB = "web"


class SimType(Enum):
    """What a SIM is made of."""

    PLASTIC = "plastic"
    ESIM = "esim"


class Period(Enum):
    """How often a price is charged."""

    MONTH = "month"
    DAY = "day"


class Category(Enum):
    """The catalogue's categories."""

    TARIFF = "tariff"
    PACKAGE = "package"
    SERVICE = "service"
    SUBSCRIPTION = "subscription"
    PROMISED_PAYMENT = "promised-payment"
    ROAMING = "roaming"
    SIM_BLOCK = "sim-block"


class PriceType(Enum):
    """Whether a price comes again."""

    RECURRING = "recurring"
    ONE_TIME = "oneTime"


class OrderState(Enum):
    """TMF622 ``ProductOrderStateType``."""

    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    PENDING = "pending"
    HELD = "held"
    IN_PROGRESS = "inProgress"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"
    PARTIAL = "partial"
    ASSESSING_CANCELLATION = "assessingCancellation"
    PENDING_CANCELLATION = "pendingCancellation"


class OrderReason(Enum):
    """Why an order failed, as its note says."""

    INSUFFICIENT_FUNDS = "insufficientFunds"
    NOT_AVAILABLE = "notAvailable"
    ALREADY_ACTIVE = "alreadyActive"
    NOT_ACTIVE = "notActive"
    DEBT = "debt"
    PROMISED_NOT_REPAID = "promisedNotRepaid"


class TransferReason(Enum):
    """Why a transfer failed, as its description ends."""

    INSUFFICIENT_FUNDS = "insufficientFunds"
    UNKNOWN_RECEIVER = "unknownReceiver"
    LIMIT_EXCEEDED = "limitExceeded"


class UsageKind(Enum):
    """What was used."""

    VOICE = "voice"
    SMS = "sms"
    DATA = "data"
    CHARGE = "charge"


class TicketStatus(Enum):
    """TMF621 ``TroubleTicketStatusType``."""

    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    PENDING = "pending"
    HELD = "held"
    IN_PROGRESS = "inProgress"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    RESOLVED = "resolved"


ENDED = frozenset(
    {
        OrderState.COMPLETED,
        OrderState.FAILED,
        OrderState.REJECTED,
        OrderState.CANCELLED,
        OrderState.PARTIAL,
    }
)


@dataclass(frozen=True)
class Quantity:
    """So much of a unit: money (``UAH``), minutes (``min``), megabytes (``MB``)."""

    amount: Decimal
    unit: str


@dataclass(frozen=True)
class Bucket:
    """One thing a number has some of; ``remaining`` is None when there is no end to it."""

    id: str
    kind: BucketKind
    name: str
    status: BucketStatus
    remaining: Quantity | None
    total: Quantity | None
    ends: datetime | None
    account_id: str | None
    numbers: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Account:
    """The buckets of a number, sorted: its money, its points, and what is left to use."""

    id: str | None
    bucket_id: str
    money: Quantity
    points: Quantity | None
    allowances: tuple[Bucket, ...]

    def of(self, kind: BucketKind) -> tuple[Bucket, ...]:
        """Return the active allowances of a kind."""
        active = BucketStatus.ACTIVE
        return tuple(one for one in self.allowances if one.kind is kind and one.status is active)


@dataclass(frozen=True)
class TopUp:
    """Money put on the account, or on its way."""

    id: str
    amount: Quantity
    status: ActionStatus
    requested: datetime | None
    confirmed: datetime | None
    channel: str | None
    numbers: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Transfer:
    """Money sent from a number to another."""

    id: str
    key: str
    status: ActionStatus
    reason: TransferReason | None
    amount: Quantity
    fee: Quantity | None

    @property
    def is_done(self) -> bool:
        """Whether the money went over."""
        return self.status is ActionStatus.COMPLETED


@dataclass(frozen=True)
class Price:
    """What something costs: every period, or once when there is none."""

    money: Quantity
    period: Period | None


@dataclass(frozen=True)
class Facts:
    """What a product's characteristics say; which are there depends on its kind."""

    next_charge_at: datetime | None = None
    next_charge_amount: Decimal | None = None
    suspend_reason: SuspendReason | None = None
    life_until: datetime | None = None
    ordered_by: OrderedBy | None = None
    valid_until: datetime | None = None
    iccid: str | None = field(default=None, repr=False)
    puk: str | None = field(default=None, repr=False)
    sim_type: SimType | None = None
    bill_amount: Decimal | None = None
    bill_date: datetime | None = None
    bill_due: datetime | None = None
    debt: Decimal | None = None
    zone: str | None = None


@dataclass(frozen=True)
class Product:
    """Something a number has: its tariff, a service, its SIM."""

    id: str
    kind: ProductKind
    name: str
    status: ProductStatus
    started: datetime | None
    offering_id: str | None
    prices: tuple[Price, ...]
    facts: Facts
    customer_id: str | None = field(repr=False)
    number: str = field(repr=False)

    @property
    def is_active(self) -> bool:
        """Whether it works now."""
        return self.status is ProductStatus.ACTIVE

    @property
    def is_had(self) -> bool:
        """Whether it is there, be it suspended; a list tells what was had too."""
        return self.status in {ProductStatus.ACTIVE, ProductStatus.SUSPENDED}


@dataclass(frozen=True)
class Offering:
    """Something there is to have; of what is ``unlimited`` no figure is said."""

    id: str
    name: str
    description: str
    prices: tuple[Price, ...]
    megabytes: Decimal | None
    minutes: Decimal | None
    sms: int | None
    unlimited: frozenset[BucketKind]
    days: int | None
    amount: Decimal | None
    fee: Decimal | None
    categories: tuple[str, ...] = ()
    lifecycle: str | None = None


@dataclass(frozen=True)
class Order:
    """What was asked to be switched on, off or changed, and what became of it."""

    id: str
    key: str | None
    state: OrderState
    reason: OrderReason | None

    @property
    def is_done(self) -> bool:
        """Whether it was carried out."""
        return self.state is OrderState.COMPLETED

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state in ENDED


@dataclass(frozen=True)
class Usage:
    """One call, message, stretch of data or charge."""

    id: str
    at: datetime
    kind: UsageKind
    description: str
    cost: Quantity
    seconds: int | None
    megabytes: Decimal | None
    offering_id: str | None
    roaming: str | None
    number: str = field(repr=False)
    other_number: str | None = field(repr=False)


@dataclass(frozen=True)
class Ticket:
    """A request or complaint; ``id`` is what the subscriber is told."""

    id: str
    key: str | None
    status: TicketStatus
    name: str | None
    type: str | None
    created: datetime | None
    expected: datetime | None
    change_reason: str | None
    notes: tuple[str, ...] = field(repr=False)
    description: str | None = field(repr=False)
    numbers: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Grant:
    """A bearer token and how many seconds it is good for."""

    token: str = field(repr=False)
    seconds: float
