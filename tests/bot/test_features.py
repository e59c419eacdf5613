"""Character n-grams and their weights."""

from __future__ import annotations

import numpy as np
import pytest
from components.features import Vectorizer, grams_of


def vectorizer(texts: list[str], **more: int) -> Vectorizer:
    return Vectorizer.fit(
        texts, **{"smallest": 1, "largest": 3, "words": 1, "min_count": 1, **more}
    )


def test_grams_stay_within_words() -> None:
    assert grams_of("ab c", 2, 3, 0) == [" a", "ab", "b ", " ab", "ab ", " c", "c ", " c "]


def test_whole_words_are_features_of_their_own() -> None:
    assert [gram for gram in grams_of("my sim", 9, 8, 2) if gram[0] == "="] == [
        "=my",
        "=sim",
        "=my_sim",
    ]


def test_a_row_has_length_one() -> None:
    row = vectorizer(["баланс", "тариф"]).row("баланс")
    assert np.linalg.norm(row.values) == pytest.approx(1.0)
    assert row.known_share == 1.0


def test_rare_grams_weigh_more() -> None:
    learnt = vectorizer(["сим", "сим", "сим", "роуминг"])
    assert learnt.idf[learnt.vocabulary["=роуминг"]] > learnt.idf[learnt.vocabulary["=сим"]]


def test_unknown_letters_are_not_known() -> None:
    row = vectorizer(["баланс"]).row("余额")
    assert row.known_share == 0.0
    assert len(row.columns) == 0


def test_grams_seen_once_are_left_out() -> None:
    learnt = vectorizer(["баланс счета", "баланс карты"], min_count=2)
    assert "=баланс" in learnt.vocabulary
    assert "=счета" not in learnt.vocabulary


def test_the_matrix_has_the_rows() -> None:
    learnt = vectorizer(["баланс", "тариф"])
    matrix = learnt.matrix(["тариф", "", "баланс"])
    assert matrix.shape == (3, len(learnt.idf))
    assert matrix[1].nnz == 0
    row = learnt.row("баланс")
    assert np.allclose(matrix[2].toarray()[0][row.columns], row.values)
