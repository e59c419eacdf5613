"""Bonus points: how many there are and what they are for."""

from __future__ import annotations

from actions.flow import Flow
from actions.proof import proved_number
from actions.visit import Visit
from actions.wording import count, phone


class BonusProgram(Flow):
    """Tells the points and what to do with them."""

    intent = "bonus_program"

    async def answer(self, visit: Visit) -> None:
        """Tell the points the billing system has."""
        number = await proved_number(visit)
        account = await visit.tools.bss.balance.account(number)
        own = {"own_number": phone(number)}
        if account.points is None:
            visit.say("utter_bonus_none", own)
            return
        visit.say("utter_bonus", {**own, "points": count(account.points.amount, visit.language)})
