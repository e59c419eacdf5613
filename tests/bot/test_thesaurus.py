"""Concepts of words in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from components.classifier import FastCharLR, thesaurus_from
from components.intent_model import IntentModel
from components.text import normalised, pieces_of
from components.thesaurus import Thesaurus, concept_grams, concepts_in_files

KNOWN = Thesaurus.of(
    {
        "money": ["гроші", "деньги", "лавэ", "cash"],
        "not_enough": ["не вистачає", "не хватает"],
        "lack": ["вистачати"],
        "lost": ["загубити", "потерять", "lose", "lost"],
        "wifi": ["wi-fi"],
        "bank": ["банк"],
        "shore": ["банк"],
    }
)


def concepts_of(text: str, known: Thesaurus = KNOWN) -> list[str]:
    return known.concepts_in(pieces_of(normalised(text)))


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Грошей!", ["money"]),
        ("где мои ДЕНЬГИ", ["money"]),
        ("лавэ не хватает", ["money", "not_enough"]),
        ("вистачає", ["lack"]),
        ("no wi-fi", ["wifi"]),
        ("потеряла", ["lost"]),
        ("у банку", ["bank", "shore"]),
        ("погода", []),
        ("", []),
    ],
)
def test_concepts_are_found_in_any_form_and_language(text: str, concepts: list[str]) -> None:
    assert concepts_of(text) == concepts


@pytest.mark.parametrize("text", ["загуьити", "загуибти", "загубитии", "загубитти"])
def test_a_slip_in_a_word_is_overlooked(text: str) -> None:
    assert concepts_of(text) == ["lost"]


@pytest.mark.parametrize("text", ["дерьги", "csh", "згбт", "ззагуибти"])
def test_short_words_and_two_slips_are_not_guessed(text: str) -> None:
    known = Thesaurus.of({"lost": ["загубити"], "money": ["cash"], "doors": ["дверьги"]})
    assert concepts_of(text, known) == (["doors"] if text == "дерьги" else [])


def test_a_word_of_the_dictionary_is_no_slip() -> None:
    assert concepts_of("терять", Thesaurus.of({"stir": ["тереть"]})) == []


def test_pairs_are_of_what_stands_near_in_either_order() -> None:
    assert concept_grams(["lost", "money", "bank", "lost"], 1) == [
        "@lost", "@money", "@bank", "@lost", "@bank&lost", "@bank&money", "@lost&money",
    ]  # fmt: skip
    assert concept_grams(["lost"], 3) == ["@lost"]
    assert concept_grams([], 3) == []


def test_a_word_no_example_has_is_understood_by_its_concept(tmp_path: Path) -> None:
    texts = ["где деньги", "деньги пришли", "мои деньги", "потерял", "я потерял", "потеряла вчера"]
    intents = ["check_balance"] * 3 + ["sim_lost"] * 3
    settings = {**FastCharLR.get_default_config(), "min_count": 1}
    learnt = IntentModel.fit(texts * 4, intents * 4, settings, KNOWN)
    assert learnt.ranking("cash")[0][0]["name"] == "check_balance"
    assert learnt.ranking("загубити")[0][0]["name"] == "sim_lost"
    learnt.save(tmp_path)
    assert IntentModel.load(tmp_path).ranking("cash")[0][0]["name"] == "check_balance"


def test_files_and_places_make_one_thesaurus(tmp_path: Path) -> None:
    (tmp_path / "money.yml").write_text("money: [гроші]\n", encoding="utf-8")
    (tmp_path / "people.yml").write_text("relative: [мама,\n  тато]\n", encoding="utf-8")
    assert concepts_in_files(tmp_path) == {"money": ["гроші"], "relative": ["мама", "тато"]}
    settings = {**FastCharLR.get_default_config(), "thesaurus": str(tmp_path)}
    known = thesaurus_from(settings)
    assert concepts_of("мама в Польщі, без грошей", known) == ["relative", "country", "money"]
    assert concepts_of("сума", known) == [], "a town of that name is no place here"
