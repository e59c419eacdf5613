"""The tariff: which one it is, what others there are, and how to move to one of them."""

from __future__ import annotations

from actions.bss.model import Product, ProductKind, SuspendReason
from actions.catalogue import Sold
from actions.choosing import MOST_CHOICES, Choice, Question, ask_choice, chosen, listed
from actions.confirming import confirm
from actions.flow import Flow
from actions.holdings import first_of, name_of, next_charge, tariff_of
from actions.money import charge_facts
from actions.orders import Offer
from actions.prices import price_had, price_of, titled
from actions.proof import proved_number
from actions.standing import Wish, refuse_early
from actions.visit import Visit
from actions.wording import phone

TARIFF = "tariff"
CHANGE = Question(TARIFF, "utter_tariff_change_choose", again="utter_tariff_change_unclear")
SAME = Question(TARIFF, "utter_tariff_change_same")


class TariffCurrent(Flow):
    """Tells the subscriber's tariff: its price, what is in it, the next charge."""

    intent = "tariff_current"

    async def answer(self, visit: Visit) -> None:
        """Tell what the billing system has."""
        number = await proved_number(visit)
        tariff = await tariff_of(visit, number)
        if tariff is None:
            visit.stop("utter_tariff_own_none", {"own_number": phone(number)})
        facts = {
            "own_number": phone(number),
            "tariff": name_of(visit, tariff),
            "details": listed(visit, _details_of(visit, tariff)),
        }
        visit.say(_response_for(tariff), facts)


class TariffInfo(Flow):
    """Tells what tariffs there are, or what one of them has in it; anybody may ask."""

    intent = "tariff_info"

    async def answer(self, visit: Visit) -> None:
        """Tell all of them, or the one that was named."""
        named = visit.catalogue.tariffs.get(visit.given(TARIFF) or "")
        if named is None:
            visit.say("utter_tariff_info", buttons=self._to_look_at(visit))
            return
        visit.say("utter_tariff_details", {**_facts_of(visit, named), "tariff_id": named.id})

    def _to_look_at(self, visit: Visit) -> list[dict[str, str]]:
        # The answer has a button of its own beside these.
        shown = list(visit.catalogue.tariffs.values())[: MOST_CHOICES - 1]
        return [
            {
                "title": titled(visit, sold),
                "payload": f'/{self.intent}{{"tariff": "{sold.id}"}}',
            }
            for sold in shown
        ]


class TariffChange(Flow):
    """Moves the number to another tariff, after a yes to its price."""

    intent = "tariff_change"

    async def answer(self, visit: Visit) -> None:
        """Ask which one, say what changes, and order it."""
        wanted = visit.catalogue.tariffs.get(chosen(visit, TARIFF) or "")
        number = await proved_number(visit)
        products = await visit.tools.bss.inventory.products(number)
        present = first_of(products, ProductKind.TARIFF)
        if present is None:
            visit.stop("utter_tariff_own_none", {"own_number": phone(number)})
        if wanted is None or wanted.id == present.offering_id:
            facts = {"tariff": name_of(visit, present)}
            ask_choice(visit, SAME if wanted else CHANGE, _others(visit, present), facts)
        wish = Wish(number, wanted.names[visit.language], wanted.price)
        await refuse_early(visit, products, wish)
        await confirm(
            visit, _offer_of(visit, wanted, number, present), "utter_tariff_change_confirm"
        )


def _others(visit: Visit, present: Product) -> list[Choice]:
    return [
        Choice(sold.id, titled(visit, sold))
        for sold in visit.catalogue.tariffs.values()
        if sold.id != present.offering_id
    ]


def _facts_of(visit: Visit, tariff: Sold) -> dict[str, str]:
    return {
        "tariff": tariff.names[visit.language],
        "price": price_of(visit, tariff),
        "terms": tariff.terms[visit.language],
    }


def _offer_of(visit: Visit, wanted: Sold, number: str, present: Product) -> Offer:
    return Offer(
        kind="order",
        subscriber=visit.caller.subscriber,
        number=number,
        request={"action": "modify", "offering": wanted.id, "product": present.id},
        done="utter_tariff_change_done",
        facts={
            **_facts_of(visit, wanted),
            "present": name_of(visit, present),
            "own_number": phone(number),
        },
    )


def _details_of(visit: Visit, tariff: Product) -> list[str]:
    """Return what is known of it, a line each; what is not known has none."""
    lines = []
    price = price_had(visit, tariff)
    if price is not None:
        lines.append(visit.words("utter_tariff_line_price", {"price": price}))
    sold = visit.catalogue.tariffs.get(tariff.offering_id or "")
    if sold is not None and sold.terms[visit.language]:
        terms = sold.terms[visit.language]
        lines.append(visit.words("utter_tariff_line_terms", {"terms": terms}))
    ahead = next_charge(tariff, visit.now)
    if ahead is not None:
        facts = charge_facts(visit, ahead)
        lines.append(visit.words("utter_tariff_line_charge", facts))
    return lines


def _response_for(tariff: Product) -> str:
    if tariff.is_active:
        return "utter_tariff_own"
    if tariff.facts.suspend_reason is SuspendReason.NO_FUNDS:
        return "utter_tariff_own_no_funds"
    return "utter_tariff_own_suspended"
