"""Payments: how to pay, what became of a payment, money until the next one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from actions.bss.model import ActionStatus, ProductKind, Ticket, TopUp
from actions.confirming import confirm
from actions.flow import Flow
from actions.holdings import products_of
from actions.orders import Offer
from actions.proof import known_number, proved_number
from actions.tickets import OPEN
from actions.visit import Visit
from actions.wording import day_and_time, money, phone

MOST_TOLD = 5
ARRIVES_WITHIN = timedelta(hours=1)
LOOKED_FOR = timedelta(days=7)
"""A payment that failed longer ago is settled with the bank."""
PAYMENT_TICKET = "payment"
MISSING = "missing"
"""The choice of who does not see their payment among those that are told."""
_STATES = {
    ActionStatus.CREATED: "utter_payment_on_its_way",
    ActionStatus.COMPLETED: "utter_payment_arrived",
    ActionStatus.FAILED: "utter_payment_failed",
    ActionStatus.CANCELLED: "utter_payment_failed",
}
_FAILED = frozenset({ActionStatus.FAILED, ActionStatus.CANCELLED})


class TopUpAccount(Flow):
    """Tells how to pay; who is known already gets a link with their number."""

    intent = "top_up"

    async def answer(self, visit: Visit) -> None:
        """Tell it without asking whose number it is."""
        visit.say("utter_top_up")
        number = await known_number(visit)
        if number is not None:
            facts = {"own_number": phone(number), "digits": number.lstrip("+")}
            visit.say("utter_top_up_link", facts)


class PromisedPayment(Flow):
    """Offers money until the next top-up, unless the last one is not repaid."""

    intent = "promised_payment"

    async def answer(self, visit: Visit) -> None:
        """Say what it costs and order it after a yes."""
        number = await proved_number(visit)
        held = await products_of(visit, number, ProductKind.PROMISED_PAYMENT, ProductKind.CONTRACT)
        if any(one.kind is ProductKind.CONTRACT for one in held):
            visit.stop("utter_promised_contract")
        if held:
            debt = held[0].facts.debt
            if debt is None:
                visit.stop("utter_failed_promised")
            visit.stop("utter_promised_owed", {"owed": money(debt, visit.language)})
        await confirm(visit, _promise(visit, number), "utter_promised_payment_confirm")


def _promise(visit: Visit, number: str) -> Offer:
    rules = visit.catalogue.facts["promised_payment"]
    amount, fee = Decimal(str(rules["amount"])), Decimal(str(rules["fee"]))
    return Offer(
        kind="order",
        subscriber=visit.caller.subscriber,
        number=number,
        request={"action": "add", "offering": rules["id"]},
        done="utter_promised_payment_done",
        facts={
            "own_number": phone(number),
            "amount": money(amount, visit.language),
            "fee": money(fee, visit.language),
            "owed": money(amount + fee, visit.language),
            "days": str(rules["days"]),
        },
    )


class PaymentNotReceived(Flow):
    """Tells what became of the last payments; one that is overdue is looked for by a person."""

    intent = "payment_not_received"

    async def answer(self, visit: Visit) -> None:
        """Tell the payments as the billing system sees them, and offer a ticket if need be."""
        number = await proved_number(visit)
        top_ups = await visit.tools.bss.balance.top_ups(number, most=MOST_TOLD)
        ticket = await _open_ticket(visit, number)
        lost = next((one for one in top_ups if is_overdue(one, visit)), None)
        is_missing = visit.given("choice") == MISSING
        if not is_missing:
            self._tell(visit, top_ups, lost)
        if ticket is not None and (lost is not None or is_missing):
            visit.stop("utter_payment_ticket_open", {"ticket": ticket.id})
        if lost is not None or is_missing:
            offer = _search(visit, number, None if is_missing else lost)
            await confirm(visit, offer, "utter_payment_ticket_confirm")

    def _tell(self, visit: Visit, top_ups: tuple[TopUp, ...], lost: TopUp | None) -> None:
        if not top_ups:
            visit.say("utter_payments_none")
            return
        lines = "\n".join(line_of(visit, one) for one in top_ups)
        waits = any(one.status is ActionStatus.CREATED for one in top_ups)
        response = "utter_payments_waiting" if waits else "utter_payments"
        visit.say("utter_payments_lost" if lost else response, {"payments": lines})


def is_overdue(top_up: TopUp, visit: Visit) -> bool:
    """Whether a payment should have arrived by now, or failed in the last days."""
    if top_up.requested is None:
        return False
    age = visit.now - top_up.requested
    if top_up.status in _FAILED:
        return age < LOOKED_FOR
    return top_up.status is ActionStatus.CREATED and age > ARRIVES_WITHIN


def line_of(visit: Visit, top_up: TopUp, *, language: str | None = None) -> str:
    """Write a payment and its state in a line."""
    spoken = language or visit.language
    is_own = spoken == visit.catalogue.default_language
    at = top_up.confirmed or top_up.requested
    facts = {
        "sum": money(top_up.amount.amount, spoken, top_up.amount.unit),
        "at": day_and_time(at, spoken, visit.catalogue.zone) if at else "",
        # The billing system has one word for it, in the operator's own language.
        "channel": f" ({top_up.channel})" if top_up.channel and is_own else "",
    }
    return visit.words(_STATES[top_up.status], facts, language=language)


async def _open_ticket(visit: Visit, number: str) -> Ticket | None:
    tickets = await visit.tools.bss.tickets.of(number)
    return next((one for one in tickets if one.type == PAYMENT_TICKET and one.status in OPEN), None)


def _search(visit: Visit, number: str, lost: TopUp | None) -> Offer:
    """Offer to have a payment looked for; staff read it in the operator's language."""
    staff = visit.catalogue.default_language
    name = visit.words("utter_payment_ticket_name", language=staff)
    text = line_of(visit, lost, language=staff) if lost else name
    return Offer(
        kind="ticket",
        subscriber=visit.caller.subscriber,
        number=number,
        request={"type": PAYMENT_TICKET, "severity": "minor", "name": name, "text": text},
        done="utter_payment_ticket_done",
        facts={"own_number": phone(number)},
    )
