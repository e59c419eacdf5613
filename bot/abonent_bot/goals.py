"""What understanding is to reach on the test messages, and what it does reach."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from abonent_bot.measures import LANGUAGES, Outcome, macro_f1, mean
from components.decision import PERSON_WANTED

Measure = Callable[[Sequence[Outcome]], "float | None"]


@dataclass(frozen=True)
class Goal:
    """A figure to reach."""

    name: str
    bound: float
    measure: Measure
    at_least: bool = True

    def row(self, outcomes: Sequence[Outcome]) -> tuple[str, str, str, str]:
        """Return the goal, the bound, what was measured and whether that is enough."""
        value = self.measure(outcomes)
        bound = f"{'>=' if self.at_least else '<='} {self.bound:.2f}"
        if value is None:
            return (self.name, bound, "-", "-")
        reaches = operator.ge if self.at_least else operator.le
        # Compared as printed: nobody should read ".950 of .95: not reached".
        is_reached = reaches(round(value, 3), self.bound)
        return (self.name, bound, f"{value:.3f}", "reached" if is_reached else "missed")


def f1_of(name: str) -> Measure:
    """Return the measure of macro-F1 on one test set."""

    def measured(outcomes: Sequence[Outcome]) -> float | None:
        chosen = [one for one in outcomes if one.case.set == name]
        return macro_f1(chosen) if chosen else None

    return measured


def share_of(is_counted: Callable[[Outcome], bool], is_so: Callable[[Outcome], bool]) -> Measure:
    """Return the measure of a share among the outcomes that count."""
    return lambda outcomes: mean(is_so(one) for one in outcomes if is_counted(one))


def _is_plain(outcome: Outcome) -> bool:
    return outcome.case.set.startswith("plain.")


def _is_asked(outcome: Outcome) -> bool:
    return outcome.decision == "clarify"


def _wants_person(outcome: Outcome) -> bool:
    return outcome.case.intent == PERSON_WANTED


def _behind_plain(name: str) -> Measure:
    def measured(outcomes: Sequence[Outcome]) -> float | None:
        spoken = {one.case.language for one in outcomes if one.case.set == name}
        of_set = mean(one.is_right for one in outcomes if one.case.set == name)
        alike = [one for one in outcomes if _is_plain(one) and one.case.language in spoken]
        plain = mean(one.is_right for one in alike)
        return None if of_set is None or plain is None else plain - of_set

    return measured


GOALS = (
    Goal("plain.ru, macro-F1", 0.95, f1_of("plain.ru")),
    Goal("plain.uk, macro-F1", 0.95, f1_of("plain.uk")),
    Goal("plain.en, macro-F1", 0.90, f1_of("plain.en")),
    Goal("plain, answered wrongly", 0.03, share_of(_is_plain, lambda one: one.is_wrong), False),
    Goal("plain, asked needlessly", 0.12, share_of(_is_plain, _is_asked), False),
    Goal(
        "out of scope answered as something else",
        0.04,
        share_of(lambda one: one.case.intent == "out_of_scope", lambda one: one.is_wrong),
        False,
    ),
    Goal(
        "asks for a person, missed",
        0.03,
        share_of(_wants_person, lambda one: one.decision == "answer"),
        False,
    ),
    Goal(
        "handed over without being asked",
        0.02,
        share_of(lambda one: not _wants_person(one), lambda one: one.decided == PERSON_WANTED),
        False,
    ),
    Goal("typos, macro-F1", 0.88, f1_of("typos")),
    Goal("surzhyk, macro-F1", 0.88, f1_of("surzhyk")),
    Goal("translit, points behind plain", 0.04, _behind_plain("translit"), False),
    Goal("layout, points behind plain", 0.04, _behind_plain("layout"), False),
    Goal(
        "language told right",
        0.98,
        share_of(
            lambda one: one.case.language in LANGUAGES,
            lambda one: one.language == one.case.language,
        ),
    ),
)
