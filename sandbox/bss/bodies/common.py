"""What the structures of all the specifications have in common."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

# The specifications know times with a zone only (RFC 3339).
Moment = Annotated[datetime, Meta(tz=True)]
# RFC 3986, as far as a format can be told from the outside.
Uri = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9+.\-]*:[!#$&-;=?-\[\]_a-z~%]*$")]


class Body(Struct, rename="camel", kw_only=True, frozen=True):
    """An object of a specification; attributes it does not name are let through."""


class Extensible(Body, frozen=True, kw_only=True):
    """An object that may tell its type, as nearly all do."""

    base_type: str | UnsetType = field(default=UNSET, name="@baseType")
    schema_location: Uri | UnsetType = field(default=UNSET, name="@schemaLocation")
    type: str | UnsetType = field(default=UNSET, name="@type")


class Reference(Extensible, frozen=True, kw_only=True):
    """A reference to something kept elsewhere: the many ``...Ref`` of the specifications."""

    id: str
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    referred_type: str | UnsetType = field(default=UNSET, name="@referredType")


class RelatedParty(Extensible, frozen=True, kw_only=True):
    """The specification's ``RelatedParty``."""

    id: str
    referred_type: str = field(name="@referredType")
    href: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    role: str | UnsetType = UNSET
