"""The number: which one it is, why it is suspended and how it comes back."""

from __future__ import annotations

from collections.abc import Sequence

from actions.bss.model import Product, ProductKind, SuspendReason
from actions.confirming import confirm
from actions.flow import Flow
from actions.holdings import first_of, products_of
from actions.orders import Offer
from actions.proof import CHANNELS_WITH_CONTACTS, known_number, proved_number
from actions.standing import debt_of
from actions.visit import Visit
from actions.wording import day_of_year, money, phone


class MyNumber(Flow):
    """Tells the number that is proved; nobody is asked to write it in order to learn it."""

    intent = "my_number"

    async def answer(self, visit: Visit) -> None:
        """Tell it, or how the phone shows it."""
        number = await known_number(visit)
        if number is not None:
            visit.stop("utter_my_number_told", {"own_number": phone(number)})
        visit.say("utter_my_number")
        if visit.channel in CHANNELS_WITH_CONTACTS and not visit.caller.is_suggestion:
            visit.say("utter_ask_contact")


class NumberBlocked(Flow):
    """Tells why a number is suspended, how long it lives, and how it comes back."""

    intent = "number_blocked"

    async def answer(self, visit: Visit) -> None:
        """Tell what the billing system says of the SIM and the tariff."""
        number = await proved_number(visit)
        had = await products_of(visit, number)
        sim, tariff = first_of(had, ProductKind.SIM), first_of(had, ProductKind.TARIFF)
        if sim is not None and not sim.is_active:
            visit.stop("utter_sim_blocked_already", {"own_number": phone(number)})
        if tariff is None or tariff.is_active:
            self._say_it_works(visit, number, had)
            return
        self._say_how_long(visit, tariff, number)
        await self._say_why(visit, tariff, sim, number)

    def _say_it_works(self, visit: Visit, number: str, had: Sequence[Product]) -> None:
        debt = debt_of(had)
        facts = {"own_number": phone(number)}
        if debt:
            visit.say("utter_number_works_debt", {**facts, "debt": money(debt, visit.language)})
        else:
            visit.say("utter_number_works", facts)

    def _say_how_long(self, visit: Visit, tariff: Product, number: str) -> None:
        until = tariff.facts.life_until
        if until is not None and until > visit.now:
            last = day_of_year(until, visit.language, visit.catalogue.zone)
            visit.say("utter_number_kept", {"own_number": phone(number), "life_day": last})

    async def _say_why(
        self, visit: Visit, tariff: Product, sim: Product | None, number: str
    ) -> None:
        reason = tariff.facts.suspend_reason
        if reason is SuspendReason.NO_FUNDS:
            await self._say_short(visit, tariff, number)
        elif reason is SuspendReason.OWN_REQUEST and sim is not None:
            await confirm(visit, unblock_offer(visit, sim, number), "utter_number_unblock_confirm")
        elif reason is SuspendReason.EXPIRED:
            visit.say("utter_number_expired", {"own_number": phone(number)})
        else:
            visit.say("utter_number_suspended", {"own_number": phone(number)})

    async def _say_short(self, visit: Visit, tariff: Product, number: str) -> None:
        account = await visit.tools.bss.balance.account(number)
        facts = {
            "own_number": phone(number),
            "balance": money(account.money.amount, visit.language, account.money.unit),
        }
        charge = tariff.facts.next_charge_amount
        if charge is None:
            visit.say("utter_number_no_funds", facts)
        else:
            facts["charge"] = money(charge, visit.language)
            visit.say("utter_number_no_funds_charge", facts)


def unblock_offer(visit: Visit, sim: Product, number: str) -> Offer:
    """Offer to end a pause of one's own."""
    return Offer(
        kind="order",
        subscriber=visit.caller.subscriber,
        number=number,
        request={"action": "modify", "offering": "sim-unblock", "product": sim.id},
        done="utter_number_unblock_done",
        facts={"own_number": phone(number)},
    )
