"""Runs of letters and lemmas, stems and concepts by TF-IDF, on numpy and scipy alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from components.lemmas import lemma_of
from components.text import normalised, pieces_of
from components.thesaurus import NO_THESAURUS, Thesaurus, concept_grams

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]
Counts = tuple[Integers, Floats]
"""Distinct n-grams by number, and how often each occurs."""

TELLING_LENGTH = 3
REMEMBERED = 500
"""Words whose n-grams are remembered: most words of a text are frequent ones."""


def letter_grams(pieces: Sequence[str], smallest: int, largest: int) -> list[str]:
    """List the n-grams of letters within each padded word."""
    return [gram for piece in pieces for gram in _grams_of(f" {piece} ", smallest, largest)]


@lru_cache(maxsize=REMEMBERED)
def _grams_of(padded: str, smallest: int, largest: int) -> tuple[str, ...]:
    """List the n-grams of one word; one longer than the word is the word."""
    grams: list[str] = []
    for size in range(smallest, largest + 1):
        if size >= len(padded):
            grams.append(padded)
            break
        grams.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return tuple(grams)


def word_grams(lemmas: Sequence[str], longest: int) -> list[str]:
    """List the runs of up to so many lemmas; marked by a "="."""
    return [
        "=" + "_".join(lemmas[at : at + run])
        for run in range(1, longest + 1)
        for at in range(len(lemmas) - run + 1)
    ]


def stem_grams(pieces: Sequence[str], length: int) -> list[str]:
    """List the beginnings of words, and their pairs, next to each other or one apart.

    Marked by a "^": what a slip at a word's end or a word put between does not change.
    """
    stems = [piece[:length] for piece in pieces] if length else []
    near = [f"^{first}_{second}" for first, second in pairwise(stems)]
    apart = [f"^{first}__{second}" for first, second in zip(stems, stems[2:], strict=False)]
    return [f"^{stem}" for stem in stems] + near + apart


def is_telling(gram: str) -> bool:
    """Tell whether a known n-gram shows that a text is of a known kind.

    Single letters are known in any text of the alphabet, figures and signs in any text at all; a
    star or a hash makes a short code.
    """
    return len(gram) >= TELLING_LENGTH and any(
        character.isalpha() or character in "*#" for character in gram
    )


@dataclass(frozen=True)
class Row:
    """One message as sparse features, and how much of it the model has seen before."""

    columns: Integers
    values: Floats
    known_share: float


@dataclass(frozen=True)
class View:
    """What of a text is looked at."""

    smallest: int
    """The shortest run of letters that is a feature."""
    largest: int
    words: int
    """The longest run of lemmas that is a feature; 0 for none."""
    stems: int = 0
    """How many letters of a word are its stem; 0 for no stems."""
    concepts: int = 0
    """How many places apart two concepts say something together; 0 for no concepts."""

    def blocks(self, text: str, thesaurus: Thesaurus) -> tuple[list[str], ...]:
        """List the n-grams of letters, those of lemmas, of stems and of concepts of a text."""
        pieces = pieces_of(normalised(text))
        lemmas = [lemma_of(piece) for piece in pieces] if self.words else []
        concepts = thesaurus.concepts_in(pieces) if self.concepts else []
        return (
            letter_grams(pieces, self.smallest, self.largest),
            word_grams(lemmas, self.words),
            stem_grams(pieces, self.stems),
            concept_grams(concepts, self.concepts),
        )


class Vectorizer:
    """TF-IDF over n-grams with a vocabulary fixed in training."""

    def __init__(
        self,
        vocabulary: dict[str, int],
        idf: Floats,
        view: View,
        thesaurus: Thesaurus = NO_THESAURUS,
    ) -> None:
        self.vocabulary = vocabulary
        self.idf = idf
        self.view = view
        self.thesaurus = thesaurus

    @classmethod
    def fit_transform(
        cls,
        texts: Iterable[str],
        view: View,
        min_count: int,
        thesaurus: Thesaurus = NO_THESAURUS,
    ) -> tuple[Vectorizer, sparse.csr_matrix]:
        """Learn from training texts and turn them into rows, reading each of them once.

        Args:
            texts: the training texts.
            view: what of them is looked at.
            min_count: in how many texts an n-gram must occur; those of lemmas always count.
            thesaurus: what tells the concepts of a text.

        Returns:
            What was learnt, and what its ``matrix`` makes of the texts.
        """
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        read = [
            [_counted(block, numbers) for block in view.blocks(text, thesaurus)] for text in texts
        ]
        occurring = [distinct for blocks in read for distinct, _ in blocks]
        documents = np.bincount(np.concatenate(occurring) if occurring else [], minlength=1)
        kept = sorted(
            gram
            for gram, number in numbers.items()
            if documents[number] >= min_count or gram[0] == "="
        )
        chosen = np.array([numbers[gram] for gram in kept], dtype=np.int64)
        idf = np.log((1 + len(read)) / (1 + documents[chosen])) + 1
        vocabulary = {gram: at for at, gram in enumerate(kept)}
        learnt = cls(vocabulary, idf.astype(np.float32), view, thesaurus)
        column_of = np.full(len(numbers), -1, dtype=np.int32)
        column_of[chosen] = np.arange(len(chosen), dtype=np.int32)
        rows = [learnt._joined(_renumbered(blocks, column_of)) for blocks in read]
        return learnt, learnt._stacked(rows)

    def row(self, text: str) -> Row:
        """Turn one text into a sparse row; letters, lemmas, stems and concepts weigh alike."""
        grams = self.view.blocks(text, self.thesaurus)
        telling = [gram for gram in grams[0] if is_telling(gram)]
        known = sum(gram in self.vocabulary for gram in telling)
        columns, values = self._joined([self._block(block) for block in grams])
        return Row(columns, values, known / len(telling) if telling else 0.0)

    def matrix(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Turn many texts into one sparse matrix."""
        rows = [self.row(text) for text in texts]
        return self._stacked([(row.columns, row.values) for row in rows])

    def _block(self, grams: Sequence[str]) -> Counts:
        counts: dict[int, int] = {}
        for gram in grams:
            column = self.vocabulary.get(gram)
            if column is not None:
                counts[column] = counts.get(column, 0) + 1
        return _arrays(counts.keys(), counts.values())

    def _joined(self, blocks: Sequence[Counts]) -> tuple[Integers, Floats]:
        columns = np.concatenate([columns for columns, _ in blocks])
        values = np.concatenate([self._weighed(*block) for block in blocks])
        return columns, values

    def _weighed(self, columns: Integers, frequencies: Floats) -> Floats:
        values = (1 + np.log(frequencies)) * self.idf[columns]
        length = float(np.sqrt((values * values).sum()))
        return (values / length if length else values).astype(np.float32)

    def _stacked(self, rows: Sequence[tuple[Integers, Floats]]) -> sparse.csr_matrix:
        ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
        columns = np.concatenate([columns for columns, _ in rows] or [np.zeros(0, np.int32)])
        values = np.concatenate([values for _, values in rows] or [np.zeros(0, np.float32)])
        return sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(self.idf)))


def _counted(grams: Sequence[str], numbers: defaultdict[str, int]) -> Counts:
    """Count n-grams by number; one that has none gets the next."""
    counts = Counter(grams)
    return _arrays(map(numbers.__getitem__, counts), counts.values())


def _arrays(columns: Iterable[int], counts: Iterable[int]) -> Counts:
    return np.fromiter(columns, dtype=np.int32), np.fromiter(counts, dtype=np.float32)


def _renumbered(blocks: Sequence[Counts], column_of: Integers) -> list[Counts]:
    """Name the n-grams that are kept by their columns."""
    found = [(column_of[numbers], counts) for numbers, counts in blocks]
    return [(columns[columns >= 0], counts[columns >= 0]) for columns, counts in found]
