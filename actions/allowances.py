"""What is left of the minutes, the data and the messages, bucket by bucket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from actions.bss.model import Bucket, BucketKind, Quantity
from actions.choosing import listed
from actions.flow import Flow
from actions.holdings import tariff_of
from actions.proof import proved_number
from actions.visit import Visit
from actions.wording import count, day, day_and_time, megabytes, minutes, phone

KINDS = (BucketKind.DATA, BucketKind.VOICE, BucketKind.SMS)
LABELS = {
    BucketKind.DATA: "utter_allowance_data",
    BucketKind.VOICE: "utter_allowance_voice",
    BucketKind.SMS: "utter_allowance_sms",
}
LOW_PART = Decimal("0.1")
"""Of what there was; with less left it is nearly used up."""
SOON = timedelta(days=2)
"""Of an end so near the hour is told too."""


class RemainingAllowance(Flow):
    """Tells what is left, of what, and until when."""

    intent = "remaining_allowance"

    async def answer(self, visit: Visit) -> None:
        """Tell every allowance the billing system has as active."""
        number = await proved_number(visit)
        account = await visit.tools.bss.balance.account(number)
        buckets = [one for kind in KINDS for one in account.of(kind)]
        if not buckets:
            await _tell_nothing(visit, number)
            return
        lines = [line_of(visit, one) for one in buckets]
        if any(len(one.numbers) > 1 for one in buckets):
            lines.append(visit.words("utter_allowance_shared"))
        facts = {"own_number": phone(number), "allowances": listed(visit, lines)}
        visit.say(response_for(buckets), facts)


async def _tell_nothing(visit: Visit, number: str) -> None:
    tariff = await tariff_of(visit, number)
    is_suspended = tariff is not None and not tariff.is_active
    response = "utter_allowance_suspended" if is_suspended else "utter_allowance_none"
    visit.say(response, {"own_number": phone(number)})


def response_for(buckets: Sequence[Bucket]) -> str:
    """Return the answer that offers what there is too little of."""
    if is_low(buckets, BucketKind.DATA):
        return "utter_allowance_low"
    if is_low(buckets, BucketKind.VOICE) or is_low(buckets, BucketKind.SMS):
        return "utter_allowance_few"
    return "utter_allowance"


def is_low(buckets: Sequence[Bucket], kind: BucketKind) -> bool:
    """Whether what is left of a kind, all buckets together, is nearly used up."""
    of_kind = [one for one in buckets if one.kind is kind]
    if not of_kind or any(one.remaining is None for one in of_kind):
        return False
    left = sum((one.remaining.amount for one in of_kind if one.remaining), Decimal(0))
    totals = [one.total.amount for one in of_kind if one.total]
    if len(totals) < len(of_kind):
        return left <= 0
    return left <= sum(totals, Decimal(0)) * LOW_PART


def line_of(visit: Visit, bucket: Bucket) -> str:
    """Write one allowance: "Internet: 3.2 GB of 15 GB, until 5 December"."""
    package = visit.catalogue.packages.get(bucket.name)
    label = package.names[visit.language] if package else visit.words(LABELS[bucket.kind])
    amount = _amount_of(visit, bucket)
    if bucket.ends is not None:
        until = _until(visit, bucket.ends)
        amount = visit.words("utter_allowance_until", {"amount": amount, "until": until})
    return f"{label}: {amount}"


def _amount_of(visit: Visit, bucket: Bucket) -> str:
    if bucket.remaining is None:
        return visit.words("utter_allowance_unlimited")
    left = _written(visit, bucket.kind, bucket.remaining)
    if bucket.total is None:
        return left
    total = _written(visit, bucket.kind, bucket.total)
    return visit.words("utter_allowance_of", {"left": left, "total": total})


def _written(visit: Visit, kind: BucketKind, quantity: Quantity) -> str:
    if kind is BucketKind.DATA:
        return megabytes(quantity.amount, visit.language)
    if kind is BucketKind.VOICE:
        return minutes(quantity.amount, visit.language)
    return count(quantity.amount, visit.language)


def _until(visit: Visit, ends: datetime) -> str:
    write = day_and_time if ends - visit.now < SOON else day
    return write(ends, visit.language, visit.catalogue.zone)
