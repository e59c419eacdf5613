"""Tell whether a message is Russian, Ukrainian or English."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.features import Floats, Vectorizer, View
from components.linear import Schedule, one_hot, softmax, train
from components.persistence import load_vectorizer, save_vectorizer
from components.tables import Weights, product
from components.text import clean, has_letters, normalised, words_of

LANGUAGES = ("ru", "uk", "en")
ENOUGH = 12000
ENOUGH_GRAMS = 40
SHARPNESS = 3.0
BAR = 12.0
LONGEST_NAME = 4


@dataclass(frozen=True)
class Lexicon:
    """Words that tell something by themselves."""

    neutral: frozenset[str]
    """What is written alike in several languages."""
    russian: frozenset[str] = frozenset()
    """What only Russian messages have."""
    ukrainian: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Sequence[str], languages: Sequence[str]) -> Lexicon:
        """Learn from texts whose languages are known."""
        counts = word_counts(texts, languages)
        return cls(
            frozenset(neutral_words(counts)),
            frozenset(own_words(counts, "ru")),
            frozenset(own_words(counts, "uk")),
        )

    def is_mixed(self, words: Iterable[str]) -> bool:
        """Tell whether words of both Slavic languages stand together."""
        said = set(words)
        return not said.isdisjoint(self.russian) and not said.isdisjoint(self.ukrainian)

    def to_json(self) -> str:
        """Return the words as text."""
        words = {name: sorted(value) for name, value in vars(self).items()}
        return json.dumps(words, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Lexicon:
        """Read what ``to_json`` wrote."""
        return cls(**{name: frozenset(words) for name, words in json.loads(text).items()})


@dataclass(frozen=True)
class Told:
    """The language of a message and how sure that is."""

    name: str
    confidence: float
    is_neutral: bool = False
    is_mixed: bool = False
    """Whether words of Russian alone stand beside words of Ukrainian alone."""


class LanguageModel:
    """A small character n-gram classifier of languages."""

    def __init__(self, vectorizer: Vectorizer, weights: Weights, lexicon: Lexicon) -> None:
        self.vectorizer = vectorizer
        self.weights = weights
        self.lexicon = lexicon

    @classmethod
    def fit(cls, texts: Sequence[str], languages: Sequence[str]) -> LanguageModel:
        """Learn from texts whose languages are known."""
        view = View(smallest=1, largest=4, words=0)
        vectorizer, matrix = Vectorizer.fit_transform(texts, view, min_count=2)
        labels = np.array([LANGUAGES.index(language) for language in languages])
        schedule = Schedule(epochs=5, rate=0.5, batch=256, dropout=0.5)
        targets = one_hot(labels, len(LANGUAGES), 0.02)
        weights = train(matrix, targets, schedule)
        return cls(vectorizer, weights, Lexicon.of(texts, languages))

    def tell(self, text: str) -> Told:
        """Return the most probable language of a text."""
        row = self.vectorizer.row(text)
        if not has_letters(text) or not len(row.columns):
            return Told(LANGUAGES[0], 0.0)
        # A row has length one however short the text: few letters must weigh less than many.
        evidence = min(1.0, len(row.columns) / ENOUGH_GRAMS) ** 0.5 * SHARPNESS
        scores = product(row, self.weights) * np.float32(evidence) - barred(text)
        shares = softmax(scores[None, :])[0]
        best = int(shares.argmax())
        words = words_of(normalised(text))
        is_mixed = self.lexicon.is_mixed(words)
        return Told(LANGUAGES[best], float(shares[best]), self._is_neutral(words), is_mixed)

    def _is_neutral(self, words: list[str]) -> bool:
        # "SIM", "PIN", "LTE": names that Cyrillic writers leave in Latin letters.
        is_name = len(words) == 1 and len(words[0]) <= LONGEST_NAME and words[0].isascii()
        return is_name or self.lexicon.neutral.issuperset(words)


def barred(text: str) -> Floats:
    """Return what each language loses because the text has letters it does not have."""
    letters = set(clean(text).lower())
    lost = {
        "ru": not letters.isdisjoint("іїєґ"),
        "uk": not letters.isdisjoint("ыэъё"),
        "en": any("а" <= letter <= "я" for letter in letters),
    }
    if lost["ru"] and lost["uk"]:
        # Mixed speech: the letters of both cancel out, and the words decide.
        lost["ru"] = lost["uk"] = False
    return np.array([BAR if lost[at] else 0.0 for at in LANGUAGES], dtype=np.float32)


Counts = dict[str, Counter[str]]
SELDOM = 3
FOREIGN = 20


def word_counts(texts: Sequence[str], languages: Sequence[str]) -> Counts:
    """Count the words of each language."""
    counts: Counts = {language: Counter() for language in LANGUAGES}
    for text, language in zip(texts, languages, strict=True):
        counts[language].update(words_of(normalised(text)))
    return counts


def own_words(counts: Counts, language: str) -> set[str]:
    """Return the words of a language that hardly ever stand in another's messages."""
    others = [counts[other] for other in LANGUAGES if other != language]
    return {
        word
        for word, times in counts[language].items()
        if times >= SELDOM and all(other[word] * FOREIGN <= times for other in others)
    }


def neutral_words(counts: Counts) -> set[str]:
    """Return the words that people write in several languages alike: "ok", "sim", "баланс"."""
    everywhere = set().union(*counts.values())
    return {word for word in everywhere if _is_neutral([counts[at][word] for at in LANGUAGES])}


def _is_neutral(uses: list[int]) -> bool:
    # Once may be a slip or a quotation; a tenth of all uses is a habit.
    return sorted(uses)[-2] >= max(2, sum(uses) / 10)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageTeller(GraphComponent):
    """Sets ``language`` to ``{"name", "confidence", "sure", "mixed"}`` on each message."""

    LEXICON = "words.json"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the confidence from which the language of a conversation follows a message."""
        return {"sure": 0.8}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LanguageModel | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageTeller:
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
    ) -> LanguageTeller:
        """Make the component from a trained model."""
        with model_storage.read_from(resource) as directory:
            lexicon = Lexicon.from_json((directory / cls.LEXICON).read_text(encoding="utf-8"))
            model = LanguageModel(*load_vectorizer(directory / "language"), lexicon)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the languages the training files name."""
        known = [
            (example.get("text"), (example.get("metadata") or {}).get("language"))
            for example in training_data.intent_examples
        ]
        told = [(text, language) for text, language in known if language]
        # The alphabet and the small words tell most; some thousands of messages have them all.
        kept = told[:: max(1, len(told) // ENOUGH)]
        self._model = LanguageModel.fit([text for text, _ in kept], [at for _, at in kept])
        with self._storage.write_to(self._resource) as directory:
            save_vectorizer(directory / "language", self._model.vectorizer, self._model.weights)
            words = self._model.lexicon.to_json()
            (directory / self.LEXICON).write_text(words, encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave training examples alone."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Tell the language of each message."""
        assert self._model is not None
        for message in messages:
            told = self._model.tell(message.get("text") or "")
            sure = told.confidence >= self._config["sure"] and not told.is_neutral
            message.set(
                "language",
                {
                    "name": told.name,
                    "confidence": round(told.confidence, 4),
                    "sure": sure,
                    "mixed": told.is_mixed,
                },
                add_to_output=True,
            )
        return messages


__all__ = ["LANGUAGES", "LanguageModel", "LanguageTeller", "Told"]
