"""What is checked when somebody asks whether an installation is in order."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

import asyncpg
import redis.asyncio
from redis.exceptions import RedisError

from abonent.bot import PYTHON, fitting_model
from abonent.errors import AbonentError
from abonent.settings import ROOT, Settings
from abonent.supervision.readiness import missing

_SECONDS = 5.0
_PAGES = ("web_widget/dist/widget.js", "web_widget/dist/demo/index.html", "console/dist/index.html")
# What each network needs beside its token before it can work.
_NETWORKS = {
    "telegram": ("telegram_token", ()),
    "vk": ("vk_token", ("vk_group_id",)),
    "facebook": (
        "facebook_page_token",
        ("facebook_page_id", "facebook_app_secret", "facebook_verify_token"),
    ),
    "twitter": (
        "twitter_access_token",
        (
            "twitter_consumer_key",
            "twitter_consumer_secret",
            "twitter_access_token_secret",
            "twitter_user_id",
        ),
    ),
}


class Verdict(StrEnum):
    """How a check ended."""

    GOOD = "ok"
    OFF = "off"
    BAD = "BAD"


@dataclass(frozen=True)
class Finding:
    """One line of the diagnosis."""

    verdict: Verdict
    subject: str
    told: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Check an installation part by part, whether or not it is running."""
    yield _data_folder(settings)
    yield _secret(settings)
    yield await _database(settings)
    yield await _bus(settings)
    yield _pages()
    yield _bot(settings)
    yield await _server("bot server", settings.rasa_url, is_expected=settings.bot_url is not None)
    yield await _server("desk", settings.desk_url, is_expected=False)
    yield await _gateway(settings)
    for network in _NETWORKS:
        yield await _network(settings, network)
    yield await _bss(settings)


def _data_folder(settings: Settings) -> Finding:
    try:
        settings.kept.prepare()
    except AbonentError as error:
        return Finding(Verdict.BAD, "data", str(error))
    return Finding(Verdict.GOOD, "data", str(settings.data_dir))


def _secret(settings: Settings) -> Finding:
    if settings.secret_key is None:
        return Finding(Verdict.GOOD, "secret key", "made here and kept with the data")
    if len(settings.secret_key) < 16:
        return Finding(Verdict.BAD, "secret key", "SECRET_KEY is shorter than 16 characters")
    return Finding(Verdict.GOOD, "secret key", "from SECRET_KEY")


async def _database(settings: Settings) -> Finding:
    kind = "embedded" if settings.database_url is None else "external"
    try:
        connection = await asyncpg.connect(settings.database_dsn, timeout=_SECONDS)
        version = await connection.fetchval("SHOW server_version")
        await connection.close()
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        if kind == "embedded" and isinstance(error, OSError):
            return Finding(Verdict.OFF, "postgresql", "embedded, not running")
        return Finding(Verdict.BAD, "postgresql", f"{kind}, does not answer: {error}")
    return Finding(Verdict.GOOD, "postgresql", f"{kind}, version {version}")


async def _bus(settings: Settings) -> Finding:
    kind = "embedded" if settings.redis_url is None else "external"
    try:
        async with redis.asyncio.from_url(
            settings.redis_dsn, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS
        ) as client:
            await client.ping()
    except (OSError, RedisError) as error:
        if kind == "embedded":
            return Finding(Verdict.OFF, "valkey", "embedded, not running")
        return Finding(Verdict.BAD, "valkey", f"{kind}, does not answer: {error}")
    return Finding(Verdict.GOOD, "valkey", f"{kind}, answers")


def _pages() -> Finding:
    lacking = [page for page in _PAGES if not (ROOT / page).is_file()]
    if lacking:
        return Finding(Verdict.BAD, "pages", "not built yet: run `make install`")
    return Finding(Verdict.GOOD, "pages", "built")


def _bot(settings: Settings) -> Finding:
    if settings.bot_url is not None:
        return Finding(Verdict.GOOD, "bot", f"run elsewhere, at {settings.bot_url}")
    if not PYTHON.exists():
        return Finding(Verdict.BAD, "bot", "not installed yet: run `make install`")
    model = fitting_model(settings)
    if model is None:
        return Finding(
            Verdict.BAD, "bot", "no model fits the training data: run `uv run abonent nlu train`"
        )
    return Finding(Verdict.GOOD, "bot", f"model {model.name}")


async def _gateway(settings: Settings) -> Finding:
    if not await _is_reachable(settings.local_url):
        return Finding(Verdict.OFF, "gateway", f"not running on port {settings.port}")
    lacking = await asyncio.to_thread(missing, settings)
    if lacking is not None:
        return Finding(Verdict.BAD, "gateway", f"not ready, missing: {lacking}")
    return Finding(Verdict.GOOD, "gateway", "ready")


async def _server(subject: str, url: str, *, is_expected: bool) -> Finding:
    if await _is_reachable(url):
        return Finding(Verdict.GOOD, subject, f"answers at {url}")
    verdict = Verdict.BAD if is_expected else Verdict.OFF
    return Finding(verdict, subject, f"nothing answers at {url}")


async def _network(settings: Settings, name: str) -> Finding:
    token, companions = _NETWORKS[name]
    if getattr(settings, token) is None:
        return Finding(Verdict.OFF, name, f"no {token.upper()}")
    lacking = [field.upper() for field in companions if getattr(settings, field) is None]
    if lacking:
        return Finding(Verdict.BAD, name, f"set {', '.join(lacking)} too")
    return await _server(name, getattr(settings, f"{name}_api_url"), is_expected=True)


async def _bss(settings: Settings) -> Finding:
    if settings.bss_own_url is None:
        return await _server("bss", settings.bss_url, is_expected=False)
    if settings.bss_own_secret is None:
        return Finding(Verdict.BAD, "bss", "set BSS_CLIENT_SECRET too")
    return await _server("bss", settings.bss_url, is_expected=True)


async def _is_reachable(url: str) -> bool:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme in ("https", "wss") else 80)
    try:
        async with asyncio.timeout(_SECONDS):
            _, writer = await asyncio.open_connection(parts.hostname, port)
    except (OSError, TimeoutError, socket.gaierror):
        return False
    writer.close()
    return True
