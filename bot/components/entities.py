"""Amounts, phone numbers and the catalogue's names, found by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from ruamel.yaml import YAML

from components.dates import dates_in_text
from components.short_answers import follow_up_in, no_in, yes_in
from components.text import WORD, clean

_PHONE = re.compile(
    # As people write it, and as it is shown to them: "+380 50 000 00 12".
    r"(?<![\d*#])(?:\+?38[\s-]?\(?0[\s-]?\(?|\(?0)\d{2}\)?(?:[\s-]?\d){7}(?![\d*#])"
)
_MONEY_WORD = r"(?:грн|гривн\w*|гривен\w*|гривень|uah|hryvn\w*|₴|руб\w*|крб)"
_AMOUNT = re.compile(
    r"(?<![\d*#+.,])(\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,6})(?:[.,](\d{1,2}))?\s*" + _MONEY_WORD,
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(r"(?:₴|uah)\s*(\d{1,6})(?:[.,](\d{1,2}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Entity:
    """A value named in a message, with its place in the text."""

    entity: str
    value: str
    start: int
    end: int


def phones_in(text: str) -> list[Entity]:
    """Find phone numbers; their value is +380 and nine digits."""
    found = []
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])[-10:]
        found.append(Entity("phone_number", "+38" + digits, match.start(), match.end()))
    return found


def amounts_in(text: str) -> list[Entity]:
    """Find sums of money; their value is hryvnias with a point before the kopiykas."""
    found = []
    for pattern in (_AMOUNT, _AMOUNT_AFTER):
        for match in pattern.finditer(text):
            whole, part = re.sub(r"\D", "", match[1]), match[2]
            value = f"{whole}.{part:0<2}" if part else whole
            found.append(Entity("amount", value, match.start(), match.end()))
    return found


_BARE_NUMBER = re.compile(r"(?<![\d*#+.,])\d{1,15}(?![\d*#])")
_TICKET = re.compile(r"\b[TТ]-?(\d{4,9})\b", re.IGNORECASE)
_CODE = re.compile(r"(?<![\d*#+])\d{3}[ \u00a0-]?\d{3}(?![\d*#])")


def values_in(text: str) -> list[Entity]:
    """Find whatever stands in figures, and short answers, each stretch of text once."""
    found: list[Entity] = []
    for finder in (phones_in, amounts_in, tickets_in, codes_in, numbers_in, dates_in, answers_in):
        taken = [(one.start, one.end) for one in found]
        found += [
            one
            for one in finder(text)
            if all(one.end <= start or end <= one.start for start, end in taken)
        ]
    return found


def tickets_in(text: str) -> list[Entity]:
    """Find the numbers of requests, such as T-10024."""
    return [
        Entity("ticket", f"T-{match[1]}", match.start(), match.end())
        for match in _TICKET.finditer(text)
    ]


def codes_in(text: str) -> list[Entity]:
    """Find six figures that stand alone, as a code from an SMS does."""
    return [
        Entity("code", re.sub(r"\D", "", match[0]), match.start(), match.end())
        for match in _CODE.finditer(text)
    ]


def numbers_in(text: str) -> list[Entity]:
    """Find numbers that are nothing else; they may answer a question."""
    return [
        Entity("number", match[0], match.start(), match.end())
        for match in _BARE_NUMBER.finditer(text)
    ]


def dates_in(text: str) -> list[Entity]:
    """Find days and stretches of days, told from today (see ``components/dates.py``)."""
    return [Entity("date", one.value, one.start, one.end) for one in dates_in_text(text)]


def answers_in(text: str) -> list[Entity]:
    """Find a yes, a no, or a question about what was just answered."""
    finders = (("yes", yes_in), ("no", no_in), ("follow_up", follow_up_in))
    return [
        Entity(name, found, 0, len(text))
        for name, find in finders
        if (found := find(text)) is not None
    ]


@dataclass(frozen=True)
class Name:
    """One way to call a value: its words without their endings."""

    entity: str
    value: str
    bases: tuple[str, ...]
    is_common_word: bool = False


_PIECE = re.compile(rf"\d+|{WORD.pattern}")
"""A word or a number: "5 GB" and "15 GB" are two names."""


class Catalogue:
    """Names with the ways people call them, found in any of their grammatical cases."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_start: dict[str, list[Name]] = {}
        for name in names:
            self._by_start.setdefault(name.bases[0][:START], []).append(name)

    def find(self, text: str) -> list[Entity]:
        """Find catalogue names, the longest at each place."""
        words = list(_PIECE.finditer(text))
        found: list[Entity] = []
        at = 0
        while at < len(words):
            name = self._longest_at(words, at)
            if name is None:
                at += 1
                continue
            last = words[at + len(name.bases) - 1]
            found.append(Entity(name.entity, name.value, words[at].start(), last.end()))
            at += len(name.bases)
        return found

    def _longest_at(self, words: list[re.Match[str]], at: int) -> Name | None:
        start = words[at][0].lower()[:START]
        fitting = [name for name in self._by_start.get(start, ()) if _fits(name, words, at)]
        return max(
            fitting, key=lambda name: (len(name.bases), sum(map(len, name.bases))), default=None
        )


START = 3
"""Names are looked up by so many first letters, fewer than the shortest of them has."""

_ENDING = re.compile(
    "(?:[аяуюеєіїиыоьй]|[оеєа]ю|[оеє]м|[оеіиы]й|ая|ої|[ое]го|[ое]му|[ыи][мх]|[іое]в|[аяо][мх]"
    "|[ая]ми|[оеє]ві)?"
)
SHORTEST_BASE = 4
_LAST_VOWEL = re.compile(r"(?:ий|ый|ая|[аяуюеєіїиыоьй])$")
_PLACE_SIGNS = frozenset(
    ["в", "во", "у", "із", "з", "из", "с", "до", "к", "місто", "город", "м", "г", "city", "in"]
)


def base_of(word: str) -> str:
    """Cut the case ending off a name's word; Latin and short words stay whole."""
    lowered = word.lower()
    if len(lowered) <= SHORTEST_BASE or not re.search("[а-яіїєґ]", lowered):
        return lowered
    return _LAST_VOWEL.sub("", lowered)


def _fits(name: Name, words: list[re.Match[str]], at: int) -> bool:
    here = words[at : at + len(name.bases)]
    if len(here) < len(name.bases):
        return False
    if name.is_common_word and not _looks_like_a_place(words, at):
        return False
    return all(_is_form(word[0].lower(), base) for word, base in zip(here, name.bases, strict=True))


def _is_form(word: str, base: str) -> bool:
    if not word.startswith(base):
        return False
    ending = word[len(base) :]
    return not ending or (
        len(base) >= SHORTEST_BASE and _is_cyrillic(base) and bool(_ENDING.fullmatch(ending))
    )


def _is_cyrillic(word: str) -> bool:
    return "а" <= word[0] <= "я" or word[0] in "іїєґ"


def _looks_like_a_place(words: list[re.Match[str]], at: int) -> bool:
    return words[at][0][0].isupper() or (at > 0 and words[at - 1][0].lower() in _PLACE_SIGNS)


def places_in(path: str) -> list[Name]:
    """Read the names of places and languages."""
    return [
        _name(entity, value, way, called.get("common", False))
        for entity, values in _yaml(path).items()
        for value, called in values.items()
        for way in _ways_of(called)
    ]


def plain_place_names(path: str) -> dict[str, list[str]]:
    """Read how people call places and languages, by kind, without names that are common words."""
    return {
        entity: [
            way
            for called in values.values()
            if not called.get("common", False)
            for way in _ways_of(called)
        ]
        for entity, values in _yaml(path).items()
    }


def _ways_of(called: dict[str, Any]) -> list[str]:
    return [called["uk"], called["ru"], called["en"], *called.get("also", [])]


SOLD = {"tariff": "tariffs", "data_package": "data_packages", "service": "services"}
"""Entities that are things an operator sells, and where its file lists them."""


def sold_in(path: str) -> list[Name]:
    """Read the names of what an operator sells, and how people call it."""
    operator = _yaml(path)
    return [
        _name(entity, sold["id"], way)
        for entity, part in SOLD.items()
        for sold in operator[part]
        for way in [*_names_of(sold["name"]), *sold["also"]]
    ]


def _names_of(name: Any) -> list[str]:
    return list(dict.fromkeys(name.values())) if isinstance(name, dict) else [name]


def _name(entity: str, value: str, way: str, is_common_word: bool = False) -> Name:
    bases = tuple(base_of(word) for word in _PIECE.findall(way))
    return Name(entity, value, bases, is_common_word)


def _yaml(path: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(Path(path).read_text(encoding="utf-8"))
    return loaded


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RuleEntities(GraphComponent):
    """Sets ``entities`` from the text as mended; the catalogue is a YAML file of names."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the files that hold the names."""
        return {"places": "bot/operator/places.yml", "operator": "bot/operator/demo.yml"}

    def __init__(self, config: dict[str, Any]) -> None:
        self._catalogue = Catalogue([*places_in(config["places"]), *sold_in(config["operator"])])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RuleEntities:
        """Make the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Find the entities of each message."""
        for message in messages:
            text = clean(message.get("text") or "")
            found = values_in(text) + self._catalogue.find(text)
            entities = [{**asdict(one), "extractor": "RuleEntities"} for one in found]
            message.set("entities", entities, add_to_output=True)
        return messages
