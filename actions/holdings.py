"""What a number has: by kind, what it is called, and when its tariff is paid next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from actions.bss.model import Product, ProductKind
from actions.visit import Visit


async def products_of(visit: Visit, number: str, *kinds: ProductKind) -> list[Product]:
    """Return what a number has, working or suspended: of these kinds, or of all if none is said.

    Raises:
        BssError: they cannot be told just now.
    """
    products = await visit.tools.bss.inventory.products(number)
    return [one for one in products if one.is_had and (not kinds or one.kind in kinds)]


def first_of(products: Iterable[Product], kind: ProductKind) -> Product | None:
    """Return the product of a kind that is had, one that works before one that does not."""
    fitting = (one for one in products if one.kind is kind and one.is_had)
    return next(iter(sorted(fitting, key=lambda one: not one.is_active)), None)


async def tariff_of(visit: Visit, number: str) -> Product | None:
    """Return the tariff of a number; None where the billing system names none.

    Raises:
        BssError: it cannot be told just now.
    """
    return first_of(await products_of(visit, number), ProductKind.TARIFF)


def name_of(visit: Visit, product: Product) -> str:
    """Return what a product is called in the subscriber's language."""
    return visit.catalogue.name_of(product.offering_id, visit.language, product.name)


def next_charge(tariff: Product | None, now: datetime) -> tuple[datetime, Decimal] | None:
    """Return when the tariff is paid next and how much; None where none is known to come."""
    if tariff is None or not tariff.is_active:
        return None
    due, amount = tariff.facts.next_charge_at, tariff.facts.next_charge_amount
    return None if due is None or amount is None or due < now else (due, amount)
