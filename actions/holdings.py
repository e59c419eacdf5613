"""What a number has, sorted by kind."""

from __future__ import annotations

from actions.bss.model import Product, ProductKind
from actions.visit import Visit


async def products_of(visit: Visit, number: str, *kinds: ProductKind) -> list[Product]:
    """Return the products of these kinds that a number has, working or suspended.

    Raises:
        BssError: they cannot be told just now.
    """
    products = await visit.tools.bss.inventory.products(number)
    return [one for one in products if one.kind in kinds and one.is_had]


async def tariff_of(visit: Visit, number: str) -> Product | None:
    """Return the tariff of a number; None where the billing system names none.

    Raises:
        BssError: it cannot be told just now.
    """
    return next(iter(await products_of(visit, number, ProductKind.TARIFF)), None)
