"""Where the billing system is and how patient the client is with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from actions.bss.errors import Misconfigured

_TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path, no secret


@dataclass(frozen=True)
class Settings:
    """Addresses and credentials, as the environment gives them."""

    url: str
    token_url: str
    sms_url: str
    client_id: str
    client_secret: str = field(repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read ``BSS_*`` and ``SMS_URL``.

        Raises:
            Misconfigured: one is missing, or is no address.
        """
        url = _address("BSS_URL", _given("BSS_URL", environment))
        return cls(
            url=url,
            token_url=_address(
                "BSS_TOKEN_URL", environment.get("BSS_TOKEN_URL") or url + _TOKEN_PATH
            ),
            sms_url=_address("SMS_URL", environment.get("SMS_URL") or url),
            client_id=_given("BSS_CLIENT_ID", environment),
            client_secret=_given("BSS_CLIENT_SECRET", environment),
        )


@dataclass(frozen=True)
class Limits:
    """How long is waited, how often is tried, how much is read."""

    answer_seconds: float = 3.0
    retry_pause_seconds: float = 0.1
    token_margin_seconds: float = 30.0
    faults: int = 5
    open_seconds: float = 15.0
    body_bytes: int = 1 << 20
    order_seconds: float = 2.5
    poll_seconds: float = 0.25
    look_up_pause_seconds: float = 0.4
    catalogue_seconds: float = 300.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Limits:
        """Read ``BSS_OPEN_SECONDS``, how long a billing system that fails is left alone.

        Raises:
            Misconfigured: it is no number of seconds.
        """
        said = environment.get("BSS_OPEN_SECONDS", "").strip()
        try:
            return cls(open_seconds=float(said)) if said else cls()
        except ValueError as error:
            raise Misconfigured("BSS_OPEN_SECONDS is no number.") from error


def _given(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise Misconfigured(f"{name} is not set.")
    return value


def _address(name: str, value: str) -> str:
    """Return an address without the slash at its end."""
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_address = is_address and parts.port != 0 and not parts.query and not parts.fragment
    except ValueError:
        is_address = False
    if not is_address:
        raise Misconfigured(f"{name} is no address of the form http(s)://host:port.")
    return value.rstrip("/")
