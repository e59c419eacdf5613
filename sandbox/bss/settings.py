"""What the sandbox is told by its environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_OPERATOR_FILE = ROOT / "bot" / "operator" / "demo.yml"


class SettingsMissing(Exception):
    """The environment lacks something or says what cannot be read."""


@dataclass(frozen=True)
class Settings:
    """All that can be configured."""

    database_url: str
    client_id: str
    client_secret: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8090
    operator_file: Path = _OPERATOR_FILE
    order_seconds: float = 1.0
    # How long a database that is still starting is waited for.
    database_seconds: float = 30.0

    @property
    def origin(self) -> str:
        """What the addresses of resources begin with."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings; raises ``SettingsMissing``."""
    return Settings(
        database_url=_needed(environment, "DATABASE_URL"),
        client_id=_needed(environment, "BSS_CLIENT_ID"),
        client_secret=_needed(environment, "BSS_CLIENT_SECRET"),
        host=environment.get("HOST") or "127.0.0.1",
        port=int(_number(environment, "BSS_PORT", "8090")),
        operator_file=ROOT / (environment.get("OPERATOR_FILE") or _OPERATOR_FILE),
        order_seconds=_number(environment, "BSS_ORDER_SECONDS", "1"),
        database_seconds=_number(environment, "BSS_DATABASE_SECONDS", "30"),
    )


def _needed(environment: Mapping[str, str], name: str) -> str:
    if not (value := environment.get(name, "").strip()):
        raise SettingsMissing(f"{name} is not set")
    return value


def _number(environment: Mapping[str, str], name: str, default: str) -> float:
    said = environment.get(name) or default
    try:
        value = float(said)
    except ValueError:
        raise SettingsMissing(f"{name} is not a number: {said}") from None
    if not 0 <= value <= 65535:
        raise SettingsMissing(f"{name} is out of range: {said}")
    return value
