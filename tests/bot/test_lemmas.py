"""Dictionary forms in three languages."""

from __future__ import annotations

import pytest
from components.lemmas import lemma_of


@pytest.mark.parametrize(
    ("words", "lemma"),
    [
        (("деньгами", "деньги", "денег"), "деньга"),
        (("рахунку", "рахунок", "рахунком"), "рахунок"),
        (("знімає", "знімають"), "знімати"),
        (("minutes", "minute"), "minute"),
        (("passes", "pass"), "pass"),
        (("*",), "*"),
        (("000",), "000"),
        (("з'єднайте", "з'єднати"), "з'єднати"),
    ],
)
def test_forms_of_one_word_have_one_lemma(words: tuple[str, ...], lemma: str) -> None:
    assert {lemma_of(word) for word in words} == {lemma}
