"""Configuration, read once from the environment and `.env` into one frozen object."""

import hashlib
import hmac
import os
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from abonent.data_dir import DataDir
from abonent.engines.address import InnerServer, inner_port, postgres_dsn, valkey_dsn
from abonent.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
# Tests name another, so that nobody's own configuration reaches them.
_ENV_FILE = os.environ.get("ABONENT_ENV_FILE", str(ROOT / ".env"))


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that begins with http:// or https://")
    return url.rstrip("/")


def _socket_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise ValueError("must be an address that begins with ws:// or wss://")
    return url


def _database_address(url: str) -> str:
    scheme, _, rest = url.partition("://")
    if scheme.partition("+")[0] not in ("postgres", "postgresql") or not rest:
        raise ValueError("must begin with postgresql://")
    return f"postgresql://{rest}"


def _redis_address(url: str) -> str:
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("must begin with redis://, rediss:// or unix://")
    return url


def _under_root(path: Path) -> Path:
    return ROOT / path.expanduser()


def origin_of(url: str) -> str:
    """Return an address's origin as browsers write it: no path, no usual port, lower case."""
    parts = urlsplit(url.strip())
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{port}"


Port = Annotated[int, Field(ge=1, le=65535)]
SocketAddress = Annotated[str, AfterValidator(_socket_address)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Secret = Annotated[str | None, Field(repr=False)]


class Settings(BaseSettings):
    """All that can be configured: each field is an environment variable of the same name."""

    model_config = SettingsConfigDict(
        env_file=_ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    host: str = "127.0.0.1"
    port: Port = 8080
    desk_port: Port = 8081
    bot_own_port: Port | None = Field(default=None, validation_alias="BOT_PORT")
    actions_own_port: Port | None = Field(default=None, validation_alias="ACTIONS_PORT")
    bss_own_port: Port | None = Field(default=None, validation_alias="BSS_PORT")
    data_dir: Annotated[Path, AfterValidator(_under_root)] = ROOT / "data"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    database_url: Annotated[str, AfterValidator(_database_address)] | None = Field(
        default=None, repr=False
    )
    redis_url: Annotated[str, AfterValidator(_redis_address)] | None = Field(
        default=None, repr=False
    )
    bot_url: WebAddress | None = Field(default=None, validation_alias="RASA_URL")
    bot_token: Secret = Field(default=None, validation_alias="RASA_TOKEN")
    bss_own_url: WebAddress | None = Field(default=None, validation_alias="BSS_URL")
    bss_token_url: WebAddress | None = None
    bss_client_id: str = "abonent"
    bss_own_secret: Secret = Field(default=None, validation_alias="BSS_CLIENT_SECRET")
    sms_url: WebAddress | None = None
    public_url: WebAddress | None = None
    desk_public_url: SocketAddress | None = None
    trusted_proxies: Words = ()

    secret_key: Secret = None
    identity_secret: Secret = None
    origins: Words = Field(default=(), validation_alias="ALLOWED_ORIGINS")

    auto_assign: bool = False
    operator_grace_seconds: Annotated[float, Field(ge=0)] = 60
    dispositions: Words = ("solved", "forwarded", "no_answer", "spam", "other")

    telegram_token: Secret = None
    telegram_api_url: WebAddress = "https://api.telegram.org"
    telegram_webhook_secret: Secret = None
    telegram_mode: Literal["webhook", "polling"] = "webhook"

    vk_token: Secret = None
    vk_group_id: int | None = None
    vk_confirmation: Secret = None
    vk_secret: Secret = None
    vk_api_url: WebAddress = "https://api.vk.ru"
    vk_mode: Literal["callback", "longpoll"] = "callback"

    facebook_page_id: str | None = None
    facebook_page_token: Secret = None
    facebook_app_secret: Secret = None
    facebook_verify_token: Secret = None
    facebook_api_url: WebAddress = "https://graph.facebook.com"

    twitter_consumer_key: Secret = None
    twitter_consumer_secret: Secret = None
    twitter_access_token: Secret = None
    twitter_access_token_secret: Secret = None
    twitter_user_id: str | None = None
    twitter_api_url: WebAddress = "https://api.twitter.com"

    @cached_property
    def kept(self) -> DataDir:
        """What this installation keeps under `DATA_DIR`."""
        return DataDir(self.data_dir)

    @cached_property
    def secret(self) -> str:
        """The key everything is signed with: `SECRET_KEY`, or one made once and kept."""
        return self.secret_key or self.kept.secret("secret_key")

    @cached_property
    def rasa_token(self) -> str:
        """What the bot server asks of its callers."""
        return self.bot_token or self.derived_secret("rasa")

    @property
    def bot_port(self) -> int:
        """The bot's port on loopback: `BOT_PORT`, or one that was free."""
        return self.bot_own_port or inner_port(self.kept, InnerServer.BOT)

    @property
    def actions_port(self) -> int:
        """The action server's port on loopback: `ACTIONS_PORT`, or one that was free."""
        return self.actions_own_port or inner_port(self.kept, InnerServer.ACTIONS)

    @property
    def bss_port(self) -> int:
        """The sandbox's port on loopback: `BSS_PORT`, or one that was free."""
        return self.bss_own_port or inner_port(self.kept, InnerServer.BSS)

    @property
    def rasa_url(self) -> str:
        """Where the bot server answers."""
        return self.bot_url or f"http://127.0.0.1:{self.bot_port}"

    @property
    def actions_url(self) -> str:
        """Where the action server answers."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def bss_url(self) -> str:
        """Where the billing system answers: `BSS_URL`, or the sandbox."""
        return self.bss_own_url or f"http://127.0.0.1:{self.bss_port}"

    @cached_property
    def bss_client_secret(self) -> str:
        """What the billing system knows us by: `BSS_CLIENT_SECRET`, or the sandbox's own."""
        return self.bss_own_secret or self.derived_secret("bss")

    @cached_property
    def database_dsn(self) -> str:
        """Address of PostgreSQL: `DATABASE_URL`, or the embedded server's."""
        return self.database_url or postgres_dsn(self.kept)

    @cached_property
    def redis_dsn(self) -> str:
        """Address of Valkey or Redis: `REDIS_URL`, or the embedded server's."""
        return self.redis_url or valkey_dsn(self.kept)

    @property
    def allowed_origins(self) -> frozenset[str]:
        """Origins whose pages may open a socket: `ALLOWED_ORIGINS`, or the system's own."""
        named = self.origins or tuple(
            f"http://{host}:{self.port}" for host in ("localhost", "127.0.0.1")
        )
        public = (self.public_url,) if self.public_url and not self.origins else ()
        return frozenset(origin_of(url) for url in (*named, *public))

    @property
    def site_url(self) -> str:
        """Where a person opens the pages."""
        return self.public_url or self.local_url

    @property
    def local_url(self) -> str:
        """Where the gateway answers on this machine."""
        return f"http://{_reachable(self.host)}:{self.port}"

    @property
    def desk_url(self) -> str:
        """Where the console finds the operators' live queue: `DESK_PUBLIC_URL`, or beside it."""
        if self.desk_public_url:
            return self.desk_public_url
        site = urlsplit(self.site_url)
        host = f"[{site.hostname}]" if ":" in (site.hostname or "") else site.hostname
        scheme = "wss" if site.scheme == "https" else "ws"
        return f"{scheme}://{host}:{self.desk_port}/"

    @property
    def desk_health_url(self) -> str:
        """Where this machine asks whether the desk lives."""
        return f"http://{_reachable(self.host)}:{self.desk_port}/healthz"

    def derived_secret(self, purpose: str) -> str:
        """Return a secret for one purpose, the same on every process with the same key."""
        digest = hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256)
        return digest.hexdigest()


def _reachable(host: str) -> str:
    """Return the address to call for a host to listen on: a wildcard means this machine."""
    if host in ("0.0.0.0", "::", "127.0.0.1", ""):  # noqa: S104
        return "localhost"
    return f"[{host}]" if ":" in host else host


def load_settings() -> Settings:
    """Read the configuration.

    Raises:
        SettingsError: something in it is not valid; the message names each variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_faults(error))) from error


def _faults(error: ValidationError) -> list[str]:
    lines = []
    for fault in error.errors(include_url=False, include_context=False):
        name = str(fault["loc"][0]).upper() if fault["loc"] else "configuration"
        lines.append(f"{name}: {fault['msg'].removeprefix('Value error, ')}")
    return lines
