"""Carry out what was confirmed, once however often it is confirmed, and say what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal

from actions.bss import (
    Bss,
    BssError,
    NewOrder,
    NewTicket,
    NewTransfer,
    OutcomeUnknown,
    Severity,
    TicketType,
)
from actions.bss.model import Order, OrderReason, TransferReason
from actions.bss.render import OrderAction
from actions.orders import Kind, Offer

IN_PROGRESS = "utter_order_in_progress"
FAILURES = {
    OrderReason.INSUFFICIENT_FUNDS: "utter_failed_funds",
    OrderReason.NOT_AVAILABLE: "utter_failed_not_available",
    OrderReason.ALREADY_ACTIVE: "utter_failed_already_active",
    OrderReason.NOT_ACTIVE: "utter_failed_not_active",
    OrderReason.DEBT: "utter_failed_debt",
    OrderReason.PROMISED_NOT_REPAID: "utter_failed_promised",
    TransferReason.INSUFFICIENT_FUNDS: "utter_failed_funds",
    TransferReason.UNKNOWN_RECEIVER: "utter_failed_receiver",
    TransferReason.LIMIT_EXCEEDED: "utter_failed_limit",
}
FAILED = "utter_failed"
DONE_IN_PART = "utter_done_in_part"
WAIT_SECONDS = 3.5
"""What takes longer is looked up by its key when the subscriber asks again."""


@dataclass(frozen=True)
class Outcome:
    """What to say of an offer that was carried out, or was not."""

    response: str
    facts: dict[str, str]


async def carry_out(bss: Bss, offer: Offer, key: str) -> Outcome:
    """Do what was offered; under the same key it is done once and told again.

    Raises:
        BssError: nothing was done.
    """
    try:
        outcome = await asyncio.wait_for(_WAYS[offer.kind](bss, offer, key), WAIT_SECONDS)
    except (OutcomeUnknown, asyncio.TimeoutError):
        outcome = Outcome(IN_PROGRESS, {})
    return Outcome(outcome.response, {**offer.facts, **outcome.facts, "order": key})


async def _place_order(bss: Bss, offer: Offer, key: str) -> Outcome:
    order = await bss.orders.place(_new_order(offer, offer.request, key))
    if order.is_done:
        return Outcome(offer.done, {})
    if not order.has_ended:
        return Outcome(IN_PROGRESS, {})
    return Outcome(FAILURES.get(order.reason, FAILED) if order.reason else FAILED, {})


def _new_order(offer: Offer, request: dict[str, str], key: str) -> NewOrder:
    return NewOrder(
        key,
        OrderAction(request["action"]),
        request["offering"],
        product=request.get("product"),
        number=None if request.get("product") else offer.number,
    )


async def _place_orders(bss: Bss, offer: Offer, key: str) -> Outcome:
    """Place several, each under a key of its own: a second yes does only what was not done."""
    requests = [offer.request, *offer.also]
    orders = [_new_order(offer, one, f"{key}-{at}") for at, one in enumerate(requests)]
    ends = await asyncio.gather(*(bss.orders.place(one) for one in orders), return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException) and not isinstance(end, BssError):
            raise end
    refused = [end for end in ends if isinstance(end, BssError)]
    if len(refused) == len(ends):
        raise next((end for end in refused if isinstance(end, OutcomeUnknown)), refused[0])
    named = list(zip((one["name"] for one in requests), ends, strict=True))
    return _of_several(offer, named)


def _of_several(offer: Offer, named: list[tuple[str, Order | BaseException]]) -> Outcome:
    done = [name for name, end in named if _is_so(end)]
    left = [name for name, end in named if not _is_so(end) and not _goes_on(end)]
    if len(done) == len(named):
        return Outcome(offer.done, {})
    if not left:
        return Outcome(IN_PROGRESS, {})
    if not done:
        return Outcome(FAILED, {})
    return Outcome(DONE_IN_PART, {"done": ", ".join(done), "left": ", ".join(left)})


def _is_so(end: Order | BaseException) -> bool:
    """Whether all is as it was wished, be it that somebody else did it."""
    return isinstance(end, Order) and (end.is_done or end.reason is OrderReason.NOT_ACTIVE)


def _goes_on(end: Order | BaseException) -> bool:
    if isinstance(end, Order):
        return not end.has_ended
    return isinstance(end, OutcomeUnknown)


async def _transfer(bss: Bss, offer: Offer, key: str) -> Outcome:
    request = offer.request
    transfer = await bss.balance.transfer(
        NewTransfer(
            key,
            bucket=request["bucket"],
            amount=Decimal(request["amount"]),
            sender=offer.number,
            receiver=request["receiver"],
        )
    )
    if transfer.is_done:
        return Outcome(offer.done, {})
    return Outcome(FAILURES.get(transfer.reason, FAILED) if transfer.reason else FAILED, {})


async def _open_ticket(bss: Bss, offer: Offer, key: str) -> Outcome:
    request = offer.request
    ticket = await bss.tickets.open(
        NewTicket(
            key,
            type=TicketType(request["type"]),
            severity=Severity(request.get("severity", "minor")),
            name=request["name"],
            description=request["text"],
            number=offer.number,
        )
    )
    return Outcome(offer.done, {"ticket": ticket.id})


_WAYS: dict[Kind, Callable[[Bss, Offer, str], Awaitable[Outcome]]] = {
    "order": _place_order,
    "orders": _place_orders,
    "transfer": _transfer,
    "ticket": _open_ticket,
}
