"""Conversations in YAML, played through the turn channel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from ruamel.yaml import YAML
from servers import BotServers, Talk

from abonent_bot import project
from abonent_bot.answers import chosen_variation, filled
from abonent_bot.operator_data import operator_from

STORIES = Path(__file__).parent / "stories"
LANGUAGES = ("ru", "uk", "en")


def stories() -> list[Any]:
    return [
        pytest.param(story, language, id=f"{story['story']}, {language}")
        for path in sorted(STORIES.glob("*.yml"))
        for story in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["stories"]
        for language in story.get("languages", LANGUAGES)
    ]


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(project.DOMAIN))


@pytest.mark.parametrize(("story", "language"), stories())
def test_story(servers: BotServers, domain: Domain, story: dict[str, Any], language: str) -> None:
    talk = Talk(servers, story["story"].replace(" ", "-"))
    for step in story["steps"]:
        answer = (
            talk.press(step["press"], language=language)
            if "press" in step
            else talk.say(step["say"][language])
        )
        told = [reply["text"] for reply in answer["replies"]]
        assert answer["parse"]["intent"] == step["intent"], (step, answer["parse"])
        assert answer["decision"] == step.get("decision", "answer")
        assert answer["reason"] == step.get("reason")
        assert answer["language"] == language
        if "response" in step:
            assert told == [said(domain, step["response"], language)]
        for part in step.get("tells", []):
            assert part in told[0]
        offered = {button["payload"] for button in answer["replies"][0]["buttons"]}
        assert set(step.get("offers", [])) <= offered


def said(domain: Domain, response: str, language: str) -> str:
    """Return what a response says, by the domain and the operator's file alone."""
    chosen = chosen_variation(domain.responses[response], language)
    assert chosen is not None
    return filled(chosen["text"], operator_from(str(project.OPERATOR)).facts(language))


def test_every_intent_of_the_first_release_has_a_story() -> None:
    played = {step["intent"] for story in stories() for step in story.values[0]["steps"]}
    assert {
        "check_balance", "top_up", "payment_not_received", "promised_payment",
        "unexpected_charge", "tariff_info", "tariff_change", "remaining_allowance", "data_package",
        "service_deactivate", "internet_not_working", "internet_settings", "no_signal",
        "roaming_rates", "sim_lost", "puk_code", "my_number", "number_porting", "store_locations",
        "human_handoff", "greet", "goodbye", "thank", "out_of_scope",
    } <= played  # fmt: skip
