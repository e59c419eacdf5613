"""The desk: the operators' live queue on its own port."""

import structlog

from abonent.metrics import watch_sockets
from abonent.settings import Settings
from abonent.wiring import open_parts, run_process
from handoff.live import Desk
from handoff.live.server import close_server
from handoff.services.sweep import keep_running

log = structlog.get_logger(__name__)


def main(settings: Settings) -> None:
    """Serve until told to stop."""
    run_process(settings, serve)


async def serve(settings: Settings) -> None:
    """Open everything, listen, and look after the queue; ends when cancelled."""
    async with open_parts(settings) as parts:
        desk = Desk(
            parts.services,
            allowed_origins=settings.allowed_origins,
            trusted_proxies=frozenset(settings.trusted_proxies),
            ticket_secret=settings.derived_secret("ticket"),
            grace_seconds=settings.operator_grace_seconds,
            assigns_by_itself=settings.auto_assign,
        )
        watch_sockets("desk", lambda: len(desk.hub))
        server = await desk.listen(settings.host, settings.desk_port)
        log.info("desk_listens", host=settings.host, port=settings.desk_port)
        try:
            await keep_running(desk.chores)
        finally:
            await close_server(server)
