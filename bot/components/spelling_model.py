"""How probable a string of letters is in a language: character n-grams with back-off."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

ORDER = 4
BACK_OFF = math.log(0.3)
UNSEEN = math.log(1e-4)


class SpellingModel:
    """Scores words letter by letter given the three letters before."""

    def __init__(self, log_probabilities: dict[str, float]) -> None:
        self.log_probabilities = log_probabilities
        # The same few contexts recur in every word, so most look-ups end here.
        self._known: dict[str, float] = {}

    @classmethod
    def fit(cls, words: Iterable[str]) -> SpellingModel:
        """Count the n-grams of words, each weighed by how often it occurs (damped)."""
        counts: Counter[str] = Counter()
        for word, times in Counter(words).items():
            padded = f" {word} "
            weight = 1 + int(math.log2(times))
            for at in range(1, len(padded)):
                for size in range(min(ORDER, at + 1) + 1):
                    counts[padded[at + 1 - size : at + 1]] += weight
        # The empty string counts every letter: the denominator of the unigrams.
        contexts: Counter[str] = Counter()
        for gram, count in counts.items():
            if gram:
                contexts[gram[:-1]] += count
        return cls(
            {
                gram: round(math.log(count / contexts[gram[:-1]]), 3)
                for gram, count in counts.items()
                if gram
            }
        )

    def letter(self, before: str, letter: str) -> float:
        """Return the log-probability of a letter after the letters before it."""
        key = before[1 - ORDER :] + letter
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._backed_off(key)
        return found

    def _backed_off(self, gram: str) -> float:
        penalty = 0.0
        while gram:
            probability = self.log_probabilities.get(gram)
            if probability is not None:
                return penalty + probability
            gram = gram[1:]
            penalty += BACK_OFF
        return UNSEEN

    def word(self, word: str) -> float:
        """Return the log-probability of a whole word, its end included."""
        padded = f" {word} "
        return sum(self.letter(padded[:at], padded[at]) for at in range(1, len(padded)))
