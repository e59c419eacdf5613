"""Money: what is on the account, and the bill of those who have a contract."""

from __future__ import annotations

import asyncio
from datetime import datetime
from decimal import Decimal

from actions.bss.model import Product, ProductKind
from actions.flow import Flow
from actions.holdings import next_charge, products_of
from actions.proof import proved_number
from actions.visit import Visit
from actions.wording import day, money, phone

TARIFF, CONTRACT = ProductKind.TARIFF, ProductKind.CONTRACT


class CheckBalance(Flow):
    """Tells how much money is on the account, and when the next charge comes."""

    intent = "check_balance"

    async def answer(self, visit: Visit) -> None:
        """Tell the balance as the billing system has it now."""
        number = await proved_number(visit)
        account, held = await asyncio.gather(
            visit.tools.bss.balance.account(number), _held(visit, number)
        )
        facts = {
            "own_number": phone(number),
            "balance": money(account.money.amount, visit.language, account.money.unit),
        }
        # On a contract the money is owed first and paid after: nothing can be too little.
        ahead = None if CONTRACT in held else next_charge(held.get(TARIFF), visit.now)
        if ahead is None:
            visit.say("utter_balance", facts)
            return
        is_short = account.money.amount < ahead[1]
        response = "utter_balance_short" if is_short else "utter_balance_charge"
        visit.say(response, {**facts, **charge_facts(visit, ahead)})


class Invoice(Flow):
    """Tells the bill of a contract; who pays ahead has none."""

    intent = "invoice"

    async def answer(self, visit: Visit) -> None:
        """Tell the bill, when it is due and what is overdue."""
        number = await proved_number(visit)
        held = await _held(visit, number)
        if CONTRACT in held:
            _tell_bill(visit, held[CONTRACT])
            return
        ahead = next_charge(held.get(TARIFF), visit.now)
        facts = {"own_number": phone(number)}
        if ahead is None:
            visit.say("utter_no_bill", facts)
        else:
            visit.say("utter_no_bill_charge", {**facts, **charge_facts(visit, ahead)})


def charge_facts(visit: Visit, ahead: tuple[datetime, Decimal]) -> dict[str, str]:
    """Return the facts that tell a charge ahead."""
    due, amount = ahead
    return {
        "charge": money(amount, visit.language),
        "charge_day": day(due, visit.language, visit.catalogue.zone),
    }


def _tell_bill(visit: Visit, contract: Product) -> None:
    told, zone = contract.facts, visit.catalogue.zone
    if told.bill_amount is None or told.bill_date is None or told.bill_due is None:
        visit.say("utter_bill_unknown")
        return
    facts = {
        "own_number": phone(contract.number),
        "bill": money(told.bill_amount, visit.language),
        "bill_date": day(told.bill_date, visit.language, zone),
        "due_date": day(told.bill_due, visit.language, zone),
        "digits": contract.number,
    }
    if told.debt:
        visit.say("utter_bill_debt", {**facts, "debt": money(told.debt, visit.language)})
    else:
        visit.say("utter_bill", facts)


async def _held(visit: Visit, number: str) -> dict[ProductKind, Product]:
    return {one.kind: one for one in await products_of(visit, number, TARIFF, CONTRACT)}
