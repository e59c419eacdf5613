"""The environment, read once."""

from __future__ import annotations

import pytest

from actions.bss import BssUnavailable, Misconfigured, Settings, bss

GIVEN = {"BSS_URL": "https://bss.example/", "BSS_CLIENT_ID": "bot", "BSS_CLIENT_SECRET": "hidden"}


def test_what_is_not_said_follows_from_the_address() -> None:
    read = Settings.from_environment({**GIVEN, "SMS_URL": ""})
    assert read.url == read.sms_url == "https://bss.example"
    assert read.token_url == "https://bss.example/oauth/token"
    assert "hidden" not in repr(read)


def test_what_is_said_counts() -> None:
    more = {"BSS_TOKEN_URL": "https://id.example/token", "SMS_URL": "http://sms.example:8080/v1/"}
    read = Settings.from_environment({**GIVEN, **more})
    assert (read.token_url, read.sms_url) == (more["BSS_TOKEN_URL"], "http://sms.example:8080/v1")


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        Settings.from_environment({**GIVEN, name: " "})


@pytest.mark.parametrize(
    "address",
    ["bss.example", "ftp://bss", "http://", "http://bss:99999", "http://bss?x=1", "http://["],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(Misconfigured, match="BSS_URL"):
        Settings.from_environment({**GIVEN, "BSS_URL": address})


async def test_the_process_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    bss.cache_clear()
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(BssUnavailable):
        bss()
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    assert bss() is bss()
    bss.cache_clear()
