"""Choose one of several: by a button, by its name, page by page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from actions.visit import CONFIRMATION, Visit

MOST_CHOICES = 6
"""Buttons under a question; more of them come page by page."""
MOST_LINES = 8
"""Lines of a list in an answer."""
PAGE = "page"


@dataclass(frozen=True)
class Choice:
    """What can be chosen, and what its button is called."""

    value: str
    title: str
    entity: str | None = None
    """The entity the button gives, where it is another than the one asked for."""


@dataclass(frozen=True)
class Question:
    """What is asked for, and the words of the question."""

    entity: str
    response: str
    again: str | None = None
    """The words after an answer that was none."""


def chosen(visit: Visit, entity: str, *, asked_for: str | None = None) -> str | None:
    """Return what was chosen; whoever asks anew instead of confirming chooses anew.

    Args:
        visit: the turn.
        entity: what the choice is given by.
        asked_for: what the question asked for, where that is another entity.
    """
    if visit.was_asked_for(asked_for or entity) or visit.was_asked_for(CONFIRMATION):
        return visit.given(entity)
    return visit.arg(entity)


def ask_choice(
    visit: Visit,
    question: Question,
    choices: Sequence[Choice],
    facts: Mapping[str, str] | None = None,
) -> NoReturn:
    """Ask which one.

    Raises:
        Asked: always.
    """
    buttons = buttons_for(visit, question.entity, choices)
    if visit.given(PAGE) or visit.given(question.entity):
        # Turning a page is no answer that was not understood, nor is something that is not there.
        visit.say(question.response, facts, buttons)
        visit.wait_for(question.entity)
    visit.ask(
        question.entity, question.response, again=question.again, facts=facts, buttons=buttons
    )


def buttons_for(visit: Visit, entity: str, choices: Sequence[Choice]) -> list[dict[str, str]]:
    """Return the buttons of the page the subscriber is on, the last one leading to the next."""
    shown, following = page_of(choices, visit.given(PAGE))
    buttons = [_button(visit, one.title, {one.entity or entity: one.value}) for one in shown]
    if following is not None:
        buttons.append(_button(visit, visit.words("utter_more_choices"), {PAGE: str(following)}))
    return buttons


def page_of(choices: Sequence[Choice], page: str | None) -> tuple[Sequence[Choice], int | None]:
    """Return the choices of a page, and the page that follows; after the last comes the first."""
    if len(choices) <= MOST_CHOICES:
        return choices, None
    size = MOST_CHOICES - 1
    pages = -(-len(choices) // size)
    at = int(page) % pages if page and page.isdecimal() else 0
    return choices[at * size : (at + 1) * size], (at + 1) % pages


def listed(visit: Visit, lines: Sequence[str]) -> str:
    """Put lines under each other; of many it says how many more there are."""
    if len(lines) <= MOST_LINES:
        return "\n".join(f"• {line}" for line in lines)
    shown = lines[: MOST_LINES - 1]
    rest = visit.words("utter_more_lines", {"more": str(len(lines) - len(shown))})
    return "\n".join([*(f"• {line}" for line in shown), rest])


def _button(visit: Visit, title: str, entities: Mapping[str, str]) -> dict[str, str]:
    return {"title": title, "payload": f"/{visit.intent}{json.dumps(dict(entities))}"}
