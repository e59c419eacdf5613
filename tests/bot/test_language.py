"""Telling the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from abonent_bot.understanding import Understanding


@pytest.fixture(scope="module")
def understanding(model: Path) -> Understanding:
    return Understanding(model)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("где мои деньги", "ru"),
        ("не приходят смс", "ru"),
        ("хочу сменить тариф", "ru"),
        ("где мой номер", "ru"),
        ("де мої гроші", "uk"),
        ("не приходять смс", "uk"),
        ("хочу змінити тариф", "uk"),
        ("зник зв'язок вдома", "uk"),
        ("where is my money", "en"),
        ("no signal here", "en"),
        ("lost my phone", "en"),
        ("yt hf,jnftn bynthytn", "ru"),
        ("skilky na rahunku", "uk"),
    ],
)
def test_tells_three_words(understanding: Understanding, text: str, language: str) -> None:
    assert understanding.parse(text)["language"] == language


@pytest.mark.parametrize("text", ["ok", "sim", "wifi", "123", "баланс", "тариф 4g"])
def test_what_is_written_alike_everywhere_is_neutral(model: Path, text: str) -> None:
    parsed = Understanding(model).raw(text)
    assert not parsed["language"]["sure"]


def test_is_right_on_what_was_never_trained(understanding: Understanding) -> None:
    from abonent_bot.evaluation import cases_in
    from abonent_bot.project import TESTS

    cases = [case for case in cases_in(TESTS) if case.set.startswith("plain.")]
    right = sum(understanding.parse(case.text)["language"] == case.language for case in cases)
    assert right / len(cases) >= 0.98


@pytest.mark.parametrize(
    ("text", "mixed"),
    [("де мои деньги", True), ("де мої гроші", False), ("где мои деньги", False)],
)
def test_notices_words_of_both_languages(
    understanding: Understanding, text: str, mixed: bool
) -> None:
    assert understanding.raw(text)["language"]["mixed"] is mixed


def test_hardly_calls_one_language_mixed(understanding: Understanding) -> None:
    from abonent_bot.evaluation import cases_in
    from abonent_bot.project import TESTS

    cases = [case for case in cases_in(TESTS) if case.set in ("plain.ru", "plain.uk")]
    mixed = sum(understanding.raw(case.text)["language"]["mixed"] for case in cases)
    assert mixed <= len(cases) * 0.02
