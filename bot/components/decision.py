"""Whether to answer, to ask what was meant, or to call a person. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["answer", "clarify", "handoff"]
Reason = Literal["user_request", "low_confidence", "rule"]

FALLBACK = "nlu_fallback"
PERSON_WANTED = "human_handoff"


@dataclass(frozen=True)
class Thresholds:
    """The measured border between answering and asking; set in ``bot/config.yml``."""

    answer: float
    lead: float
    known: float
    guess: float
    person: float
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
    if confidence < needed or confidence - second < thresholds.lead:
        return Verdict("clarify", None, FALLBACK, confidence, guesses_of(ranking, thresholds))
    return understood(intent, confidence, thresholds)


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


SHORT_ANSWER_WORDS = 3


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
    is_short = 0 < words <= SHORT_ANSWER_WORDS and verdict.kind != "handoff"
    is_named = situation.awaited_entity is not None and situation.awaited_entity in entities
    if situation.awaited_intent and is_short and (is_named or verdict.kind == "clarify"):
        return Verdict("answer", None, situation.awaited_intent, verdict.confidence)
    if verdict.kind == "clarify" and situation.was_asked_what:
        return Verdict("handoff", "low_confidence", FALLBACK, verdict.confidence)
    return verdict
