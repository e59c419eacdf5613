"""Money from the subscriber's account to another number of the operator's."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from actions.bss.errors import BssRefused
from actions.bss.model import Account, ProductKind
from actions.confirming import confirm
from actions.flow import Flow
from actions.holdings import products_of
from actions.orders import Offer
from actions.proof import proved_number
from actions.visit import CODE, OWN_NUMBER, Visit
from actions.wording import money, phone

RECEIVER = "receiver"
AMOUNT = "amount"
KOPIYKA = Decimal("0.01")
MOST_MONEY = Decimal(10**9)


@dataclass(frozen=True)
class Rules:
    """What may be sent at once, and what sending costs."""

    least: Decimal
    most: Decimal
    fee: Decimal

    @classmethod
    def of(cls, told: dict[str, Any]) -> Rules:
        """Read them from the operator's data."""
        return cls(*(Decimal(str(told[name])) for name in ("least", "most", "fee")))

    def allow(self, amount: Decimal) -> bool:
        """Whether so much may be sent at once."""
        return self.least <= amount <= self.most

    def told(self, language: str) -> dict[str, str]:
        """Return the facts that tell them."""
        return {
            "least": money(self.least, language),
            "most": money(self.most, language),
            "fee": money(self.fee, language),
        }


@dataclass(frozen=True)
class Sent:
    """A transfer that can be made."""

    sender: str = field(repr=False)
    receiver: str = field(repr=False)
    bucket: str
    amount: Decimal


class BalanceTransfer(Flow):
    """Asks to whom and how much, and sends it after a yes."""

    intent = "balance_transfer"

    async def answer(self, visit: Visit) -> None:
        """Ask what is lacking, check what was said, and offer the transfer."""
        _keep_receiver(visit)
        number = await proved_number(visit)
        rules = Rules.of(visit.catalogue.facts["balance_transfer"])
        receiver = await _receiver(visit, number)
        amount = _amount(visit, rules)
        account = await visit.tools.bss.balance.account(number)
        free = await _free_money(visit, account, number)
        if free < amount + rules.fee:
            facts = {
                "balance": money(max(free, Decimal(0)), visit.language),
                "whole": money(amount + rules.fee, visit.language),
            }
            visit.stop("utter_transfer_short", {**facts, **rules.told(visit.language)})
        sent = Sent(number, receiver, account.bucket_id, amount)
        await confirm(visit, offer_of(visit, sent, rules), "utter_transfer_confirm")


def sum_in(said: str) -> Decimal | None:
    """Read a sum of money; None if it is none of whole kopiykas."""
    try:
        amount = Decimal(said.replace(",", "."))
    except InvalidOperation:
        return None
    is_sum = amount.is_finite() and abs(amount) < MOST_MONEY and not amount % KOPIYKA
    return amount if is_sum else None


def _keep_receiver(visit: Visit) -> None:
    """Take a number for the receiver's, unless one's own or a code was asked for."""
    named = visit.given("phone_number")
    if named is not None and not (visit.was_asked_for(OWN_NUMBER) or visit.was_asked_for(CODE)):
        visit.keep(RECEIVER, named)


async def _receiver(visit: Visit, number: str) -> str:
    receiver = visit.arg(RECEIVER)
    if receiver is None:
        visit.ask(RECEIVER, "utter_balance_transfer_choose", again="utter_transfer_number_unclear")
    refusal = await _refusal(visit, receiver, number)
    if refusal is not None:
        visit.keep(RECEIVER, None)
        visit.ask(RECEIVER, refusal, facts={"receiver": phone(receiver)})
    return receiver


async def _refusal(visit: Visit, receiver: str, number: str) -> str | None:
    if receiver.lstrip("+") == number.lstrip("+"):
        return "utter_transfer_to_self"
    try:
        is_ours = bool(await visit.tools.bss.inventory.products(receiver))
    except (BssRefused, ValueError):
        is_ours = False
    return None if is_ours else "utter_transfer_not_ours"


def _amount(visit: Visit, rules: Rules) -> Decimal:
    bare = visit.given("number") if visit.was_asked_for(AMOUNT) else None
    said = visit.given(AMOUNT) or bare or visit.arg(AMOUNT)
    facts = rules.told(visit.language)
    amount = None if said is None else sum_in(said)
    if amount is None:
        visit.ask(
            AMOUNT, "utter_transfer_amount", again="utter_transfer_amount_unclear", facts=facts
        )
    if not rules.allow(amount):
        visit.keep(AMOUNT, None)
        visit.ask(AMOUNT, "utter_transfer_amount_limits", facts=facts)
    visit.keep(AMOUNT, str(amount))
    return amount


async def _free_money(visit: Visit, account: Account, number: str) -> Decimal:
    """Return what may be given away: what is promised is not one's own."""
    promised = await products_of(visit, number, ProductKind.PROMISED_PAYMENT)
    owed = sum((one.facts.debt or Decimal(0) for one in promised), Decimal(0))
    return account.money.amount - owed


def offer_of(visit: Visit, sent: Sent, rules: Rules) -> Offer:
    """Offer a transfer with all it costs."""
    return Offer(
        kind="transfer",
        subscriber=visit.caller.subscriber,
        number=sent.sender,
        request={"bucket": sent.bucket, "amount": str(sent.amount), "receiver": sent.receiver},
        done="utter_transfer_done",
        facts={
            "own_number": phone(sent.sender),
            "receiver": phone(sent.receiver),
            "amount": money(sent.amount, visit.language),
            "fee": money(rules.fee, visit.language),
            "whole": money(sent.amount + rules.fee, visit.language),
        },
    )
