"""Check that data, rules, domain, answers and the operator's file agree."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator
from ruamel.yaml import YAML

from abonent_bot import project
from abonent_bot.answers import PLACEHOLDER, load_labels
from abonent_bot.operator_data import LANGUAGES, operator_from
from abonent_bot.turn import BadPayload, read_payload

SAID_BY_ACTIONS = project.ROOT / "bot" / "said_by_actions.yml"
"""The responses that actions give, so no rule names them, and the facts each is given with."""
BUTTON_INTENTS = frozenset({"follow_up", "forget_number", "send_code_again", "share_contact"})
"""What only buttons and the decision make; nobody has to guess these from a message."""


def complaints() -> list[str]:
    """Return what does not agree, one line each."""
    importer = project.training_importer()
    domain = importer.get_domain()
    return [
        *_of_rasa(importer),
        *_of_answers(domain, said_by_actions()),
        *_of_labels(domain),
        *_of_tests(domain, project.TESTS),
    ]


def said_by_actions() -> dict[str, set[str]]:
    """Read the responses that actions give, with their facts."""
    told = YAML(typ="safe").load(SAID_BY_ACTIONS.read_text(encoding="utf-8"))
    return {response: set(facts or []) for response, facts in told.items()}


def _of_rasa(importer: TrainingDataImporter) -> Iterator[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        validator = Validator.from_importer(importer)
        checks = {
            "domain": validator.verify_domain_validity(),
            "intents": validator.verify_nlu(ignore_warnings=False),
            "actions": validator.verify_actions_in_stories_rules(),
            "forms": validator.verify_forms_in_stories_rules() and validator.verify_form_slots(),
            "slots": validator.verify_slot_mappings(),
            "stories": validator.verify_story_structure(ignore_warnings=False),
        }
        said = set(said_by_actions())
        unused = _unused_responses(validator) - said
    told = [str(one.message) for one in caught if issubclass(one.category, UserWarning)]
    yield from dict.fromkeys(line for line in told if not _is_expected(line, said))
    yield from (
        f"rasa: the check of {name} failed" for name, passed in checks.items() if not passed
    )
    yield from (f"no rule or action gives {name}" for name in sorted(unused))


def _is_expected(line: str, said: set[str]) -> bool:
    if "is not used in any story" in line:
        return any(f"'{name}'" in line for name in said)
    return any(f"'{name}'" in line for name in BUTTON_INTENTS)


def _unused_responses(validator: Validator) -> set[str]:
    used = {
        event.action_name
        for story in validator.story_graph.story_steps
        for event in story.events
        if hasattr(event, "action_name")
    }
    return set(validator.domain.responses) - used


def _of_answers(domain: Domain, given: dict[str, set[str]]) -> Iterator[str]:
    operator = operator_from(str(project.OPERATOR))
    slots = {slot.name for slot in domain.slots}
    for name, variations in domain.responses.items():
        spoken = {_language_of(variation, operator.default_language) for variation in variations}
        yield from (f"{name} is not said in {lacking}" for lacking in set(LANGUAGES) - spoken)
        known = set(operator.facts(LANGUAGES[0])) | slots | given.get(name, set())
        for variation in variations:
            used = set(PLACEHOLDER.findall(variation.get("text", "")))
            yield from (f"{name} tells {{{fact}}}, which nobody knows" for fact in used - known)
            yield from _of_buttons(name, variation.get("buttons", []), domain)


def _language_of(variation: dict[str, Any], default: str) -> str:
    conditions = variation.get("condition") or [{"name": "language", "value": default}]
    return str(conditions[0]["value"])


def _of_buttons(name: str, buttons: list[dict[str, Any]], domain: Domain) -> Iterator[str]:
    for button in buttons:
        if PLACEHOLDER.fullmatch(button["payload"]):
            continue  # An action gives the whole payload.
        try:
            intent, _ = read_payload(button["payload"])
        except BadPayload as error:
            yield f"{name}: the payload {button['payload']} is {error}"
            continue
        if intent not in domain.intents:
            yield f"{name}: there is no intent {intent} for the button {button['title']}"


def _of_labels(domain: Domain) -> Iterator[str]:
    labels = load_labels(str(project.LABELS))
    own = {intent for intent in domain.intents if intent not in _RASA_INTENTS | BUTTON_INTENTS}
    yield from (f"labels.yml does not name {intent}" for intent in sorted(own - set(labels)))
    yield from (f"labels.yml names {intent}, which is none" for intent in sorted(set(labels) - own))


def _of_tests(domain: Domain, folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.yml")):
        loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        asked = {entry["intent"] for entry in loaded["nlu"]}
        yield from (
            f"{path.name} tests {intent}, which is none"
            for intent in sorted(asked - set(domain.intents))
        )


_RASA_INTENTS = {"back", "nlu_fallback", "restart", "session_start"}
