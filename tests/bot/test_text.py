"""How a message is brought to one form."""

from __future__ import annotations

import pytest
from components.text import MAX_CHARACTERS, clean, defused, has_letters, normalised, words_of


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("  ПРИВЕТ   мир ", "привет мир"),
        ("Ёлка", "елка"),
        ("дууууже", "дууже"),
        ("100 грн", "000 грн"),
        ("п\u200bр\u200bивет", "привет"),
        ("зв\u2019язок", "зв'язок"),
        ("ｈｅｌｌｏ", "hello"),
    ],
)
def test_normalises(text: str, form: str) -> None:
    assert normalised(text) == form


def test_is_bounded() -> None:
    assert len(normalised("аб " * 100_000)) <= MAX_CHARACTERS


@pytest.mark.parametrize("text", ["/restart", " //greet", "/ /x", "/"])
def test_no_text_is_left_a_command(text: str) -> None:
    assert not defused(text).startswith("/")


def test_keeps_slashes_inside() -> None:
    assert defused("3G/4G") == "3G/4G"


def test_words_have_letters_only() -> None:
    assert words_of("з'єднання 4G, по-русски!") == ["з'єднання", "G", "по-русски"]


@pytest.mark.parametrize(("text", "has"), [("👍", False), ("123 !!", False), ("ок", True)])
def test_tells_letters(text: str, has: bool) -> None:
    assert has_letters(text) is has


def test_removes_marks_of_direction() -> None:
    assert clean("\u202eтекст\u202c") == "текст"
