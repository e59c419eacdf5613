"""Whether to answer, to ask what was meant, or to call a person. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["answer", "clarify", "handoff"]
Reason = Literal["user_request", "low_confidence", "rule"]

FALLBACK = "nlu_fallback"
PERSON_WANTED = "human_handoff"
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Thresholds:
    """The measured border between answering and asking; set in ``bot/config.yml``."""

    answer: float
    lead: float
    known: float
    guess: float
    person: float
    strange: float
    rules: frozenset[str]
    no_guess: frozenset[str]

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Thresholds:
        """Read the thresholds from the component's settings."""
        return cls(
            answer=config["answer"],
            lead=config["lead"],
            known=config["known"],
            guess=config["guess"],
            person=config["person"],
            strange=config["strange"],
            rules=frozenset(config["rules"]),
            no_guess=frozenset(config["no_guess"]),
        )


@dataclass(frozen=True)
class Verdict:
    """What to do with a message."""

    kind: Kind
    reason: Reason | None
    intent: str
    confidence: float
    guesses: tuple[str, ...] = ()
    through: str | None = None
    """The intent the rules see, where it is another than what is meant."""


def decide(
    ranking: Sequence[Mapping[str, Any]], known_share: float, thresholds: Thresholds
) -> Verdict:
    """Judge a message by itself, without what was said before.

    Args:
        ranking: intents with calibrated confidences, best first; may be empty.
        known_share: how much of the text the model has ever seen, 0 to 1.
        thresholds: the measured borders.
    """
    if not ranking or known_share < thresholds.known:
        return Verdict("clarify", None, FALLBACK, 0.0)
    intent, confidence = str(ranking[0]["name"]), float(ranking[0]["confidence"])
    second = float(ranking[1]["confidence"]) if len(ranking) > 1 else 0.0
    needed = thresholds.person if intent == PERSON_WANTED else thresholds.answer
    is_close = confidence - second < thresholds.lead
    if confidence < needed or is_close or _is_strange(intent, ranking, thresholds):
        return Verdict("clarify", None, FALLBACK, confidence, guesses_of(ranking, thresholds))
    return understood(intent, confidence, thresholds)


def _is_strange(intent: str, ranking: Sequence[Mapping[str, Any]], thresholds: Thresholds) -> bool:
    """Tell whether a message may well be about something an operator does not do.

    Such messages have words nobody trained on, and the rest of their words is shared out among
    the intents: a small chance of "out of scope" is more of a sign than a small chance of another.
    """
    if intent in (OUT_OF_SCOPE, PERSON_WANTED):
        return False
    chances = (float(one["confidence"]) for one in ranking if one["name"] == OUT_OF_SCOPE)
    return next(chances, 0.0) >= thresholds.strange


def understood(intent: str, confidence: float, thresholds: Thresholds) -> Verdict:
    """Judge an intent that is certain enough, or that was chosen by a button."""
    if intent == PERSON_WANTED:
        return Verdict("handoff", "user_request", intent, confidence)
    if intent in thresholds.rules:
        return Verdict("handoff", "rule", intent, confidence)
    return Verdict("answer", None, intent, confidence)


def guesses_of(ranking: Sequence[Mapping[str, Any]], thresholds: Thresholds) -> tuple[str, ...]:
    """Return the two or three best intents worth offering as buttons."""
    offered = [
        str(ranked["name"])
        for ranked in ranking
        if ranked["name"] not in thresholds.no_guess
        and ranked["name"] != PERSON_WANTED
        and float(ranked["confidence"]) >= thresholds.guess
    ]
    return tuple(offered[:3])


@dataclass(frozen=True)
class Situation:
    """What came before a message in its conversation."""

    was_asked_what: bool = False
    """The bot's last answer was the question what was meant."""
    awaited_intent: str | None = None
    """The intent whose question ("In which city?") the bot asked last."""
    awaited_entity: str | None = None
    """What that question asked for."""
    waiting_intent: str | None = None
    """The intent whose question was asked some turns ago and is still open."""
    waiting_entity: str | None = None
    """What that one asked for."""
    topic: str | None = None
    """What was answered last."""


SHORT_ANSWER_WORDS = 3
LONG_ANSWER_WORDS = 8
"""A number or a sum may come with so many words around it and still be the answer."""

CONFIRMATION = "confirmation"
FREE_TEXT = "text"
FOLLOW_UP = "follow_up"
SATISFIED_BY: Mapping[str, frozenset[str]] = {
    "own_number": frozenset({"phone_number", "number"}),
    "receiver": frozenset({"phone_number", "number"}),
    "amount": frozenset({"amount", "number"}),
    "code": frozenset({"code", "number", "phone_number"}),
    "ticket": frozenset({"number", "ticket"}),
}
"""What may come in answer where it is not the very thing that was asked for."""
FIGURES = frozenset({"phone_number", "number", "amount", "code", "ticket"})


def in_conversation(
    verdict: Verdict, situation: Situation, *, words: int, entities: Iterable[str] = ()
) -> Verdict:
    """Judge a message in its conversation.

    A few words after a question of the bot are its answer if they name what was asked for, or
    mean nothing else; a second misunderstanding in a row calls a person.

    Args:
        verdict: on the message by itself.
        situation: what came before it.
        words: how many words the message has.
        entities: what kinds of values it names.
    """
    named = frozenset(entities)
    if verdict.kind == "handoff" and verdict.intent == PERSON_WANTED:
        return verdict
    answered = _answer_to_question(verdict, situation, words, named)
    if answered is not None:
        return Verdict("answer", None, answered, verdict.confidence)
    if FOLLOW_UP in named and situation.topic and words <= LONG_ANSWER_WORDS:
        return Verdict("answer", None, situation.topic, verdict.confidence, through=FOLLOW_UP)
    if verdict.kind == "clarify" and situation.was_asked_what:
        return Verdict("handoff", "low_confidence", FALLBACK, verdict.confidence)
    return verdict


def names_what_was_asked(situation: Situation, entities: Iterable[str]) -> bool:
    """Whether a message gives the kind of value the bot's last question asked for."""
    asked = situation.awaited_entity
    return bool(asked) and bool(_fitting(str(asked), frozenset(entities)))


def _answer_to_question(
    verdict: Verdict, situation: Situation, words: int, named: frozenset[str]
) -> str | None:
    """Return the intent whose question this message answers, or a yes or a no to it."""
    asked = situation.awaited_entity
    # A complaint is what was asked for where the bot asked what to write in it.
    is_text = asked == FREE_TEXT and verdict.reason == "rule"
    if verdict.intent in ("affirm", "deny", "cancel"):
        return None
    if verdict.kind == "handoff" and not is_text:
        return None
    if asked == CONFIRMATION and words <= LONG_ANSWER_WORDS:
        said = [intent for sign, intent in (("no", "deny"), ("yes", "affirm")) if sign in named]
        return said[0] if said else None
    if asked and _names(asked, named, words):
        return situation.awaited_intent
    if asked == FREE_TEXT and (words > 1 or verdict.intent == situation.awaited_intent):
        return situation.awaited_intent
    is_short = 0 < words <= SHORT_ANSWER_WORDS and FOLLOW_UP not in named
    if asked and verdict.kind == "clarify" and is_short:
        return situation.awaited_intent
    return _late_answer(situation, words, named)


def _names(asked: str, named: frozenset[str], words: int) -> bool:
    fitting = _fitting(asked, named)
    most = LONG_ANSWER_WORDS if fitting & FIGURES else SHORT_ANSWER_WORDS
    return bool(fitting) and words <= most


def _fitting(asked: str, named: frozenset[str]) -> frozenset[str]:
    return SATISFIED_BY.get(asked, frozenset({asked})) & named


def _late_answer(situation: Situation, words: int, named: frozenset[str]) -> str | None:
    """A code, or a bare phone number, is the answer even when something else came in between."""
    awaited = situation.waiting_entity
    is_code = awaited == "code" and "code" in named
    is_number = awaited in ("own_number", "receiver") and "phone_number" in named
    return situation.waiting_intent if words <= 2 and (is_code or is_number) else None
