"""Concepts: which words of three languages mean alike, also those no training message has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from ruamel.yaml import YAML

from components.lemmas import is_in_dictionary, lemma_of, readings_of
from components.text import normalised, pieces_of

LONGEST_PHRASE = 4
SHORTEST_MISSPELT = 5
REMEMBERED = 5000
"""Misspelt words whose concepts are remembered: each costs hundreds of looks."""
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюя'"
Concepts = Mapping[str, Sequence[str]]


def concepts_in_files(folder: Path) -> dict[str, Sequence[str]]:
    """Read every file of a folder, each a mapping of concepts to words and phrases."""
    phrases_of: dict[str, Sequence[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        phrases_of.update(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    return phrases_of


class Thesaurus:
    """Finds the concepts of a text by its lemmas."""

    def __init__(self, concepts_of: Concepts) -> None:
        """Take the concepts of each phrase, the lemmas of a phrase joined by spaces."""
        self.concepts_of = concepts_of
        self._of_slips = lru_cache(maxsize=REMEMBERED)(self._looked_up)

    @classmethod
    def of(cls, phrases_of: Concepts) -> Thesaurus:
        """Index the words and phrases of each concept, as they stand and by their lemmas."""
        concepts_of: dict[str, list[str]] = {}
        for concept, phrases in phrases_of.items():
            for phrase in phrases:
                pieces = pieces_of(normalised(phrase))
                for key in {" ".join(pieces), " ".join(map(lemma_of, pieces))}:
                    named = concepts_of.setdefault(key, [])
                    if concept not in named:
                        named.append(concept)
        return cls(concepts_of)

    def concepts_in(self, pieces: Sequence[str]) -> list[str]:
        """List the concepts in the order of the text; the longest phrase at a place counts."""
        if not self.concepts_of:
            return []
        lemmas = [lemma_of(piece) for piece in pieces]
        found: list[str] = []
        at = 0
        while at < len(pieces):
            length, concepts = self._phrase_at(pieces, lemmas, at)
            found += concepts or self._of_word(pieces[at])
            at += length
        return found

    def _phrase_at(
        self, pieces: Sequence[str], lemmas: Sequence[str], at: int
    ) -> tuple[int, Sequence[str]]:
        for length in range(min(LONGEST_PHRASE, len(pieces) - at), 1, -1):
            for words in (lemmas, pieces):
                concepts = self.concepts_of.get(" ".join(words[at : at + length]))
                if concepts:
                    return length, concepts
        return 1, ()

    def _of_word(self, word: str) -> Sequence[str]:
        """Return the concepts of a word, or of what is one slip away from what is no word."""
        for reading in readings_of(word):
            if reading in self.concepts_of:
                return self.concepts_of[reading]
        if len(word) < SHORTEST_MISSPELT or is_in_dictionary(word):
            return ()
        return self._of_slips(lemma_of(word))

    def _looked_up(self, lemma: str) -> tuple[str, ...]:
        meant = sorted(self.concepts_of.keys() & slips_of(lemma))
        return tuple(dict.fromkeys(concept for one in meant for concept in self.concepts_of[one]))


def slips_of(word: str) -> set[str]:
    """Return what a word may have been with one letter more, less, other or swapped."""
    letters = _LATIN if "a" <= word[0] <= "z" else _CYRILLIC
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = [before + after[1:] for before, after in halves if after]
    swapped = [
        before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1
    ]
    other = [before + letter + after[1:] for before, after in halves if after for letter in letters]
    more = [before + letter + after for before, after in halves for letter in letters]
    return {*less, *swapped, *other, *more}


NO_THESAURUS = Thesaurus({})


def concept_grams(concepts: Sequence[str], reach: int) -> list[str]:
    """List concepts, and pairs of those at most so many apart, in whatever order.

    Marked by a "@".
    """
    pairs = {
        "@" + "&".join(sorted((concepts[first], concepts[second])))
        for first, second in combinations(range(len(concepts)), 2)
        if second - first <= reach and concepts[first] != concepts[second]
    }
    return [f"@{concept}" for concept in concepts] + sorted(pairs)
