"""Configuration comes from the environment, with a working default for everything."""

from pathlib import Path

import pytest

from abonent.errors import SettingsError
from abonent.settings import ROOT, Settings, load_settings, origin_of


@pytest.fixture(autouse=True)
def unconfigured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, field in Settings.model_fields.items():
        monkeypatch.delenv(str(field.validation_alias or name).upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def test_everything_has_a_default() -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.desk_port) == ("127.0.0.1", 8080, 8081)
    assert settings.operator_grace_seconds == 60
    assert not settings.auto_assign
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.allowed_origins == {"http://localhost:8080", "http://127.0.0.1:8080"}


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("PORT", "")
    settings = load_settings()
    assert settings.database_url is None
    assert settings.port == 8080


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "eighty", "PORT: "),
        ("PORT", "70000", "PORT: "),
        ("DATABASE_URL", "mysql://db/abonent", "DATABASE_URL: must begin with postgresql://"),
        ("REDIS_URL", "http://cache", "REDIS_URL: must begin with redis://"),
        ("PUBLIC_URL", "care.example", "PUBLIC_URL: must be an address"),
        ("RASA_URL", "bot:5005", "RASA_URL: must be an address"),
        ("AUTO_ASSIGN", "perhaps", "AUTO_ASSIGN: "),
        ("OPERATOR_GRACE_SECONDS", "-1", "OPERATOR_GRACE_SECONDS: "),
        ("TELEGRAM_MODE", "pigeon", "TELEGRAM_MODE: "),
    ],
)
def test_a_fault_is_told_by_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=told):
        load_settings()


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "no")
    monkeypatch.setenv("DESK_PORT", "no")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == ["PORT", "DESK_PORT"]


def test_any_usual_spelling_of_a_postgresql_address_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for scheme in ("postgres", "postgresql", "postgresql+asyncpg"):
        monkeypatch.setenv("DATABASE_URL", f"{scheme}://u:p@db/abonent")
        assert load_settings().database_dsn == "postgresql://u:p@db/abonent"


def test_secrets_are_made_once_and_kept() -> None:
    first, second = load_settings(), load_settings()
    assert first.secret == second.secret
    assert len(first.secret) >= 32
    assert first.rasa_token == second.rasa_token
    assert first.derived_secret("one") != first.derived_secret("other")


def test_a_given_secret_is_used_and_not_written_down(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "of my own choice")
    assert load_settings().secret == "of my own choice"
    assert list(tmp_path.iterdir()) == []


def test_no_secret_is_shown_in_a_log_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = ("SECRET_KEY", "TELEGRAM_TOKEN", "VK_SECRET", "FACEBOOK_APP_SECRET", "RASA_TOKEN")
    for name in hidden:
        monkeypatch.setenv(name, "hush-hush")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hush-hush@db/abonent")
    assert "hush-hush" not in repr(load_settings())


def test_named_origins_take_the_place_of_the_systems_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_ORIGINS", "https://www.example/, https://Care.example:443")
    assert load_settings().allowed_origins == {"https://www.example", "https://care.example"}


def test_the_public_address_is_an_origin_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://care.example/")
    assert "https://care.example" in load_settings().allowed_origins
    assert load_settings().site_url == "https://care.example"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://localhost:80/", "http://localhost"),
        ("https://A.example:443/page?q", "https://a.example"),
        ("http://a.example:8080", "http://a.example:8080"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_a_relative_data_dir_lies_in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "elsewhere")
    assert load_settings().data_dir == ROOT / "elsewhere"


def test_a_wildcard_host_is_reached_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")
    assert load_settings().local_url == "http://localhost:8080"
    assert load_settings().desk_url == "ws://localhost:8081/"
