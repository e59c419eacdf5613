"""What stands in the way of something that costs: told before it is confirmed, not after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from actions.bss.model import Product, ProductKind, ProductStatus, SuspendReason
from actions.visit import Visit
from actions.wording import money, phone

PAUSED = frozenset({SuspendReason.OWN_REQUEST, SuspendReason.EXPIRED})


@dataclass(frozen=True)
class Wish:
    """What a number would have, what it is called, and what it costs at once."""

    number: str
    name: str
    price: Decimal


async def refuse_early(visit: Visit, products: Sequence[Product], wish: Wish) -> None:
    """End the flow where the billing system would refuse: paused, in debt, short of money.

    Raises:
        Asked: it was told why not.
        BssError: the account cannot be told just now.
    """
    if is_paused(products):
        visit.stop("utter_wish_paused", {"own_number": phone(wish.number), "wish": wish.name})
    if not wish.price:
        return
    debt = debt_of(products)
    if debt:
        facts = {"wish": wish.name, "debt": money(debt, visit.language)}
        visit.stop("utter_wish_debt", facts)
    if not is_contract(products):
        await _refuse_short(visit, wish)


async def _refuse_short(visit: Visit, wish: Wish) -> None:
    """On a contract there is a credit nobody tells of, so only a prepaid account is compared."""
    account = await visit.tools.bss.balance.account(wish.number)
    lacking = wish.price - account.money.amount
    if lacking > 0:
        facts = {
            "wish": wish.name,
            "price": money(wish.price, visit.language),
            "balance": money(account.money.amount, visit.language),
            "lacking": money(lacking, visit.language),
        }
        visit.stop("utter_wish_short", facts)


def is_paused(products: Sequence[Product]) -> bool:
    """Whether the tariff rests, for another reason than that there was no money for it."""
    return any(
        one.kind is ProductKind.TARIFF
        and one.status is ProductStatus.SUSPENDED
        and one.facts.suspend_reason in PAUSED
        for one in products
    )


def is_contract(products: Sequence[Product]) -> bool:
    """Whether the number pays afterwards."""
    return any(one.kind is ProductKind.CONTRACT and one.is_had for one in products)


def debt_of(products: Sequence[Product]) -> Decimal:
    """Return what is owed by now."""
    owed = [one.facts.debt for one in products if one.kind is ProductKind.CONTRACT and one.is_had]
    return sum((debt for debt in owed if debt and debt > 0), Decimal(0))
