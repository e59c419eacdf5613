"""How probable letters are."""

from __future__ import annotations

from components.spelling_model import SpellingModel

MODEL = SpellingModel.fit(["баланс", "баланс", "банк", "тариф", "сколько"])


def test_words_of_the_language_are_more_probable() -> None:
    assert MODEL.word("банан") > MODEL.word("шгцхъ")


def test_a_letter_depends_on_those_before() -> None:
    assert MODEL.letter(" бал", "а") > MODEL.letter(" бал", "т")


def test_unseen_letters_are_improbable_but_possible() -> None:
    assert -12 < MODEL.letter(" ", "w") < MODEL.letter(" ", "б")


def test_is_the_same_after_being_stored() -> None:
    assert SpellingModel(dict(MODEL.log_probabilities)).word("тариф") == MODEL.word("тариф")
