"""Character n-grams and their weights."""

from __future__ import annotations

import numpy as np
import pytest
from components.features import (
    Vectorizer,
    View,
    is_telling,
    letter_grams,
    stem_grams,
    word_grams,
)


def vectorizer(texts: list[str], min_count: int = 1, stems: int = 0) -> Vectorizer:
    view = View(smallest=1, largest=3, words=1, stems=stems)
    return Vectorizer.fit_transform(texts, view, min_count)[0]


def test_grams_stay_within_words() -> None:
    assert letter_grams(["ab", "c"], 2, 3) == [" a", "ab", "b ", " ab", "ab ", " c", "c ", " c "]


def test_words_are_features_by_their_lemmas() -> None:
    assert word_grams(["мой", "деньга"], 2) == ["=мой", "=деньга", "=мой_деньга"]
    assert word_grams(["мой"], 0) == []


def test_stems_are_paired_with_the_next_and_the_one_after() -> None:
    assert stem_grams(["деньги", "не", "пришли"], 4) == [
        "^день", "^не", "^приш", "^день_не", "^не_приш", "^день__приш",
    ]  # fmt: skip
    assert stem_grams(["деньги"], 0) == []


def test_all_three_kinds_weigh_alike() -> None:
    row = vectorizer(["баланс счета"], stems=4).row("баланс счета")
    assert np.linalg.norm(row.values) == pytest.approx(3**0.5)


@pytest.mark.parametrize(
    ("gram", "telling"),
    [("бал", True), (" * ", True), ("а ", False), ("000", False), (" ? ", False)],
)
def test_figures_and_signs_tell_nothing(gram: str, telling: bool) -> None:
    assert is_telling(gram) is telling


def test_letters_and_words_weigh_alike() -> None:
    learnt = vectorizer(["баланс", "тариф"])
    row = learnt.row("баланс")
    is_word = np.isin(row.columns, [learnt.vocabulary["=баланс"]])
    assert np.linalg.norm(row.values[is_word]) == pytest.approx(1.0)
    assert np.linalg.norm(row.values[~is_word]) == pytest.approx(1.0)
    assert row.known_share == 1.0


def test_rare_grams_weigh_more() -> None:
    learnt = vectorizer(["баланс", "баланс", "баланс", "роуминг"])
    assert learnt.idf[learnt.vocabulary["=роуминг"]] > learnt.idf[learnt.vocabulary["=баланс"]]


def test_unknown_letters_are_not_known() -> None:
    assert vectorizer(["баланс"]).row("余额").known_share == 0.0


def test_grams_seen_once_are_left_out() -> None:
    learnt = vectorizer(["баланс счета", "баланс карты"], min_count=2)
    assert "бала" not in learnt.vocabulary
    assert "бал" in learnt.vocabulary
    assert "сче" not in learnt.vocabulary


def test_the_matrix_has_the_rows() -> None:
    learnt = vectorizer(["баланс", "тариф"])
    matrix = learnt.matrix(["тариф", "", "баланс"])
    assert matrix.shape == (3, len(learnt.idf))
    assert matrix[1].nnz == 0
    row = learnt.row("баланс")
    assert np.allclose(matrix[2].toarray()[0][row.columns], row.values)


def test_learning_gives_the_rows_that_reading_again_would() -> None:
    texts = ["баланс счета", "", "баланс карты, баланс", "скільки на рахунку", "*101#"]
    view = View(smallest=1, largest=5, words=2, stems=4)
    learnt, matrix = Vectorizer.fit_transform(texts, view, 2)
    assert (matrix != learnt.matrix(texts)).nnz == 0
    assert Vectorizer.fit_transform(texts, view, 2)[0].vocabulary == learnt.vocabulary
    assert Vectorizer.fit_transform([], view, 2)[1].shape == (0, 0)
