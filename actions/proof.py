"""Whose number it is, before anything personal is told: the channel's word, or a code by SMS."""

from __future__ import annotations

import re
import secrets
from typing import NoReturn

from actions.bss.errors import BssRefused
from actions.memory import MemoryAway
from actions.verification import CODE_DIGITS, Check, TooManyCodes
from actions.visit import CODE, OWN_NUMBER, Visit
from actions.wording import phone

CHANNELS_WITH_CONTACTS = frozenset({"telegram"})
"""Where a button can tell the subscriber's own number; elsewhere a code goes to it."""


async def proved_number(visit: Visit, how_to: str | None = None) -> str:
    """Return the subscriber's number, or go on proving it.

    Args:
        visit: the turn.
        how_to: what to say to somebody not verified before asking for the number, where it is
            not the intent's own response.

    Raises:
        Asked: a number or a code was asked for.
        BssError: no code can be sent just now.
        MemoryAway: no code can be checked or sent just now.
    """
    known = await known_number(visit)
    if known is not None:
        return known
    how_to = how_to or f"utter_{visit.intent}"
    if visit.caller.is_suggestion:
        visit.stop(how_to)
    if visit.was_asked_for(CODE):
        return await _with_code(visit)
    if visit.was_asked_for(OWN_NUMBER) and (visit.is_answer or visit.given("phone_number")):
        return await _with_number(visit)
    return _invite(visit, how_to)


async def known_number(visit: Visit) -> str | None:
    """Return the number if it is proved already, and note it for the operators."""
    number = await _number_at_hand(visit)
    return None if number is None else _noted(visit, number)


def _noted(visit: Visit, number: str) -> str:
    visit.note("proof", None)
    visit.note("verified_number", number)
    return number


async def _number_at_hand(visit: Visit) -> str | None:
    if visit.caller.number:
        return visit.caller.number
    if visit.contact is not None and visit.contact.is_own and not visit.caller.is_suggestion:
        await visit.tools.verifier.remember(visit.caller.subscriber, visit.contact.number)
        return visit.contact.number
    try:
        return await visit.tools.verifier.number_of(visit.caller.subscriber)
    except MemoryAway:
        # Nobody is verified then, and everybody is told how to help oneself.
        return None


def _invite(visit: Visit, how_to: str) -> NoReturn:
    """Tell how to help oneself, and offer to do it here."""
    visit.say(how_to)
    if visit.channel in CHANNELS_WITH_CONTACTS:
        visit.say("utter_ask_contact")
    else:
        visit.say("utter_ask_own_number")
    visit.wait_for(OWN_NUMBER)


async def _with_number(visit: Visit) -> NoReturn:
    number = visit.given("phone_number")
    if number is None:
        visit.ask(OWN_NUMBER, "utter_ask_own_number", again="utter_own_number_unclear")
    await send_code(visit, number)


async def send_code(visit: Visit, number: str) -> NoReturn:
    """Send a code to a number if it is one of the operator's; the answer is the same if not.

    Raises:
        Asked: always, for the code.
    """
    try:
        code = await visit.tools.verifier.begin(visit.caller.subscriber, number)
    except TooManyCodes:
        visit.stop("utter_too_many_codes")
    if await _is_ours(visit, number):
        text = visit.catalogue.message("sms_code", visit.language).format(code=code)
        await visit.tools.bss.sms.send(number, text, id_=secrets.token_hex(8))
    visit.keep(OWN_NUMBER, number)
    visit.say("utter_code_sent", {"own_number": phone(number)})
    visit.wait_for(CODE)


async def _is_ours(visit: Visit, number: str) -> bool:
    try:
        return bool(await visit.tools.bss.inventory.products(number))
    except BssRefused:
        return False


async def _with_code(visit: Visit) -> str:
    other = visit.given("phone_number")
    if other is not None:
        # A number instead of the code: the first one was mistyped.
        await send_code(visit, other)
    typed = visit.given(CODE) or re.sub(r"\D", "", visit.text)
    if len(typed) != CODE_DIGITS:
        visit.ask(CODE, "utter_ask_code", again="utter_code_unclear")
    checked = await visit.tools.verifier.check(visit.caller.subscriber, typed)
    if checked.check is Check.RIGHT and checked.number is not None:
        return _noted(visit, checked.number)
    if checked.check is Check.WRONG:
        visit.say("utter_code_wrong", {"tries": str(checked.tries_left)})
        visit.wait_for(CODE)
    return visit.stop(
        "utter_code_used_up" if checked.check is Check.USED_UP else "utter_code_too_old"
    )
