"""TMF621: what a ticket is opened with.

Taken from tmf621-trouble-ticket-v4, attribute by attribute.
"""

from typing import Literal

from msgspec import UNSET, UnsetType, field

from sandbox.bss.bodies.common import Body, Extensible, Moment, Reference, RelatedParty

TroubleTicketStatusType = Literal[
    "acknowledged", "rejected", "pending", "held", "inProgress", "cancelled", "closed", "resolved"
]


class Quantity(Body, frozen=True, kw_only=True):
    """The specification's ``Quantity``."""

    amount: float | UnsetType = UNSET
    units: str | UnsetType = UNSET


class TimePeriod(Body, frozen=True, kw_only=True):
    """The specification's ``TimePeriod``."""

    end_date_time: Moment | UnsetType = UNSET
    start_date_time: Moment | UnsetType = UNSET


class AttachmentRefOrValue(Extensible, frozen=True, kw_only=True):
    """The specification's ``AttachmentRefOrValue``."""

    id: str | UnsetType = UNSET
    href: str | UnsetType = UNSET
    attachment_type: str | UnsetType = UNSET
    content: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    mime_type: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    size: Quantity | UnsetType = UNSET
    valid_for: TimePeriod | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class Note(Extensible, frozen=True, kw_only=True):
    """The specification's ``Note``."""

    id: str | UnsetType = UNSET
    author: str | UnsetType = UNSET
    date: Moment | UnsetType = UNSET
    text: str | UnsetType = UNSET


class RelatedEntity(Extensible, frozen=True, kw_only=True):
    """The specification's ``RelatedEntity``."""

    id: str
    role: str
    referred_type: str = field(name="@referredType")
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET


class StatusChange(Extensible, frozen=True, kw_only=True):
    """The specification's ``StatusChange``."""

    change_date: Moment | UnsetType = UNSET
    change_reason: str | UnsetType = UNSET
    status: str | UnsetType = UNSET


class TroubleTicketRelationship(Extensible, frozen=True, kw_only=True):
    """The specification's ``TroubleTicketRelationship``."""

    id: str | UnsetType = UNSET
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    relationship_type: str | UnsetType = UNSET


class TroubleTicketCreate(Extensible, frozen=True, kw_only=True):
    """The specification's ``TroubleTicket_Create``."""

    description: str
    severity: str
    ticket_type: str
    creation_date: Moment | UnsetType = UNSET
    expected_resolution_date: Moment | UnsetType = UNSET
    external_id: str | UnsetType = UNSET
    last_update: Moment | UnsetType = UNSET
    name: str | UnsetType = UNSET
    priority: str | UnsetType = UNSET
    requested_resolution_date: Moment | UnsetType = UNSET
    resolution_date: Moment | UnsetType = UNSET
    status_change_date: Moment | UnsetType = UNSET
    status_change_reason: str | UnsetType = UNSET
    attachment: list[AttachmentRefOrValue] | UnsetType = UNSET
    channel: Reference | UnsetType = UNSET
    note: list[Note] | UnsetType = UNSET
    related_entity: list[RelatedEntity] | UnsetType = UNSET
    related_party: list[RelatedParty] | UnsetType = UNSET
    status: TroubleTicketStatusType | UnsetType = UNSET
    status_change: list[StatusChange] | UnsetType = UNSET
    trouble_ticket_relationship: list[TroubleTicketRelationship] | UnsetType = UNSET
