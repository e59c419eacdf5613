"""Which language to answer in."""

from __future__ import annotations

from typing import Any

import pytest

from abonent_bot.dialogue_language import Speech, followed

NOTHING = {"written": None, "wished": None, "hint": None, "likely": None, "default": "uk"}


def follow(before: Speech, **more: Any) -> Speech:
    return followed(before, **{**NOTHING, **more})


NEW = Speech(None, None)


@pytest.mark.parametrize(
    ("before", "message", "after"),
    [
        (NEW, {}, Speech("uk", None)),
        (NEW, {"hint": "en"}, Speech("en", None)),
        (NEW, {"hint": "en", "written": "ru"}, Speech("ru", None)),
        (NEW, {"likely": "ru"}, Speech("ru", None)),
        # Neutral text ("ok", "123") changes nothing, nor does the hint any more.
        (Speech("ru", None), {"hint": "en", "likely": "uk"}, Speech("ru", None)),
        (Speech("ru", None), {"written": "uk"}, Speech("uk", None)),
        # "Говорите по-английски": English, though he writes Russian.
        (Speech("ru", None), {"wished": "en", "written": "ru"}, Speech("en", "ru")),
        (Speech("en", "ru"), {"written": "ru"}, Speech("en", "ru")),
        (Speech("en", "ru"), {}, Speech("en", "ru")),
        (Speech("en", "ru"), {"written": "en"}, Speech("en", None)),
        (Speech("en", "ru"), {"written": "uk"}, Speech("uk", None)),
        (Speech("ru", None), {"wished": "uk", "written": "uk"}, Speech("uk", None)),
    ],
)
def test_follows(before: Speech, message: dict[str, Any], after: Speech) -> None:
    assert follow(before, **message) == after
