"""Read Latin letters as Cyrillic: the most probable of all readings, letter by letter."""

from __future__ import annotations

from components.keyboard import LONGEST_SOUND, SOUNDS
from components.spelling_model import SpellingModel

WIDTH = 12
Reading = tuple[float, str]


def read_word(word: str, language: str, model: SpellingModel) -> Reading:
    """Return the most probable Cyrillic reading of a Latin word and its log-probability.

    A beam search over all ways to cut the word into sounds: one letter is often ambiguous
    ("y" is ы, й or и), and only its neighbours tell.
    """
    sounds = SOUNDS[language]
    beams: list[list[Reading]] = [[] for _ in range(len(word) + 1)]
    beams[0] = [(0.0, "")]
    for at in range(len(word)):
        best = sorted(set(beams[at]), reverse=True)[:WIDTH]
        for size in range(1, min(LONGEST_SOUND, len(word) - at) + 1):
            for letters in sounds.get(word[at : at + size], ()):
                beams[at + size].extend(_extended(best, letters, model))
    finished = [(score + model.letter(" " + letters, " "), letters) for score, letters in beams[-1]]
    return max(finished, default=(-20.0 * len(word), word))


def _extended(readings: list[Reading], letters: str, model: SpellingModel) -> list[Reading]:
    extended: list[Reading] = []
    for so_good, so_far in readings:
        score, text = so_good, " " + so_far
        for letter in letters:
            score += model.letter(text, letter)
            text += letter
        extended.append((score, text[1:]))
    return extended
