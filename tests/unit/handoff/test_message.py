"""What a message may be."""

import pytest

from handoff.domain.conversation import Page
from handoff.domain.errors import InvalidText, TextTooLong
from handoff.domain.message import readable_page, readable_text, shortened


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Добрий день \n", "Добрий день"),
        ("👍", "👍"),
        ("שלום", "שלום"),
        ("перший\nдругий", "перший\nдругий"),
        ("a\u200bb", "a\u200bb"),
        ("'; DROP TABLE event; --", "'; DROP TABLE event; --"),
    ],
)
def test_readable_text_is_kept_as_it_is(text: str, kept: str) -> None:
    assert readable_text(text, 100) == kept


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b\u200d", "\u202e", "\ufeff", "\u2800", "\t\n", "\u00ad"]
)
def test_text_that_shows_nothing_is_refused(text: str) -> None:
    with pytest.raises(InvalidText):
        readable_text(text, 100)


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d alone"])
def test_text_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(InvalidText):
        readable_text(text, 100)


def test_the_limit_counts_characters() -> None:
    assert readable_text("ї" * 100, 100) == "ї" * 100
    with pytest.raises(TextTooLong):
        readable_text("ї" * 101, 100)


def test_shortened_is_one_line_within_its_limit() -> None:
    assert shortened("a  b\nc", 10) == "a b c"
    assert shortened("слово " * 10, 12) == "слово слово…"


def test_a_page_is_bounded_and_free_of_what_cannot_be_kept() -> None:
    page = readable_page(Page(url="https://example.com/" + "x" * 900, title="a\x00\ud800b"))
    assert page is not None
    assert len(page.url or "") == 500
    assert page.title == "ab"
    assert readable_page(None) is None
