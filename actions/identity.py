"""Buttons of verification: the code once more, a contact that was shared, forgetting the number."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.flow import Flow, visited
from actions.proof import known_number, send_code
from actions.tools import tools
from actions.visit import OWN_NUMBER, Visit
from actions.wording import phone


class SendCodeAgain(Flow):
    """Sends a new code to the number the flow that waits was told."""

    intent = "send_code_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Go on in the name of the flow that waits."""
        waiting = (tracker.get_slot("proof") or {}).get("intent") or self.intent
        return await visited(Visit(waiting, dispatcher, tracker, tools()), self.answer)

    async def answer(self, visit: Visit) -> None:
        """Send it, if it is known where to."""
        number = visit.arg(OWN_NUMBER)
        if number is None or visit.caller.is_suggestion:
            visit.stop("utter_code_too_old_to_send")
        await send_code(visit, number)


class ShareContact(Flow):
    """A contact came, and no flow waits for it: or it is somebody else's."""

    intent = "share_contact"

    async def answer(self, visit: Visit) -> None:
        """Say whose number is known now."""
        if visit.contact is not None and not visit.contact.is_own:
            visit.stop("utter_contact_not_own")
        number = await known_number(visit)
        if number is None:
            visit.ask(OWN_NUMBER, "utter_ask_own_number", again="utter_own_number_unclear")
        visit.say("utter_number_known", {"own_number": phone(number)})


class ForgetNumber(Flow):
    """Forgets whose number it was; the next personal question asks for it again."""

    intent = "forget_number"

    async def answer(self, visit: Visit) -> None:
        """Forget, and say so."""
        if visit.caller.is_suggestion:
            return
        await visit.tools.verifier.forget(visit.caller.subscriber)
        visit.note("verified_number", None)
        visit.say("utter_number_forgotten")
