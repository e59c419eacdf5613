"""One turn of a flow: what the subscriber gave, what is said back, what is waited for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, NoReturn, Optional

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.catalogue import Catalogue
from actions.phrases import domain_responses, phrased
from actions.tools import Tools

MOST_MISSES = 2
"""A question that was not answered so often is not put again: a person is offered."""
OPEN_SECONDS = 600
"""What a flow was told so long ago is asked for again: nobody remembers having said it."""
CONFIRMATION = "confirmation"
OWN_NUMBER = "own_number"
CODE = "code"
PROOFS = (OWN_NUMBER, CODE)
"""What is asked to prove whose number it is."""


class Asked(Exception):
    """The flow has said what there is to say now, and goes on when the subscriber answers."""


@dataclass(frozen=True)
class Contact:
    """A contact the subscriber shared by the channel's own button."""

    number: str
    is_own: bool


@dataclass(frozen=True)
class Caller:
    """Who is writing, as the channel tells it."""

    subscriber: str
    number: Optional[str] = None
    """The number the channel itself vouches for, such as a site's signed identity."""
    is_suggestion: bool = False
    """An operator has the conversation: nothing may be sent, asked of the subscriber or done."""

    @classmethod
    def of(cls, tracker: Tracker) -> Caller:
        """Read the caller the turn channel noted."""
        told = tracker.get_slot("caller") or {}
        return cls(
            subscriber=str(told.get("subscriber") or tracker.sender_id),
            number=told.get("number"),
            is_suggestion=bool(told.get("suggest")),
        )


class Visit:
    """What one call of a flow has at hand."""

    def __init__(
        self,
        intent: str,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        tools: Tools,
    ) -> None:
        self.intent = intent
        self.tools = tools
        self.caller = Caller.of(tracker)
        self.contact = _contact_of(tracker)
        self.channel = str(tracker.get_latest_input_channel() or "web")
        self.language: str = tracker.get_slot("language") or tools.catalogue.default_language
        message = tracker.latest_message or {}
        self.text = str(message.get("text") or "")
        self.is_handing_over = message.get("decision") == "handoff"
        """A person is called with this very turn, whatever is said in it."""
        self.is_answer = bool(message.get("is_answer"))
        """It was taken for an answer to the bot's question; else it asks for this flow itself."""
        self.turn = f"{tracker.sender_id}/{message.get('message_id') or ''}"
        """Names this turn; the same if it is played again."""
        self._dispatcher = dispatcher
        self._slots: dict[str, Any] = {}
        self._entities = _entities_of(tracker)
        self._asked_for = _asked_for(tracker, intent)
        self._task = _open_task(tracker, intent, tools.clock())
        self._pending_order = tracker.get_slot("order")
        self._awaits = str(tracker.get_slot("awaits") or "")
        self.topic = str(tracker.get_slot("topic") or "")
        """What was answered last."""

    @property
    def catalogue(self) -> Catalogue:
        """What the operator offers, and what it is called."""
        return self.tools.catalogue

    @property
    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.fromtimestamp(self.tools.clock(), timezone.utc)

    @property
    def order_key(self) -> str | None:
        """The order that a pressed button or the last question names."""
        named = self._entities.get("order")
        return named or (self._pending_order if self._asked_for == CONFIRMATION else None)

    @property
    def own_words(self) -> str:
        """What the subscriber wrote; nothing where a button was pressed."""
        return "" if _PAYLOAD.fullmatch(self.text) else self.text.strip()

    def was_asked_for(self, entity: str) -> bool:
        """Whether the last question of this flow asked for this."""
        return self._asked_for == entity

    def given(self, entity: str) -> str | None:
        """Return a value named in this very message or button."""
        return self._entities.get(entity)

    def arg(self, name: str) -> str | None:
        """Return what this flow was told now or in its turns before."""
        named: str | None = self._entities.get(name) or (self._task.get("args") or {}).get(name)
        return named

    def keep(self, name: str, value: str | None) -> None:
        """Keep (or drop) a value for the flow's next turns."""
        args = dict(self._task.get("args") or {})
        args[name] = value
        self._task = {**self._task, "args": {at: one for at, one in args.items() if one}}

    def say(
        self,
        response: str,
        facts: Mapping[str, str] | None = None,
        buttons: list[dict[str, str]] | None = None,
    ) -> None:
        """Say a response of the domain; its own buttons come before these."""
        self._dispatcher.utter_message(response=response, buttons=buttons, **(facts or {}))

    def words(
        self,
        response: str,
        facts: Mapping[str, str] | None = None,
        *,
        language: str | None = None,
    ) -> str:
        """Return the text of a response, to be a part of another: a line of a list.

        Only these facts are put in it, none of the operator's.
        """
        return phrased(domain_responses()[response], language or self.language, facts or {})

    @property
    def again(self) -> str:
        """The payload that begins this flow again with what it was told."""
        told = {**(self._task.get("args") or {}), **self._args_given()}
        told = {name: value for name, value in told.items() if name not in _NEVER_KEPT}
        if self.order_key:
            told["order"] = self.order_key
        return (
            f"/{self.intent}{json.dumps(told, ensure_ascii=False)}" if told else f"/{self.intent}"
        )

    def say_instead(self, response: str, facts: Mapping[str, str]) -> None:
        """Take back what was going to be said, and say this."""
        self._dispatcher.messages.clear()
        self.say(response, facts)

    def ask(
        self,
        entity: str,
        response: str,
        *,
        again: str | None = None,
        facts: Mapping[str, str] | None = None,
        buttons: list[dict[str, str]] | None = None,
    ) -> NoReturn:
        """Ask for a value; the next message that gives one comes back to this flow.

        Args:
            entity: what is asked for.
            response: the question.
            again: the question where the last answer was none.
            facts: what the response tells.
            buttons: values to choose from.

        Raises:
            Asked: always.
        """
        misses = int(self._task.get("misses", 0)) + 1 if self.was_asked_for(entity) else 0
        if misses >= MOST_MISSES:
            self.give_up()
        self.say(again if again and misses else response, facts, buttons)
        self.wait_for(entity, misses=misses)

    def wait_for(self, entity: str, *, misses: int = 0) -> NoReturn:
        """Wait for a value that has been asked for already.

        Raises:
            Asked: always.
        """
        if not self.caller.is_suggestion:
            task = {
                "intent": self.intent,
                "entity": entity,
                "args": {**(self._task.get("args") or {}), **self._args_given()},
                "misses": misses,
                "at": self.tools.clock(),
            }
            self.note("awaits", f"{self.intent}/{entity}")
            self.note("task", task)
            if entity in PROOFS:
                self.note("proof", task)
        raise Asked

    def leave_open(self, intent: str) -> None:
        """Keep the last question open if it is of this intent: this answer came in between.

        Raises:
            Asked: it is, and is still to be answered.
        """
        if intent and self._awaits.partition("/")[0] == intent:
            self.note("awaits", self._awaits)
            raise Asked

    def give_up(self) -> NoReturn:
        """Offer a person instead of asking once more.

        Raises:
            Asked: always.
        """
        self.say("utter_cannot_go_on")
        self.finish()
        raise Asked

    def stop(self, response: str, facts: Mapping[str, str] | None = None) -> NoReturn:
        """Say the last thing of this flow.

        Raises:
            Asked: always.
        """
        self.say(response, facts)
        self.finish()
        raise Asked

    def finish(self) -> None:
        """Wait for nothing any more."""
        self.note("task", None)
        self.note("awaits", None)

    def note(self, slot: str, value: Any) -> None:
        """Set a slot when this turn ends."""
        self._slots[slot] = value

    def events(self) -> list[EventType]:
        """Return what the turn changes."""
        return [SlotSet(name, value) for name, value in self._slots.items()]

    def _args_given(self) -> dict[str, str]:
        return {name: value for name, value in self._entities.items() if name not in _NEVER_KEPT}


_PAYLOAD = re.compile(r"/[a-z][a-z0-9_]*(?:\{.*\})?\s*", re.DOTALL)
_NEVER_KEPT = frozenset({"code", "number", "order", "yes", "no", "own_number", "follow_up", "text"})
"""What an answer is made of, not what a flow is about."""


def _contact_of(tracker: Tracker) -> Contact | None:
    told = (tracker.get_slot("caller") or {}).get("contact")
    return Contact(str(told["number"]), bool(told["own"])) if told else None


def _entities_of(tracker: Tracker) -> dict[str, str]:
    found: dict[str, str] = {}
    for entity in (tracker.latest_message or {}).get("entities") or []:
        found.setdefault(str(entity["entity"]), str(entity["value"]))
    return found


def _asked_for(tracker: Tracker, intent: str) -> str | None:
    asking, _, entity = str(tracker.get_slot("awaits") or "").partition("/")
    if asking == intent or (asking and intent in ("affirm", "deny", "cancel")):
        return entity or None
    # The answer to an older question that has found its way here by its shape (a code).
    proof = tracker.get_slot("proof") or {}
    return str(proof["entity"]) if proof.get("intent") == intent else None


def _open_task(tracker: Tracker, intent: str, now: float) -> dict[str, Any]:
    """What this flow has been told; while a number is being proved other flows may come between."""
    tasks: list[dict[str, Any]] = [tracker.get_slot(name) or {} for name in ("task", "proof")]
    return next(
        (
            task
            for task in tasks
            if task.get("intent") == intent and now - float(task.get("at", 0)) < OPEN_SECONDS
        ),
        {},
    )
