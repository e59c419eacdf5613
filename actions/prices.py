"""A price with its period, and a choice with its price, as each language says it."""

from __future__ import annotations

from decimal import Decimal

from actions.bss.model import Period, Product
from actions.catalogue import Sold
from actions.visit import Visit
from actions.wording import money

MONTH, DAY, ONCE = "month", "day", "once"
_PERIODS = {Period.MONTH: MONTH, Period.DAY: DAY, None: ONCE}


def priced(visit: Visit, amount: Decimal, period: str) -> str:
    """Write a price: "25 ₴ на 4 тижні"; what costs nothing is free."""
    if not amount:
        return visit.words("utter_price_free")
    return visit.words(f"utter_price_{period}", {"sum": money(amount, visit.language)})


def price_of(visit: Visit, sold: Sold) -> str:
    """Write what something sold costs."""
    return priced(visit, sold.price, sold.period)


def price_had(visit: Visit, product: Product) -> str | None:
    """Write what a product costs; None where the billing system does not tell it."""
    if not product.prices:
        return None
    price = product.prices[0]
    return priced(visit, price.money.amount, _PERIODS[price.period])


def titled(visit: Visit, sold: Sold) -> str:
    """Write a button's title: the name, and the sum if there is one."""
    name = sold.names[visit.language]
    return f"{name}, {money(sold.price, visit.language)}" if sold.price else name
