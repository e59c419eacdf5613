"""How a message is brought to one form before anything is measured on it."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 600
"""What a message says is in its first sentences; longer texts only cost time."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]")
_APOSTROPHES = re.compile("[\u2019\u02bc\u2018`\u00b4\u2032\u2033\u201b]")
_STRETCHED = re.compile(r"(\w)\1{2,}", re.UNICODE)
_SPACES = re.compile(r"\s+")
_PIECES = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[*#+?!]", re.UNICODE)
LONGEST_WORD = 24
_NUMBER = re.compile(r"\d")
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*", re.UNICODE)


def clean(text: str) -> str:
    """Return the text without invisible characters, with plain apostrophes and single spaces."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[: 4 * MAX_CHARACTERS]))
    return _SPACES.sub(" ", _APOSTROPHES.sub("'", visible)).strip()


def defused(text: str) -> str:
    """Return the text without leading slashes, so that Rasa never reads it as a command."""
    return text.lstrip("/ \t\n")


def normalised(text: str) -> str:
    """Return the form the classifiers see: clean, lower case, no stretched letters."""
    lowered = clean(text)[:MAX_CHARACTERS].lower().replace("ё", "е")
    return _NUMBER.sub("0", _STRETCHED.sub(r"\1\1", lowered))


def pieces_of(text: str) -> list[str]:
    """Split a normalised text into words and the few signs that carry meaning."""
    return [piece[:LONGEST_WORD] for piece in _PIECES.findall(text)]


def words_of(text: str) -> list[str]:
    """Return the words of a text, letters only."""
    return WORD.findall(text)


def has_letters(text: str) -> bool:
    """Tell whether there is anything to read at all."""
    return any(character.isalpha() for character in text)
