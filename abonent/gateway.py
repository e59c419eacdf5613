"""The gateway: pages, the widget's socket and REST on one port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import structlog
from aiohttp import web

from abonent import __version__
from abonent.health import Check, Health
from abonent.metrics import ObservedBot, observe_requests, watch_sockets
from abonent.pages import Pages
from abonent.settings import ROOT, Settings
from abonent.wiring import Parts, open_parts, rasa_bot, run_process
from connectors.webchat import WebChat
from handoff.api import Api
from handoff.api.views import ConsoleSettings
from handoff.rasa import RasaBot
from handoff.services.answer import Answerer
from handoff.services.sweep import Chore, keep_running

log = structlog.get_logger(__name__)

BODY_LIMIT = 1024 * 1024
SHUTDOWN_SECONDS = 3.0


def main(settings: Settings) -> None:
    """Serve until told to stop."""
    run_process(settings, serve)


async def serve(settings: Settings) -> None:
    """Open everything, listen, and heal what crashes left behind; ends when cancelled."""
    async with open_parts(settings) as parts:
        bot = rasa_bot(settings, parts.http)
        answerer = Answerer(parts.services, ObservedBot(bot))
        chat = WebChat(
            parts.services,
            answerer,
            secret=settings.derived_secret("visitor"),
            identity_secret=settings.identity_secret,
            allowed_origins=settings.allowed_origins,
            trusted_proxies=frozenset(settings.trusted_proxies),
        )
        watch_sockets("chat", lambda: len(chat.hub))
        application = build_application(settings, parts, chat, bot)
        async with _listening(application, settings) as site:
            log.info("gateway_listens", host=settings.host, port=settings.port)
            try:
                await keep_running(_chores(answerer, chat))
            finally:
                await site.stop()
                await chat.close()
                await answerer.stop(within_seconds=SHUTDOWN_SECONDS)


def build_application(
    settings: Settings, parts: Parts, chat: WebChat, bot: RasaBot
) -> web.Application:
    """All addresses of the gateway."""
    application = web.Application(client_max_size=BODY_LIMIT, middlewares=[observe_requests])
    application.router.add_get("/chat", chat.serve)
    application.router.add_routes(Api(parts.services, _console_settings(settings)).routes())
    application.router.add_routes(Health(_checks(settings, parts, bot)).routes())
    application.router.add_routes(Pages(ROOT).routes())
    return application


def _chores(answerer: Answerer, chat: WebChat) -> list[Chore]:
    return [
        Chore("turns", 2.0, answerer.sweep),
        Chore("missed", 1.0, chat.hub.heal),
        Chore("places", 0.0, chat.hub.keep_places),
        Chore("limits", 30.0, chat.forget_idle),
    ]


def _console_settings(settings: Settings) -> ConsoleSettings:
    return ConsoleSettings(
        desk_url=settings.desk_url,
        dispositions=settings.dispositions,
        version=__version__,
        ticket_secret=settings.derived_secret("ticket"),
        is_secure=settings.site_url.startswith("https://"),
        allowed_origins=settings.allowed_origins,
        trusted_proxies=frozenset(settings.trusted_proxies),
    )


def _checks(settings: Settings, parts: Parts, bot: RasaBot) -> dict[str, Check]:
    async def storage() -> bool:
        await parts.store.ping()
        return True

    checks = {
        "postgresql": storage,
        "valkey": parts.bus.ping,
        "bot": bot.is_alive,
        "desk": _answering(parts.http, settings.desk_health_url),
    }
    if settings.bss_own_url is None:
        # A billing system elsewhere may be away: the bot says so and goes on without it.
        checks["sandbox"] = _answering(parts.http, f"{settings.bss_url}/healthz")
    if settings.bot_url is None:
        # A bot elsewhere has its own action server, which is not ours to ask.
        health = f"http://127.0.0.1:{settings.actions_port}/health"
        checks["actions"] = _answering(parts.http, health)
    return checks


def _answering(http: aiohttp.ClientSession, url: str) -> Check:
    async def check() -> bool:
        async with http.get(url) as response:
            return response.status == 200

    return check


@asynccontextmanager
async def _listening(
    application: web.Application, settings: Settings
) -> AsyncIterator[web.TCPSite]:
    runner = web.AppRunner(
        application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS, handle_signals=False
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, reuse_address=True, backlog=1024)
        await site.start()
        yield site
    finally:
        await runner.cleanup()
