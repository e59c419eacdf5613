"""The operator's file."""

from __future__ import annotations

import pytest

from abonent_bot import project
from abonent_bot.operator_data import LANGUAGES, Operator, operator_from, said_in


def test_every_fact_is_told_in_every_language() -> None:
    operator = operator_from(str(project.OPERATOR))
    names = {frozenset(operator.facts(language)) for language in LANGUAGES}
    assert len(names) == 1
    assert all(
        operator.facts(language)[name] for language in LANGUAGES for name in next(iter(names))
    )


def test_another_operator_is_other_data() -> None:
    other = Operator(
        {
            "default_language": "en",
            "facts": {"brand": "Beacon"},
            "tariffs": [{"name": "One", "price": 9, "terms": "1 GB"}],
            "data_packages": [],
            "roaming_zones": [],
        }
    )
    assert other.facts("en")["brand"] == "Beacon"
    assert other.facts("ru")["tariff_list"] == "• One: 9 ₴, 1 GB"


@pytest.mark.parametrize(
    ("value", "said"), [("*101#", "*101#"), ({"ru": "да", "uk": "так"}, "так")]
)
def test_a_value_may_differ_by_language(value: object, said: str) -> None:
    assert said_in(value, "uk") == said
