"""README's table of the configuration agrees with the settings."""

import os
import re
from pathlib import Path

import pytest

from abonent.settings import ROOT, Settings

_ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]*)` \| (?:`([^`]*)`|unset) \|", re.MULTILINE)


@pytest.fixture(scope="module")
def told() -> dict[str, str | None]:
    """Variables and their defaults as README tells them; None where it says unset."""
    section = (ROOT / "README.md").read_text().split("\n## Configuration\n")[1].split("\n## ")[0]
    return {name: default or None for name, default in _ROW.findall(section)}


def test_every_variable_is_told_and_no_other(told: dict[str, str | None]) -> None:
    assert set(told) == set(defaults())


def test_told_defaults_are_the_real_ones(told: dict[str, str | None]) -> None:
    assert told == defaults()


def defaults() -> dict[str, str | None]:
    """The variables the settings know, with their defaults written as one would set them."""
    return {
        str(field.validation_alias or name).upper(): _written(field.default)
        for name, field in Settings.model_fields.items()
    }


def _written(value: object) -> str | None:
    match value:
        case None | ():
            return None
        case bool():
            return "on" if value else "off"
        case tuple():
            return ",".join(value)
        case Path():
            return os.path.relpath(value, ROOT)
        case _:
            return str(value)
