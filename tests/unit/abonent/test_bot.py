"""The environment of the bot's commands."""

from pathlib import Path

import pytest

from abonent.bot import bot_environment
from abonent.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path, secret_key="s" * 40, rasa_token="t" * 40)


def test_a_server_gives_memory_back_unless_told_otherwise(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "8")
    environment = bot_environment(settings, serving=True)
    assert environment["MALLOC_MMAP_THRESHOLD_"] == "262144"
    assert environment["MALLOC_ARENA_MAX"] == "8"
    assert "MALLOC_MMAP_THRESHOLD_" not in bot_environment(settings)


def test_only_a_server_is_given_secrets_and_none_our_own_python(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere")
    environment = bot_environment(settings)
    assert "VIRTUAL_ENV" not in environment
    assert "RASA_TOKEN" not in environment
    assert bot_environment(settings, serving=True)["RASA_TOKEN"] == "t" * 40
