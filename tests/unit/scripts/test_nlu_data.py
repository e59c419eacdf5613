"""The checks of the training data find what would spoil the model or flatter its measure."""

from pathlib import Path

from scripts.nlu_data import Example, examples, faults


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
