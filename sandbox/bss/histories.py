"""Sixty days of what somebody did: the same every time for the same seed and day. Pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from sandbox.bss.catalogue import MONTH_DAYS, Catalogue, Offering
from sandbox.bss.people import Person, Service
from sandbox.bss.usage import Use, word

DAYS = 60

_WAKING = (6 * 3600, 20 * 3600)
_FRIENDS = 9
# What a call costs when no minutes are left, or leads abroad.
_MINUTE_COST = Decimal("0.60")


@dataclass(frozen=True)
class History:
    """What was done, and what it took of the allowances since the last charge."""

    uses: tuple[Use, ...]
    used: dict[str, int]


@dataclass
class _Diary:
    """A person's days while they are made up."""

    person: Person
    catalogue: Catalogue
    tariff: Offering
    now: datetime
    chance: random.Random
    friends: list[str]
    left: dict[str, float]


def history(person: Person, catalogue: Catalogue, *, seed: int, now: datetime) -> History:
    """Make up the person's last ``DAYS`` days."""
    tariff = catalogue.offerings[person.tariff]
    chance = random.Random(f"{seed}:{person.number}")  # noqa: S311 - no secret: the same each time
    friends = [f"3805000{chance.randrange(1000, 9999):05}" for _ in range(_FRIENDS)]
    diary = _Diary(person, catalogue, tariff, now, chance, friends, _full(tariff))
    uses = [use for ago in range(DAYS, -1, -1) for use in _day(diary, ago) if use.at <= now]
    uses.sort(key=lambda use: use.at)
    full = _full(tariff)
    used = {
        kind: int(full[kind] - left) for kind, left in diary.left.items() if full[kind] < _ENDLESS
    }
    return History(tuple(uses), used)


_ENDLESS = float("inf")


def _full(tariff: Offering) -> dict[str, float]:
    return {k: _ENDLESS if units is None else units for k, units in tariff.allowances.items()}


def _day(diary: _Diary, ago: int) -> Iterator[Use]:
    yield from _charges(diary, ago)
    person = diary.person
    quiet_since = max(person.habits.until_ago, person.suspended.ago if person.suspended else 0)
    if ago < quiet_since:
        return
    yield from _calls(diary, ago)
    yield from _messages(diary, ago)
    yield from _sessions(diary, ago)


def _charges(diary: _Diary, ago: int) -> Iterator[Use]:
    """What the day costs; the tariff's charge fills the allowances up."""
    person, language = diary.person, diary.catalogue.language
    if not person.member and _falls_due(ago, -person.next_charge_in):
        diary.left = _full(diary.tariff)
        described = f"{word('tariff', language)}: {diary.tariff.name}"
        yield _charge(diary, ago, diary.tariff, described)
    for service in person.services:
        offering = diary.catalogue.offerings[service.id]
        if offering.price and _is_charged(service, offering, ago):
            yield _charge(diary, ago, offering, offering.name)
    for package in person.packages:
        if package.ago == ago:
            offering = diary.catalogue.offerings[package.id]
            yield _charge(diary, ago, offering, offering.name)
    if person.roaming and ago < person.roaming.ago:
        yield _roaming_day(diary, ago, person.roaming.daily)


def _falls_due(ago: int, next_ago: int) -> bool:
    """Whether a charge every four weeks, the next one so many days ago, falls on the day."""
    return ago > next_ago and (ago - next_ago) % MONTH_DAYS == 0


def _is_charged(service: Service, offering: Offering, ago: int) -> bool:
    if ago > service.ago or (service.ended_ago is not None and ago <= service.ended_ago):
        return False
    return (service.ago - ago) % offering.charge_days == 0


def _charge(diary: _Diary, ago: int, offering: Offering, described: str) -> Use:
    at = _midnight(diary.now, ago) + timedelta(hours=1, minutes=diary.chance.randrange(30))
    facts = {"offering": offering.id}
    return Use(diary.person.number, "charge", at, offering.price, described, facts)


def _roaming_day(diary: _Diary, ago: int, daily: Decimal) -> Use:
    at = _midnight(diary.now, ago) + timedelta(hours=2, minutes=diary.chance.randrange(30))
    offering = next(o for o in diary.catalogue.offerings.values() if o.category == "roaming")
    facts = {"offering": offering.id, **_abroad(diary, ago)}
    return Use(diary.person.number, "charge", at, daily, offering.name, facts)


def _calls(diary: _Diary, ago: int) -> Iterator[Use]:
    for _ in range(_times(diary.chance, diary.person.habits.calls)):
        seconds = 5 + int(diary.chance.expovariate(1 / (60 * diary.person.habits.minutes)))
        minutes = -(-seconds // 60)
        cost = Decimal(0) if _uses(diary, "voice", minutes) else _MINUTE_COST * minutes
        yield _use(diary, ago, "voice", {**_friend(diary), "seconds": seconds}, cost)


def _messages(diary: _Diary, ago: int) -> Iterator[Use]:
    for _ in range(_times(diary.chance, diary.person.habits.sms)):
        cost = Decimal(0) if _uses(diary, "sms", 1) else Decimal("0.50")
        yield _use(diary, ago, "sms", _friend(diary), cost)


def _sessions(diary: _Diary, ago: int) -> Iterator[Use]:
    daily = diary.person.habits.megabytes
    for _ in range(diary.chance.randrange(2, 5) if daily else 0):
        megabytes = round(daily * diary.chance.uniform(0.1, 0.55), 1)
        if _uses(diary, "data", megabytes):
            yield _use(diary, ago, "data", {"megabytes": megabytes})


def _uses(diary: _Diary, kind: str, units: float) -> bool:
    """Take units of an allowance, if there are that many left."""
    if diary.left.get(kind, 0) < units:
        return False
    diary.left[kind] -= units
    return True


def _use(
    diary: _Diary,
    ago: int,
    kind: str,
    facts: dict[str, str | int | float],
    cost: Decimal = Decimal(0),
) -> Use:
    at = _midnight(diary.now, ago) + timedelta(seconds=diary.chance.randrange(*_WAKING))
    abroad = _abroad(diary, ago)
    language = diary.catalogue.language
    described = word(kind, language)
    if abroad:
        described += f" ({word('roaming', language)})"
    return Use(diary.person.number, kind, at, cost, described, {**facts, **abroad})


def _friend(diary: _Diary) -> dict[str, str | int | float]:
    return {"otherNumber": diary.chance.choice(diary.friends)}


def _abroad(diary: _Diary, ago: int) -> dict[str, str]:
    roaming = diary.person.roaming
    return {"roaming": roaming.country} if roaming and ago < roaming.ago else {}


def _times(chance: random.Random, usual: float) -> int:
    """A number of times about the usual one."""
    whole, part = int(usual), usual % 1
    return max(0, whole + (chance.random() < part) + chance.choice((-1, 0, 0, 1)) * (whole > 0))


def _midnight(now: datetime, ago: int) -> datetime:
    return datetime.combine(now.date() - timedelta(days=ago), time(), UTC)
