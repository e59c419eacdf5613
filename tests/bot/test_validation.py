"""Data, rules and answers agree, and it would be told if they did not."""

from __future__ import annotations

from pathlib import Path

import pytest

from abonent_bot import project, validation


def test_everything_agrees() -> None:
    assert validation.complaints() == []


def test_complains_about_what_does_not_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    domain = tmp_path / "domain"
    domain.mkdir()
    for file in project.DOMAIN.glob("*.yml"):
        text = file.read_text(encoding="utf-8")
        (domain / file.name).write_text(
            text.replace("{code_balance}", "{code_nobody}")
            .replace("/remaining_allowance", "/remaining_nothing")
            .replace("utter_goodbye", "utter_farewell"),
            encoding="utf-8",
        )
    monkeypatch.setattr(project, "DOMAIN", domain)
    told = "\n".join(validation.complaints())
    assert "utter_check_balance tells {code_nobody}" in told
    assert "there is no intent remaining_nothing" in told
    assert "utter_goodbye" in told
    assert "utter_farewell" in told
