"""What a message may be: readable text within its limit."""

import re
import unicodedata

from handoff.domain import errors
from handoff.domain.conversation import Page

SUBSCRIBER_TEXT_LIMIT = 4_000
OPERATOR_TEXT_LIMIT = 16_000
CLIENT_ID_LIMIT = 128
PAGE_TEXT_LIMIT = 500
DISPOSITION_LIMIT = 200

_SURROGATES = re.compile("[\ud800-\udfff]")
# Kinds of characters that show nothing: controls, formats (zero width, direction), separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co"})
# Letters that a reader sees nothing of although Unicode calls them letters.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def readable_text(text: str, limit: int) -> str:
    """The text as it is kept: trimmed, unchanged otherwise.

    Raises:
        TextTooLong: over ``limit`` characters.
        InvalidText: nothing a person could read, or characters that cannot be kept.
    """
    if len(text) > limit:
        raise errors.TextTooLong(
            f"A message may have {limit} characters; this one has {len(text)}."
        )
    if "\x00" in text or _SURROGATES.search(text):
        raise errors.InvalidText("The text has characters that cannot be kept.")
    if all(_is_blank(character) for character in text):
        raise errors.InvalidText("The message has no readable text.")
    return text.strip()


def readable_page(page: Page | None) -> Page | None:
    """The page as it is kept: bounded, without what cannot be kept."""
    if page is None:
        return None
    return Page(url=_kept(page.url), title=_kept(page.title))


def shortened(text: str, limit: int) -> str:
    """The beginning of the text on one line, with an ellipsis where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _kept(text: str | None) -> str | None:
    if text is None:
        return None
    return _SURROGATES.sub("", text.replace("\x00", ""))[:PAGE_TEXT_LIMIT]


def _is_blank(character: str) -> bool:
    return character in _BLANK_LETTERS or unicodedata.category(character) in _INVISIBLE
