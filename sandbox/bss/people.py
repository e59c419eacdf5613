"""The people of the sandbox, as ``people.yml`` tells of them."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec
import yaml

_FILE = Path(__file__).with_name("people.yml")


class PeopleUnfit(Exception):
    """The people's file says something the sandbox cannot make true."""


class _Told(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A part of the file; a word it does not know is a mistake."""


class Service(_Told, frozen=True, kw_only=True):
    """A service or subscription one has, or had."""

    id: str
    ago: int
    ended_ago: int | None = None
    ordered_by: Literal["sms", "web"] = "web"


class Package(_Told, frozen=True, kw_only=True):
    """A package bought, and the megabytes left of it."""

    id: str
    ago: int
    left: int


class Sim(_Told, frozen=True, kw_only=True):
    """The SIM."""

    type: Literal["plastic", "esim"] = "plastic"
    blocked_ago: int | None = None


class Contract(_Told, frozen=True, kw_only=True):
    """What is paid after use."""

    bill: Decimal
    bill_ago: int
    due_in: int
    debt: Decimal
    credit: Decimal


class Suspension(_Told, frozen=True, kw_only=True):
    """Why and since when the number rests."""

    reason: Literal["noFunds", "ownRequest", "expired"]
    ago: int
    life_in: int


class Roaming(_Told, frozen=True, kw_only=True):
    """Where somebody is abroad, and what a day costs."""

    zone: str
    country: str
    ago: int
    daily: Decimal


class Promised(_Told, frozen=True, kw_only=True):
    """A promised payment that is not repaid."""

    ago: int
    owed: Decimal
    repay_in: int


class Habits(_Told, frozen=True, kw_only=True):
    """What somebody does on an ordinary day."""

    calls: float
    sms: float
    megabytes: int
    minutes: float = 2.5
    until_ago: int = 0


class PaidIn(_Told, frozen=True, kw_only=True):
    """A payment."""

    ago: int
    amount: Decimal
    channel: str
    status: Literal["completed", "created", "failed"] = "completed"


class Complaint(_Told, frozen=True, kw_only=True):
    """A ticket."""

    id: str
    type: Literal["complaint", "request", "payment"]
    severity: Literal["minor", "major"]
    name: str
    description: str
    ago: int
    status: str
    reason: str
    resolution_in: int
    notes: tuple[str, ...] = ()


class Person(_Told, frozen=True, kw_only=True):
    """A subscriber and all there is to know."""

    number: str
    customer: str
    story: str
    tariff: str
    balance: Decimal
    since_ago: int
    next_charge_in: int
    services: tuple[Service, ...]
    habits: Habits
    topups: tuple[PaidIn, ...]
    points: int | None = None
    member: bool = False
    shares_with: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    sim: Sim = Sim()
    contract: Contract | None = None
    suspended: Suspension | None = None
    roaming: Roaming | None = None
    promised: Promised | None = None
    tickets: tuple[Complaint, ...] = ()


class People(_Told, frozen=True, kw_only=True):
    """Everybody."""

    seed: int
    allowances: Mapping[str, Mapping[str, int | None]]
    people: tuple[Person, ...]


def load_people(path: Path = _FILE) -> People:
    """Read the people's file; raises ``PeopleUnfit``."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        return msgspec.convert(said, People, strict=False)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as unfit:
        raise PeopleUnfit(f"{path.name}: {unfit}") from unfit
