"""More mobile internet: what packages there are, and one of them on."""

from __future__ import annotations

from actions.catalogue import Sold
from actions.choosing import Choice, Question, ask_choice, chosen
from actions.confirming import confirm
from actions.flow import Flow
from actions.orders import Offer
from actions.prices import titled
from actions.proof import proved_number
from actions.standing import Wish, refuse_early
from actions.visit import Visit
from actions.wording import money, phone

PACKAGE = "data_package"
WHICH = Question(PACKAGE, "utter_data_package_choose", again="utter_data_package_unclear")


class DataPackage(Flow):
    """Tells the packages; the one chosen is ordered after a yes."""

    intent = "data_package"

    async def answer(self, visit: Visit) -> None:
        """Ask which one, say its price, and order it."""
        wanted = visit.catalogue.packages.get(chosen(visit, PACKAGE) or "")
        number = await proved_number(visit)
        if wanted is None:
            ask_choice(visit, WHICH, _choices(visit))
        products = await visit.tools.bss.inventory.products(number)
        wish = Wish(number, wanted.names[visit.language], wanted.price)
        await refuse_early(visit, products, wish)
        await confirm(visit, offer_of(visit, wanted, number), "utter_data_package_confirm")


def _choices(visit: Visit) -> list[Choice]:
    return [Choice(sold.id, titled(visit, sold)) for sold in visit.catalogue.packages.values()]


def offer_of(visit: Visit, package: Sold, number: str) -> Offer:
    """Offer a package to a number."""
    return Offer(
        kind="order",
        subscriber=visit.caller.subscriber,
        number=number,
        request={"action": "add", "offering": package.id},
        done="utter_data_package_done",
        facts={
            "package": package.names[visit.language],
            "price": money(package.price, visit.language),
            "own_number": phone(number),
        },
    )
