"""TMF654: what top-ups and transfers are asked with.

Taken from tmf654-prepay-balance-v4, attribute by attribute.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from sandbox.bss.bodies.common import Extensible, Moment, Reference, RelatedParty

RecurringPeriodType = Literal["weekly", "fortnightly", "monthly"]
UsageType = Literal["monetary", "voice", "data", "sms", "other"]
CostOwnerType = Literal["originator", "receiver"]


class Quantity(Extensible, frozen=True, kw_only=True):
    """The specification's ``Quantity``."""

    amount: float | UnsetType = UNSET
    units: str | UnsetType = UNSET


class RelatedTopupBalance(Extensible, frozen=True, kw_only=True):
    """The specification's ``RelatedTopupBalance``."""

    id: str
    referred_type: str = field(name="@referredType")
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    role: str | UnsetType = UNSET


class PartyAccountRef(Extensible, frozen=True, kw_only=True):
    """The specification's ``PartyAccountRef``."""

    id: str
    href: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    status: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class TimePeriod(Extensible, frozen=True, kw_only=True):
    """The specification's ``TimePeriod``."""

    end_date_time: Moment | UnsetType = UNSET
    start_date_time: Moment | UnsetType = UNSET


class TopupBalanceCreate(Extensible, frozen=True, kw_only=True):
    """The specification's ``TopupBalance_Create``."""

    amount: Quantity
    bucket: Reference
    party_account: PartyAccountRef
    usage_type: UsageType
    description: str | UnsetType = UNSET
    is_auto_topup: bool | UnsetType = UNSET
    number_of_periods: int | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    voucher: str | UnsetType = UNSET
    balance_topup: RelatedTopupBalance | UnsetType = UNSET
    channel: Reference | UnsetType = UNSET
    logical_resource: list[Reference] | UnsetType = UNSET
    payment_method: Reference | UnsetType = UNSET
    product: list[Reference] | UnsetType = UNSET
    recurring_period: RecurringPeriodType | UnsetType = UNSET
    requestor: RelatedParty | UnsetType = UNSET
    valid_for: TimePeriod | UnsetType = UNSET


class Money(Extensible, frozen=True, kw_only=True):
    """The specification's ``Money``."""

    unit: str | UnsetType = UNSET
    value: float | UnsetType = UNSET


class TransferBalanceCreate(Extensible, frozen=True, kw_only=True):
    """The specification's ``TransferBalance_Create``."""

    reason: str
    amount: Quantity
    bucket: Reference
    channel: Reference
    logical_resource: Annotated[list[Reference], Meta(min_length=1)]
    receiver_bucket: Reference
    receiver_bucket_usage_type: UsageType
    receiver_logical_resource: Reference
    usage_type: UsageType
    description: str | UnsetType = UNSET
    cost_owner: CostOwnerType | UnsetType = UNSET
    product: list[Reference] | UnsetType = UNSET
    receiver: RelatedParty | UnsetType = UNSET
    receiver_product: Reference | UnsetType = UNSET
    requestor: RelatedParty | UnsetType = UNSET
    transfer_cost: Money | UnsetType = UNSET
    valid_for: TimePeriod | UnsetType = UNSET
