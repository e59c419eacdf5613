"""Conversations in YAML, played through the turn channel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from ruamel.yaml import YAML
from servers import BotServers, Talk

from abonent_bot import project
from abonent_bot.answers import PLACEHOLDER, chosen_variation
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
    if "number" in story or any("code" in step for step in story["steps"]):
        servers.reset()
    always = {name: story[name] for name in ("number", "channel") if name in story}
    talk = Talk(servers, story["story"].replace(" ", "-"), **always)
    answer: dict[str, Any] = {}
    for step in story["steps"]:
        answer = played(servers, talk, step, answer, language)
        check(domain, step, answer, language)


def played(
    servers: BotServers, talk: Talk, step: dict[str, Any], before: dict[str, Any], language: str
) -> dict[str, Any]:
    """Do what a step says the subscriber does.

    ``say`` writes, ``press`` presses a payload, ``choose`` presses the button of the last answer
    whose payload begins so, ``code`` writes the six digits a number got by SMS.
    """
    if "press" in step:
        return talk.press(step["press"], language=language)
    if "choose" in step:
        return talk.press(offered(before, step["choose"]))
    if "code" in step:
        return talk.say(code_in(servers.newest_sms(step["code"])), language=language)
    said_here = step["say"]
    return talk.say(said_here[language] if isinstance(said_here, dict) else said_here)


def offered(answer: dict[str, Any], beginning: str) -> str:
    """Return the payload of the button that begins so."""
    payloads = [button["payload"] for reply in answer["replies"] for button in reply["buttons"]]
    fitting = [payload for payload in payloads if payload.startswith(beginning)]
    assert fitting, f"no button begins with {beginning}: {payloads}"
    return str(fitting[0])


def code_in(sms: str) -> str:
    """Return the code an SMS carries."""
    found = re.search(r"\d{6}", sms)
    assert found, sms
    return found[0]


def check(domain: Domain, step: dict[str, Any], answer: dict[str, Any], language: str) -> None:
    """Compare an answer with what a step expects of it."""
    told = [reply["text"] for reply in answer["replies"]]
    assert answer["parse"]["intent"] == step["intent"], (step, answer["parse"])
    assert answer["decision"] == step.get("decision", "answer")
    assert answer["reason"] == step.get("reason")
    assert answer["language"] == language
    wanted = step.get("responses") or ([step["response"]] if "response" in step else [])
    if wanted:
        assert len(told) == len(wanted), (wanted, told)
    for text, response in zip(told, wanted, strict=False):
        assert re.fullmatch(said(domain, response, language), text), (response, text)
    for part in step.get("tells", []):
        here = part[language] if isinstance(part, dict) else part
        assert any(here in text for text in told), (here, told)
    for part in step.get("never_tells", []):
        assert not any(part in text for text in told), (part, told)
    payloads = [button["payload"] for reply in answer["replies"] for button in reply["buttons"]]
    for offer in step.get("offers", []):
        assert any(payload.startswith(offer) for payload in payloads), (offer, payloads)


def said(domain: Domain, response: str, language: str) -> str:
    """Return a pattern of what a response says; what actions fill in may be anything."""
    chosen = chosen_variation(domain.responses[response], language)
    assert chosen is not None, response
    facts = operator_from(str(project.OPERATOR)).facts(language)
    parts = re.split(r"(\{[a-z][a-z0-9_]*\})", chosen["text"].strip())
    return "".join(
        re.escape(facts[part[1:-1]])
        if PLACEHOLDER.fullmatch(part) and part[1:-1] in facts
        else "(?s:.+)"
        if PLACEHOLDER.fullmatch(part)
        else re.escape(part)
        for part in parts
    )


def test_every_intent_of_the_first_release_has_a_story() -> None:
    played = {step["intent"] for story in stories() for step in story.values[0]["steps"]}
    assert {
        "check_balance", "top_up", "payment_not_received", "promised_payment",
        "unexpected_charge", "tariff_info", "tariff_change", "remaining_allowance", "data_package",
        "service_deactivate", "internet_not_working", "internet_settings", "no_signal",
        "roaming_rates", "sim_lost", "puk_code", "my_number", "number_porting", "store_locations",
        "human_handoff", "greet", "goodbye", "thank", "out_of_scope",
    } <= played  # fmt: skip
