"""What all flows have in common: one intent, one action, honest words when the BSS fails."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bss.errors import BssError
from actions.memory import MemoryAway
from actions.tools import tools
from actions.visit import Asked, Visit

logger = logging.getLogger(__name__)


ANSWER_SECONDS = 4.0
"""Longer than this the bot does not wait for an action; an honest sentence has to come first."""

Answer = Callable[[Visit], Awaitable[None]]


class Flow(Action, ABC):
    """Answers one intent; called anew each time the subscriber gives what was asked for."""

    intent: str = ""

    def name(self) -> str:
        """Return the name rules know this action by."""
        return f"action_{self.intent}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Go on with the flow as far as what is known allows."""
        visit = Visit(self.intent, dispatcher, tracker, tools())
        return await visited(visit, self.answer)

    @abstractmethod
    async def answer(self, visit: Visit) -> None:
        """Answer; what has to be asked is raised as ``Asked``."""


async def visited(visit: Visit, answer: Answer) -> list[EventType]:
    """Let a flow answer and return what the turn changes; when the BSS fails, say so."""
    try:
        await asyncio.wait_for(answer(visit), ANSWER_SECONDS)
        visit.finish()
    except Asked:
        pass
    except (BssError, MemoryAway, asyncio.TimeoutError) as error:
        logger.warning("%s: %s", visit.intent, type(error).__name__)
        visit.say_instead("utter_bss_away", {"again": visit.again})
        visit.finish()
    return visit.events()
