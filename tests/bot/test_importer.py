"""Training examples that know their language."""

from __future__ import annotations

from pathlib import Path

import pytest
from components.importer import LanguageAwareImporter, language_of_file

FILE = """version: "3.1"
nlu:
- intent: {intent}
  examples: |
    - {text}
    - [200 грн](amount) {text}
"""


@pytest.mark.parametrize(
    ("name", "language"),
    [("money.uk.yml", "uk"), ("a/b/care.en.yml", "en"), ("money.yml", None), ("x.de.yml", None)],
)
def test_reads_the_language_from_the_name(name: str, language: str | None) -> None:
    assert language_of_file(name) == language


def test_notes_it_on_every_example(tmp_path: Path) -> None:
    (tmp_path / "money.uk.yml").write_text(FILE.format(intent="top_up", text="поповнити"))
    (tmp_path / "money.ru.yml").write_text(FILE.format(intent="refund", text="вернуть"))
    data = LanguageAwareImporter(training_data_paths=[str(tmp_path)]).get_nlu_data()
    told = {
        (one.get("text"), one.get("intent"), one.get("metadata")["language"])
        for one in data.intent_examples
    }
    assert told == {
        ("поповнити", "top_up", "uk"),
        ("200 грн поповнити", "top_up", "uk"),
        ("вернуть", "refund", "ru"),
        ("200 грн вернуть", "refund", "ru"),
    }


def test_reads_the_files_once(tmp_path: Path) -> None:
    path = tmp_path / "money.uk.yml"
    path.write_text(FILE.format(intent="top_up", text="поповнити"))
    importer = LanguageAwareImporter(training_data_paths=[str(tmp_path)])
    first = importer.get_nlu_data("uk")
    path.unlink()
    assert importer.get_nlu_data() is first
