"""The checks of the training data find what would spoil the model or flatter its measure."""

from pathlib import Path

from scripts.nlu_data import (
    FEWEST_OF_A_KIND,
    KINDS,
    Example,
    examples,
    faults,
    shortages,
    thesaurus_faults,
)


def example(text: str, intent: str = "check_balance") -> Example:
    return Example(text, intent, Path("money.en.yml"))


def test_sound_data_has_no_faults() -> None:
    assert faults([example("balance"), example("hello", "greet")], [example("my money")]) == []


def test_an_example_of_two_intents_is_found() -> None:
    found = faults([example("Balance!"), example("balance", "top_up")], [])
    assert found == ['money.en.yml: "Balance!" stands for check_balance and top_up']


def test_an_example_that_stands_twice_is_found() -> None:
    found = faults([example("Balance?"), example("balance")], [])
    assert found == ['money.en.yml: "Balance?" stands 2 times under check_balance']


def test_an_example_that_is_measured_by_is_found() -> None:
    found = faults([example("my balance")], [example("My balance...")])
    assert found == ['money.en.yml: "My balance..." is also trained on, in money.en.yml']


def test_annotation_does_not_hide_a_twin() -> None:
    found = faults([example("send [100](amount) to mum"), example("send 100 to mum", "top_up")], [])
    assert len(found) == 1


def test_codes_and_emoji_without_letters_are_compared_as_they_are() -> None:
    assert faults([example("*101#"), example("#101*"), example("👍", "affirm")], []) == []


def test_examples_are_read_from_the_files_themselves(tmp_path: Path) -> None:
    (tmp_path / "money.en.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: check_balance\n  examples: |\n    - balance\n'
        "    - how much is [100](amount)\n- lookup: city\n  examples: |\n    - Kyiv\n"
    )
    read = list(examples(tmp_path))
    assert [one.text for one in read] == ["balance", "how much is [100](amount)"]
    assert {one.intent for one in read} == {"check_balance"}


def test_too_few_of_a_kind_are_found() -> None:
    file = Path("out_of_scope.en.yml")
    enough = [
        Example(f"{kind} {at}", "out_of_scope", file, kind)
        for kind in KINDS
        for at in range(FEWEST_OF_A_KIND)
    ]
    assert shortages(enough) == []
    assert shortages(enough[1:]) == [
        "399 examples of out_of_scope, other_firms: at least 400 are needed"
    ]


def test_the_kind_is_read_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "out_of_scope.en.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: out_of_scope\n  metadata:\n    kind: chatter\n'
        "  examples: |\n    - how are you\n"
    )
    assert [one.kind for one in examples(tmp_path)] == ["chatter"]


def test_a_sound_thesaurus_has_no_faults(tmp_path: Path) -> None:
    (tmp_path / "money.yml").write_text('money: [гроші, "on", wi-fi, не маю за що]\n')
    (tmp_path / "people.yml").write_text("relative: [мама,\n  тато]\n")
    assert thesaurus_faults(tmp_path) == []


def test_faults_of_a_thesaurus_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        "money: [гроші, гроші, on, 112, what in the world is]\nmoney: [cash]\n"
    )
    (tmp_path / "b.yml").write_text("money: [dough]\n")
    assert thesaurus_faults(tmp_path) == [
        "a.yml: money: 'гроші' stands 2 times",
        "a.yml: money: True is no text: quote it",
        "a.yml: money: 112 is no text: quote it",
        "a.yml: money: 'what in the world is' has more than 4 words",
        "a.yml: money stands in a.yml, too",
        "b.yml: money stands in a.yml, too",
    ]
