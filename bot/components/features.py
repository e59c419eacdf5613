"""Character n-grams within words, weighted by TF-IDF, on numpy and scipy alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from components.text import normalised

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]

_PIECES = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[*#+?!]", re.UNICODE)
LONGEST_WORD = 24


def pieces_of(text: str) -> list[str]:
    """Split a normalised text into words and the few signs that carry meaning."""
    return [piece[:LONGEST_WORD] for piece in _PIECES.findall(text)]


def grams_of(text: str, smallest: int, largest: int, words: int) -> list[str]:
    """List the features of a normalised text.

    Args:
        text: what ``normalised`` gave.
        smallest, largest: lengths of the character n-grams, taken within padded words.
        words: the longest run of whole words that is a feature of its own; 0 for none.
    """
    pieces = pieces_of(text)
    grams: list[str] = []
    for piece in pieces:
        padded = f" {piece} "
        for size in range(smallest, largest + 1):
            if size >= len(padded):
                grams.append(padded)
                break
            grams.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    for run in range(1, words + 1):
        grams.extend("=" + "_".join(pieces[at : at + run]) for at in range(len(pieces) - run + 1))
    return grams


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
        """Learn the vocabulary and its weights from training texts."""
        documents: Counter[str] = Counter()
        for text in texts:
            documents.update(set(grams_of(normalised(text), smallest, largest, words)))
        kept = sorted(gram for gram, count in documents.items() if count >= min_count)
        counts = np.array([documents[gram] for gram in kept], dtype=np.float64)
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        vocabulary = {gram: at for at, gram in enumerate(kept)}
        return cls(
            vocabulary, idf.astype(np.float32), smallest=smallest, largest=largest, words=words
        )

    def row(self, text: str) -> Row:
        """Turn one text into a normalised sparse row."""
        grams = grams_of(normalised(text), self.smallest, self.largest, self.words)
        counts: dict[int, int] = {}
        known = weighed = 0
        for gram in grams:
            column = self.vocabulary.get(gram)
            # Single letters are known in any text of the alphabet and prove nothing.
            telling = len(gram) >= 3 and gram[0] != "="
            weighed += telling
            if column is None:
                continue
            known += telling
            counts[column] = counts.get(column, 0) + 1
        return self._weighted(counts, known / weighed if weighed else 0.0)

    def _weighted(self, counts: dict[int, int], known_share: float) -> Row:
        columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        frequencies = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(frequencies)) * self.idf[columns]
        length = float(np.sqrt((values * values).sum()))
        return Row(columns, values / length if length else values, known_share)

    def matrix(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Turn many texts into one sparse matrix."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0] + [len(row.columns) for row in rows])
        columns = np.concatenate([row.columns for row in rows]) if rows else np.zeros(0, np.int32)
        values = np.concatenate([row.values for row in rows]) if rows else np.zeros(0, np.float32)
        return sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(self.idf)))
