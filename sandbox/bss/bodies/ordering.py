"""TMF622: what an order is made of.

Taken from tmf622-product-ordering-v4, attribute by attribute.
"""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType, field

from sandbox.bss.bodies.common import Body, Extensible, Moment, Reference, RelatedParty

ProductStatusType = Literal[
    "created",
    "pendingActive",
    "cancelled",
    "active",
    "pendingTerminate",
    "terminated",
    "suspended",
    "aborted ",
]
OrderItemActionType = Literal["add", "modify", "delete", "noChange"]
ProductOrderItemStateType = Literal[
    "acknowledged",
    "rejected",
    "pending",
    "held",
    "inProgress",
    "cancelled",
    "completed",
    "failed",
    "assessingCancellation",
    "pendingCancellation",
]


class RelatedChannel(Extensible, frozen=True, kw_only=True):
    """The specification's ``RelatedChannel``."""

    id: str
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    role: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class Note(Extensible, frozen=True, kw_only=True):
    """The specification's ``Note``."""

    text: str
    id: str | UnsetType = UNSET
    author: str | UnsetType = UNSET
    date: Moment | UnsetType = UNSET


class Money(Body, frozen=True, kw_only=True):
    """The specification's ``Money``."""

    unit: str | UnsetType = UNSET
    value: float | UnsetType = UNSET


class Price(Extensible, frozen=True, kw_only=True):
    """The specification's ``Price``."""

    percentage: float | UnsetType = UNSET
    tax_rate: float | UnsetType = UNSET
    duty_free_amount: Money | UnsetType = UNSET
    tax_included_amount: Money | UnsetType = UNSET


class PriceAlteration(Extensible, frozen=True, kw_only=True):
    """The specification's ``PriceAlteration``."""

    price_type: str
    price: Price
    application_duration: int | UnsetType = UNSET
    description: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    priority: int | UnsetType = UNSET
    recurring_charge_period: str | UnsetType = UNSET
    unit_of_measure: str | UnsetType = UNSET
    product_offering_price: Reference | UnsetType = UNSET


class OrderPrice(Extensible, frozen=True, kw_only=True):
    """The specification's ``OrderPrice``."""

    description: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    price_type: str | UnsetType = UNSET
    recurring_charge_period: str | UnsetType = UNSET
    unit_of_measure: str | UnsetType = UNSET
    billing_account: Reference | UnsetType = UNSET
    price: Price | UnsetType = UNSET
    price_alteration: list[PriceAlteration] | UnsetType = UNSET
    product_offering_price: Reference | UnsetType = UNSET


class AppointmentRef(Extensible, frozen=True, kw_only=True):
    """The specification's ``AppointmentRef``."""

    id: str
    href: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class Quantity(Body, frozen=True, kw_only=True):
    """The specification's ``Quantity``."""

    amount: float | UnsetType = UNSET
    units: str | UnsetType = UNSET


class OrderTerm(Extensible, frozen=True, kw_only=True):
    """The specification's ``OrderTerm``."""

    description: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    duration: Quantity | UnsetType = UNSET


class AgreementItemRef(Extensible, frozen=True, kw_only=True):
    """The specification's ``AgreementItemRef``."""

    id: str
    href: str | UnsetType = UNSET
    agreement_item_id: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class RelatedPlaceRefOrValue(Extensible, frozen=True, kw_only=True):
    """The specification's ``RelatedPlaceRefOrValue``."""

    role: str
    id: str | UnsetType = UNSET
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class Characteristic(Extensible, frozen=True, kw_only=True):
    """The specification's ``Characteristic``."""

    name: str
    value: Any
    value_type: str | UnsetType = UNSET


class RelatedProductOrderItem(Extensible, frozen=True, kw_only=True):
    """The specification's ``RelatedProductOrderItem``."""

    order_item_id: str
    product_order_id: str
    order_item_action: str | UnsetType = UNSET
    product_order_href: str | UnsetType = UNSET
    role: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class ProductPrice(Extensible, frozen=True, kw_only=True):
    """The specification's ``ProductPrice``."""

    price_type: str
    price: Price
    description: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    recurring_charge_period: str | UnsetType = UNSET
    unit_of_measure: str | UnsetType = UNSET
    billing_account: Reference | UnsetType = UNSET
    product_offering_price: Reference | UnsetType = UNSET
    product_price_alteration: list[PriceAlteration] | UnsetType = UNSET


class ProductRelationship(Extensible, frozen=True, kw_only=True):
    """The specification's ``ProductRelationship``."""

    relationship_type: str
    product: "ProductRefOrValue"


class TargetProductSchema(Body, frozen=True, kw_only=True):
    """The specification's ``TargetProductSchema``."""

    schema_location: str = field(name="@schemaLocation")
    type: str = field(name="@type")
    base_type: str | UnsetType = field(default=UNSET, name="@baseType")


class ProductSpecificationRef(Extensible, frozen=True, kw_only=True):
    """The specification's ``ProductSpecificationRef``."""

    id: str
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    version: str | UnsetType = UNSET
    target_product_schema: TargetProductSchema | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class TimePeriod(Body, frozen=True, kw_only=True):
    """The specification's ``TimePeriod``."""

    end_date_time: Moment | UnsetType = UNSET
    start_date_time: Moment | UnsetType = UNSET


class ProductTerm(Extensible, frozen=True, kw_only=True):
    """The specification's ``ProductTerm``."""

    description: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    duration: Quantity | UnsetType = UNSET
    valid_for: TimePeriod | UnsetType = UNSET


class ResourceRef(Extensible, frozen=True, kw_only=True):
    """The specification's ``ResourceRef``."""

    id: str
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    value: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class ProductRefOrValue(Extensible, frozen=True, kw_only=True):
    """The specification's ``ProductRefOrValue``."""

    id: str | UnsetType = UNSET
    href: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    is_bundle: bool | UnsetType = UNSET
    is_customer_visible: bool | UnsetType = UNSET
    name: str | UnsetType = UNSET
    order_date: Moment | UnsetType = UNSET
    product_serial_number: str | UnsetType = UNSET
    start_date: Moment | UnsetType = UNSET
    termination_date: Moment | UnsetType = UNSET
    agreement: list[AgreementItemRef] | UnsetType = UNSET
    billing_account: Reference | UnsetType = UNSET
    place: list[RelatedPlaceRefOrValue] | UnsetType = UNSET
    product: list["ProductRefOrValue"] | UnsetType = UNSET
    product_characteristic: list[Characteristic] | UnsetType = UNSET
    product_offering: Reference | UnsetType = UNSET
    product_order_item: list[RelatedProductOrderItem] | UnsetType = UNSET
    product_price: list[ProductPrice] | UnsetType = UNSET
    product_relationship: list[ProductRelationship] | UnsetType = UNSET
    product_specification: ProductSpecificationRef | UnsetType = UNSET
    product_term: list[ProductTerm] | UnsetType = UNSET
    realizing_resource: list[ResourceRef] | UnsetType = UNSET
    realizing_service: list[Reference] | UnsetType = UNSET
    related_party: list[RelatedParty] | UnsetType = UNSET
    status: ProductStatusType | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class ProductOfferingQualificationItemRef(Extensible, frozen=True, kw_only=True):
    """The specification's ``ProductOfferingQualificationItemRef``."""

    id: str
    product_offering_qualification_id: str
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    product_offering_qualification_href: str | UnsetType = UNSET
    product_offering_qualification_name: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class OrderItemRelationship(Extensible, frozen=True, kw_only=True):
    """The specification's ``OrderItemRelationship``."""

    id: str | UnsetType = UNSET
    relationship_type: str | UnsetType = UNSET


class QuoteItemRef(Extensible, frozen=True, kw_only=True):
    """The specification's ``QuoteItemRef``."""

    id: str
    quote_id: str
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    quote_href: str | UnsetType = UNSET
    quote_name: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class ProductOrderItem(Extensible, frozen=True, kw_only=True):
    """The specification's ``ProductOrderItem``."""

    id: str
    action: OrderItemActionType
    quantity: int | UnsetType = UNSET
    appointment: AppointmentRef | UnsetType = UNSET
    billing_account: Reference | UnsetType = UNSET
    item_price: list[OrderPrice] | UnsetType = UNSET
    item_term: list[OrderTerm] | UnsetType = UNSET
    item_total_price: list[OrderPrice] | UnsetType = UNSET
    payment: list[Reference] | UnsetType = UNSET
    product: ProductRefOrValue | UnsetType = UNSET
    product_offering: Reference | UnsetType = UNSET
    product_offering_qualification_item: ProductOfferingQualificationItemRef | UnsetType = UNSET
    product_order_item: list["ProductOrderItem"] | UnsetType = UNSET
    product_order_item_relationship: list[OrderItemRelationship] | UnsetType = UNSET
    qualification: list[Reference] | UnsetType = UNSET
    quote_item: QuoteItemRef | UnsetType = UNSET
    state: ProductOrderItemStateType | UnsetType = UNSET


class ProductOrderCreate(Extensible, frozen=True, kw_only=True):
    """The specification's ``ProductOrder_Create``."""

    product_order_item: Annotated[list[ProductOrderItem], Meta(min_length=1)]
    cancellation_date: Moment | UnsetType = UNSET
    cancellation_reason: str | UnsetType = UNSET
    category: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    external_id: str | UnsetType = UNSET
    notification_contact: str | UnsetType = UNSET
    priority: str | UnsetType = UNSET
    requested_completion_date: Moment | UnsetType = UNSET
    requested_start_date: Moment | UnsetType = UNSET
    agreement: list[Reference] | UnsetType = UNSET
    billing_account: Reference | UnsetType = UNSET
    channel: list[RelatedChannel] | UnsetType = UNSET
    note: list[Note] | UnsetType = UNSET
    order_total_price: list[OrderPrice] | UnsetType = UNSET
    payment: list[Reference] | UnsetType = UNSET
    product_offering_qualification: list[Reference] | UnsetType = UNSET
    quote: list[Reference] | UnsetType = UNSET
    related_party: list[RelatedParty] | UnsetType = UNSET
