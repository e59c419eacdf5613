"""Roaming: on before the journey, and what it costs there."""

from __future__ import annotations

from decimal import Decimal

from actions.bss.model import ProductKind
from actions.confirming import confirm
from actions.flow import Flow
from actions.holdings import products_of
from actions.orders import Offer
from actions.prices import ONCE, priced
from actions.proof import proved_number
from actions.standing import Wish, refuse_early
from actions.visit import Visit
from actions.wording import phone


class RoamingActivate(Flow):
    """Switches roaming on after a yes; says so where it is on already."""

    intent = "roaming_activate"

    async def answer(self, visit: Visit) -> None:
        """Look whether it is on, and offer it if not."""
        number = await proved_number(visit)
        had = await products_of(visit, number)
        if any(one.kind is ProductKind.ROAMING for one in had):
            visit.stop("utter_roaming_on", {"own_number": phone(number)})
        roaming = visit.catalogue.facts["roaming"]
        price = Decimal(str(roaming["price"]))
        await refuse_early(visit, had, Wish(number, roaming["name"][visit.language], price))
        await confirm(visit, roaming_offer(visit, number), "utter_roaming_activate_confirm")


def roaming_offer(visit: Visit, number: str) -> Offer:
    """Offer to switch roaming on."""
    roaming = visit.catalogue.facts["roaming"]
    price = priced(visit, Decimal(str(roaming["price"])), roaming.get("period", ONCE))
    return Offer(
        kind="order",
        subscriber=visit.caller.subscriber,
        number=number,
        request={"action": "add", "offering": roaming["id"]},
        done="utter_roaming_activate_done",
        facts={"own_number": phone(number), "price": price},
    )
