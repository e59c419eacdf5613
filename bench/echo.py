"""The yardstick: an aiohttp WebSocket server that does nothing but send back.

Usage: python -m bench.echo PORT
"""

import sys

import uvloop
from aiohttp import WSMsgType, web


async def echo(request: web.Request) -> web.StreamResponse:
    """Send every text back."""
    socket = web.WebSocketResponse(heartbeat=25.0)
    await socket.prepare(request)
    async for message in socket:
        if message.type is WSMsgType.TEXT:
            await socket.send_str(message.data)
    return socket


def main() -> None:
    """Serve until killed."""
    application = web.Application()
    application.router.add_get("/echo", echo)
    loop = uvloop.new_event_loop()
    web.run_app(
        application,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        access_log=None,
        print=None,
        loop=loop,
    )


if __name__ == "__main__":
    main()
