"""The dictionary form of a word, in the three languages, mixed as they come."""

from __future__ import annotations

import re
from functools import lru_cache

from pymorphy3 import MorphAnalyzer

REMEMBERED = 50_000
SHORTEST_STEM = 3
_UKRAINIAN = frozenset("іїєґ'")
_RUSSIAN = frozenset("ыэъё")
_ENGLISH_ENDING = re.compile(r"(?:ing|ed|ly|(?<=[sxzh])es|(?<!s)s)$")


@lru_cache(maxsize=REMEMBERED)
def lemma_of(word: str) -> str:
    """Return the lemma of a lower-case word; what is no word comes back as it is."""
    if not word[0].isalpha():
        return word
    if not _is_cyrillic(word):
        return _english_stem(word)
    return str(_analyzer_for(word).parse(word)[0].normal_form).replace("ё", "е")


@lru_cache(maxsize=REMEMBERED)
def readings_of(word: str) -> tuple[str, ...]:
    """List a word itself, its lemma, and every other one it may have in either language.

    "грошей" is a form of a Russian word and of a Ukrainian one, and of "дзвінок" the Ukrainian
    dictionary does not tell which of two words it rather is; ``lemma_of`` has to take one.
    """
    others = [
        parse.normal_form.replace("ё", "е")
        for language in ("ru", "uk")
        if _is_cyrillic(word) and _analyzer(language).word_is_known(word)
        for parse in _analyzer(language).parse(word)
    ]
    return tuple(dict.fromkeys([word, lemma_of(word), *others]))


@lru_cache(maxsize=REMEMBERED)
def is_in_dictionary(word: str) -> bool:
    """Tell whether a Cyrillic word stands in the Russian or the Ukrainian dictionary."""
    return any(_analyzer(language).word_is_known(word) for language in ("ru", "uk"))


def _is_cyrillic(word: str) -> bool:
    return "а" <= word[0] <= "я" or word[0] in _UKRAINIAN


def _english_stem(word: str) -> str:
    ending = _ENGLISH_ENDING.search(word, SHORTEST_STEM)
    return word[: ending.start()] if ending else word


def _analyzer_for(word: str) -> MorphAnalyzer:
    letters = set(word)
    if letters & _UKRAINIAN:
        return _analyzer("uk")
    if letters & _RUSSIAN or _analyzer("ru").word_is_known(word):
        return _analyzer("ru")
    return _analyzer("uk")


@lru_cache(maxsize=2)
def _analyzer(language: str) -> MorphAnalyzer:
    return MorphAnalyzer(lang=language)
