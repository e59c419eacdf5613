"""Character n-grams and runs of lemmas, weighted by TF-IDF, on numpy and scipy alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from components.lemmas import lemma_of
from components.text import normalised

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]

_PIECES = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[*#+?!]", re.UNICODE)
LONGEST_WORD = 24
TELLING_LENGTH = 3


def pieces_of(text: str) -> list[str]:
    """Split a normalised text into words and the few signs that carry meaning."""
    return [piece[:LONGEST_WORD] for piece in _PIECES.findall(text)]


def letter_grams(pieces: Sequence[str], smallest: int, largest: int) -> list[str]:
    """List the n-grams of letters within each padded word."""
    grams: list[str] = []
    for piece in pieces:
        padded = f" {piece} "
        for size in range(smallest, largest + 1):
            if size >= len(padded):
                grams.append(padded)
                break
            grams.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return grams


def word_grams(pieces: Sequence[str], longest: int) -> list[str]:
    """List the runs of up to so many words, each word by its lemma; marked by a "="."""
    lemmas = [lemma_of(piece) for piece in pieces] if longest else []
    return [
        "=" + "_".join(lemmas[at : at + run])
        for run in range(1, longest + 1)
        for at in range(len(lemmas) - run + 1)
    ]


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


class Vectorizer:
    """TF-IDF over n-grams with a vocabulary fixed in training."""

    def __init__(
        self,
        vocabulary: dict[str, int],
        idf: Floats,
        *,
        smallest: int,
        largest: int,
        words: int,
    ) -> None:
        self.vocabulary = vocabulary
        self.idf = idf
        self.smallest = smallest
        self.largest = largest
        self.words = words

    @classmethod
    def fit(
        cls, texts: Sequence[str], *, smallest: int, largest: int, words: int, min_count: int
    ) -> Vectorizer:
        """Learn the vocabulary and its weights from training texts.

        Args:
            texts: the training texts.
            smallest: the shortest run of letters that is a feature.
            largest: the longest.
            words: the longest run of words that is a feature; 0 for none.
            min_count: in how many texts a run of letters must occur.
        """
        documents: Counter[str] = Counter()
        for text in texts:
            pieces = pieces_of(normalised(text))
            documents.update(set(letter_grams(pieces, smallest, largest)))
            documents.update(set(word_grams(pieces, words)))
        kept = sorted(
            gram for gram, count in documents.items() if count >= min_count or gram[0] == "="
        )
        counts = np.array([documents[gram] for gram in kept], dtype=np.float64)
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        vocabulary = {gram: at for at, gram in enumerate(kept)}
        return cls(
            vocabulary, idf.astype(np.float32), smallest=smallest, largest=largest, words=words
        )

    def row(self, text: str) -> Row:
        """Turn one text into a sparse row; letters and words weigh alike in it."""
        pieces = pieces_of(normalised(text))
        letters = letter_grams(pieces, self.smallest, self.largest)
        telling = [gram for gram in letters if is_telling(gram)]
        known = sum(gram in self.vocabulary for gram in telling)
        blocks = [self._block(letters), self._block(word_grams(pieces, self.words))]
        columns = np.concatenate([columns for columns, _ in blocks])
        values = np.concatenate([values for _, values in blocks])
        return Row(columns, values, known / len(telling) if telling else 0.0)

    def _block(self, grams: Sequence[str]) -> tuple[Integers, Floats]:
        counts: dict[int, int] = {}
        for gram in grams:
            column = self.vocabulary.get(gram)
            if column is not None:
                counts[column] = counts.get(column, 0) + 1
        columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        frequencies = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(frequencies)) * self.idf[columns]
        length = float(np.sqrt((values * values).sum()))
        return columns, (values / length if length else values).astype(np.float32)

    def matrix(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Turn many texts into one sparse matrix."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0] + [len(row.columns) for row in rows])
        columns = np.concatenate([row.columns for row in rows]) if rows else np.zeros(0, np.int32)
        values = np.concatenate([row.values for row in rows]) if rows else np.zeros(0, np.float32)
        return sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(self.idf)))
