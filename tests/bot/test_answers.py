"""The bot's wording."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from abonent_bot import project
from abonent_bot.answers import Answers, chosen_variation, filled, load_labels
from abonent_bot.operator_data import operator_from
from abonent_bot.validation import said_by_actions


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(project.DOMAIN))


@pytest.fixture
def answers(domain: Domain) -> Answers:
    endpoint = EndpointConfig(
        type="abonent_bot.answers.Answers",
        operator=str(project.OPERATOR),
        labels=str(project.LABELS),
    )
    return Answers(endpoint, domain)


def tracker(domain: Domain, language: str | None, guesses: list[str]) -> DialogueStateTracker:
    made = DialogueStateTracker("c", domain.slots)
    made.update(SlotSet("language", language))
    made.update(UserUttered("щось", {"name": "nlu_fallback"}, parse_data={"guesses": guesses}))
    return made


VARIATIONS: list[dict[str, Any]] = [
    {"text": "так"},
    {"text": "да", "condition": [{"type": "slot", "name": "language", "value": "ru"}]},
]


@pytest.mark.parametrize(("language", "text"), [("ru", "да"), ("uk", "так"), ("en", "так")])
def test_chooses_by_language(language: str, text: str) -> None:
    chosen = chosen_variation(VARIATIONS, language)
    assert chosen is not None
    assert chosen["text"] == text


def test_fills_facts_and_leaves_json_alone() -> None:
    assert filled('{code} і /x{"city": "kyiv"}', {"code": "*101#"}) == '*101# і /x{"city": "kyiv"}'


def test_an_unknown_fact_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled("{nobody_knows}", {})


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
async def test_every_answer_can_be_said(answers: Answers, domain: Domain, language: str) -> None:
    told = said_by_actions()
    for name in domain.responses:
        given = dict.fromkeys(told.get(name, ()), "x")
        answer = await answers.generate(name, tracker(domain, language, []), "turn", **given)
        assert answer is not None
        assert answer["text"].strip()
        assert "{" not in answer["text"], answer["text"]
        assert len(answer["text"]) <= 1000
        assert len(answer["buttons"]) <= 4


async def test_tells_what_the_operator_file_says(answers: Answers, domain: Domain) -> None:
    answer = await answers.generate("utter_check_balance", tracker(domain, "ru", []), "turn")
    assert answer is not None
    assert operator_from(str(project.OPERATOR)).facts("ru")["code_balance"] in answer["text"]


async def test_offers_guesses_and_a_person(answers: Answers, domain: Domain) -> None:
    unclear = tracker(domain, "en", ["top_up", "refund"])
    answer = await answers.generate("utter_clarify", unclear, "turn")
    assert answer is not None
    labels = load_labels(str(project.LABELS))
    assert answer["buttons"] == [
        {"title": labels[intent]["en"], "payload": f"/{intent}"}
        for intent in ("top_up", "refund", "human_handoff")
    ]


async def test_says_nothing_for_an_unknown_response(answers: Answers, domain: Domain) -> None:
    assert await answers.generate("utter_nothing", tracker(domain, "ru", []), "turn") is None
