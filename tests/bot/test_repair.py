"""Mending the keyboard layout and transliteration."""

from __future__ import annotations

import pytest
from components.keyboard import FROM_CYRILLIC, TO_RUSSIAN, TO_UKRAINIAN, retyped
from components.repair import Repairer
from components.transliteration import read_word

from abonent_bot import project


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    """What the training data teaches."""
    examples = project.training_importer().get_nlu_data().intent_examples
    return Repairer.fit(
        ((one.get("text"), one.get("metadata", {}).get("language", "en")) for one in examples),
        margin=0.35,
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rfr ghjdthbnm ,fkfyc", "как проверить баланс"),
        ("yt hf,jnftn bynthytn", "не работает интернет"),
        ("crskmrb rjine' nfhba", "скільки коштує тариф"),
        ("Ghbdtn", "Привет"),
        ("рщц ьгср шы ьн ифдфтсу", "how much is my balance"),
    ],
)
def test_mends_the_layout(repairer: Repairer, typed: str, meant: str) -> None:
    repair = repairer.repaired(typed)
    assert (repair.text, repair.kind) == (meant, "layout")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ne rabotaet internet", "не работает интернет"),
        ("kak proverit balans", "как проверить баланс"),
        ("skilky na rahunku", "скільки на рахунку"),
        ("pozovite operatora", "позовите оператора"),
    ],
)
def test_reads_transliteration(repairer: Repairer, typed: str, meant: str) -> None:
    repair = repairer.repaired(typed)
    assert (repair.text, repair.kind) == (meant, "translit")


@pytest.mark.parametrize(
    "text",
    [
        "how much money do I have left",
        "my internet is down again",
        "сколько денег на счету",
        "чому не працює інтернет",
        "hi",
        "PUK",
        "esim",
        "roaming in Turkey?",
        "*101# не работает",
        "https://my.horizon.example не открывается",
        "не работает WhatsApp и Telegram",
        "👍",
        "",
    ],
)
def test_leaves_alone_what_is_well_typed(repairer: Repairer, text: str) -> None:
    repair = repairer.repaired(text)
    assert (repair.text, repair.kind) == (text, "none")


def test_hardly_touches_what_people_wrote(repairer: Repairer) -> None:
    examples = project.training_importer().get_nlu_data().intent_examples[::10]
    touched = [
        one.get("text") for one in examples if repairer.repaired(one.get("text")).kind != "none"
    ]
    assert len(touched) <= len(examples) * 0.01, touched[:20]


def test_is_the_same_after_being_stored(repairer: Repairer) -> None:
    restored = Repairer.from_json(repairer.to_json())
    for text in ("rfr ghjdthbnm ,fkfyc", "ne rabotaet internet", "hello there"):
        assert restored.repaired(text) == repairer.repaired(text)


def test_layouts_are_each_others_inverse() -> None:
    assert retyped(retyped("[jhjij", TO_RUSSIAN), FROM_CYRILLIC) == "[jhjij"
    assert retyped("'", TO_UKRAINIAN) == "є"


def test_a_word_that_cannot_be_read_is_kept(repairer: Repairer) -> None:
    score, word = read_word("123", "ru", repairer.models["ru"])
    assert word == "123"
    assert score < -10
