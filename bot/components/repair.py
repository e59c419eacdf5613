"""Mend what was typed in the wrong keyboard layout or in Latin transliteration.

Every reading of the message is scored letter by letter in each language; the message is changed
only when another reading is clearly more probable than what was typed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.keyboard import FROM_CYRILLIC, TO_RUSSIAN, TO_UKRAINIAN, retyped
from components.spelling_model import SpellingModel
from components.text import clean, defused, words_of
from components.transliteration import read_word

LANGUAGES = ("ru", "uk", "en")
WORD_OF_CYRILLIC = 4
"""Who writes so many Cyrillic letters has the right layout on; Latin words there are names."""
DOUBT = 0.5
"""How much more probable another reading must be when most words are English ones."""
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)
_LATIN_RUN = re.compile(r"[a-z46']*[a-z][a-z46']*", re.IGNORECASE)
_KEYED_RUN = re.compile(r"\S+")
_NAME_OR_CODE = re.compile(r"https?:|www\.|@|[*#]\d|\d[*#]|\.(?:com|ua|net|org)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Repair:
    """A message as it was meant, and what was done to it."""

    text: str
    kind: str


class Repairer:
    """Chooses the most probable reading of a message."""

    def __init__(
        self,
        models: Mapping[str, SpellingModel],
        vocabulary: Mapping[str, frozenset[str]],
        margin: float,
    ) -> None:
        self.models = dict(models)
        self.vocabulary = dict(vocabulary)
        self.margin = margin

    @classmethod
    def fit(cls, texts: Iterable[tuple[str, str]], margin: float) -> Repairer:
        """Learn the spelling of each language from (text, language) pairs."""
        words: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        for text, language in texts:
            words[language].extend(_spelled(clean(text)))
        models = {language: SpellingModel.fit(words[language]) for language in LANGUAGES}
        vocabulary = {language: frozenset(_usual(words[language])) for language in LANGUAGES}
        return cls(models, vocabulary, margin)

    def repaired(self, text: str) -> Repair:
        """Return the text as it was most probably meant."""
        plain = clean(text)
        if _NAME_OR_CODE.search(plain):
            return Repair(plain, "none")
        latin, cyrillic = len(_LATIN.findall(plain)), len(_CYRILLIC.findall(plain))
        if latin > cyrillic and cyrillic < WORD_OF_CYRILLIC:
            return self._best(plain, self._readings_of_latin(plain))
        if latin == 0 and cyrillic:
            return self._best(plain, self._readings_of_cyrillic(plain))
        return Repair(plain, "none")

    def _best(self, typed: str, readings: list[Repair]) -> Repair:
        if not readings:
            return Repair(typed, "none")
        margin = self.margin + (DOUBT if self._is_mostly_known(typed) else 0.0)
        score, chosen = self.score(typed) + margin, Repair(typed, "none")
        for reading in readings:
            of_reading = self.score(reading.text)
            if of_reading > score:
                score, chosen = of_reading, reading
        return chosen

    def _is_mostly_known(self, text: str) -> bool:
        words = [word for word in _spelled(text) if len(word) > 1]
        known = sum(len(word) for word in words if word in self.vocabulary["en"])
        return bool(words) and known >= sum(map(len, words)) / 2

    def _readings_of_latin(self, text: str) -> list[Repair]:
        readings = [
            Repair(_rekeyed(text, TO_RUSSIAN), "layout"),
            Repair(_rekeyed(text, TO_UKRAINIAN), "layout"),
        ]
        if self.score(text) < self.FLUENT:
            readings += [Repair(self._transliterated(text, at), "translit") for at in ("ru", "uk")]
        return readings

    def _readings_of_cyrillic(self, text: str) -> list[Repair]:
        if self.score(text) >= self.FLUENT:
            return []
        reading = Repair(retyped(text, FROM_CYRILLIC), "layout")
        # Keys struck at random are no better in another layout.
        return [reading] if self._is_mostly_known(reading.text) else []

    FLUENT = -1.4
    """A text this probable letter by letter is what was meant; nothing else is tried."""

    def score(self, text: str) -> float:
        """Return the mean log-probability of a letter of the text in its best language."""
        return max(self._score_in(text, language) for language in LANGUAGES)

    def _score_in(self, text: str, language: str) -> float:
        words = _spelled(text)
        if not words:
            return -20.0
        model, vocabulary = self.models[language], self.vocabulary[language]
        letters = sum(len(word) + 1 for word in words)
        known = sum(len(word) for word in words if word in vocabulary and len(word) > 1)
        return sum(map(model.word, words)) / letters + known / letters

    def _transliterated(self, text: str, language: str) -> str:
        model = self.models[language]
        return _LATIN_RUN.sub(lambda run: read_word(run[0].lower(), language, model)[1], text)

    def to_json(self) -> str:
        """Return everything needed to build the same repairer again."""
        return json.dumps(
            {
                "margin": self.margin,
                "models": {at: model.log_probabilities for at, model in self.models.items()},
                "vocabulary": {at: sorted(words) for at, words in self.vocabulary.items()},
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Repairer:
        """Build the repairer that ``to_json`` described."""
        stored = json.loads(text)
        return cls(
            {at: SpellingModel(grams) for at, grams in stored["models"].items()},
            {at: frozenset(words) for at, words in stored["vocabulary"].items()},
            stored["margin"],
        )


def _rekeyed(text: str, layout: dict[str, str]) -> str:
    """Retype words with Latin letters; trailing ?!., stay the signs they most often are."""

    def one(run: re.Match[str]) -> str:
        keyed = run[0]
        return retyped(keyed, layout) if _LATIN.search(keyed) or keyed in ",." else keyed

    return _KEYED_RUN.sub(one, text)


def _usual(words: list[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


def _spelled(text: str) -> list[str]:
    return words_of(text.lower().replace("ё", "е"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class TextRepair(GraphComponent):
    """Puts the mended text in the message's place and keeps the original beside it."""

    FILE = "repair.json"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return how much more probable a reading must be, in nats a letter."""
        return {"margin": 0.35}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        repairer: Repairer | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._repairer = repairer

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextRepair:
        """Make the component for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TextRepair:
        """Make the component from a trained model."""
        with model_storage.read_from(resource) as directory:
            stored = (directory / cls.FILE).read_text(encoding="utf-8")
        return cls(config, model_storage, resource, Repairer.from_json(stored))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn how each language spells."""
        self._repairer = Repairer.fit(
            (
                (example.get("text"), example.get("metadata", {}).get("language", "en"))
                for example in training_data.intent_examples
            ),
            self._config["margin"],
        )
        with self._storage.write_to(self._resource) as directory:
            (directory / self.FILE).write_text(self._repairer.to_json(), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave training examples as their authors wrote them."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Mend each message."""
        assert self._repairer is not None
        for message in messages:
            original = message.get("text") or ""
            repair = self._repairer.repaired(original)
            message.set("text_original", original, add_to_output=True)
            message.set("repair", repair.kind, add_to_output=True)
            # A retyped "." may have become "/", which Rasa would take for a command.
            message.set("text", defused(repair.text), add_to_output=True)
        return messages
