"""Run the rasa-sdk action server on the loopback address alone."""

from __future__ import annotations

import logging
from asyncio import AbstractEventLoop

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from actions.bss import bss

PACKAGE = "actions"

logger = logging.getLogger(__name__)


def serve(port: int) -> None:
    """Serve every action of the package until told to stop."""
    app = create_app(PACKAGE)
    executor = ActionExecutor()
    executor.register_package(PACKAGE)
    logger.info("actions: %s", ", ".join(sorted(executor.actions)))

    @app.listener("after_server_stop")
    async def close(app: Sanic, loop: AbstractEventLoop) -> None:
        await bss().close()

    # rasa-sdk's own start binds every address; this must not be reachable from outside.
    app.run(host="127.0.0.1", port=port, access_log=False, motd=False, debug=False)
