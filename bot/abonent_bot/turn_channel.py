"""The in-house input channel: one HTTP request is one turn."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from abonent_bot.conversation_locks import ConversationLocks
from abonent_bot.key_value import KeyValueStore
from abonent_bot.turn import BadPayload, Turn, TurnFailed, TurnRunner
from abonent_bot.turn_request import BadTurn, read_text, read_turn

logger = logging.getLogger(__name__)

TURN_SECONDS = 4.5
RESULT_TTL_SECONDS = 86_400


class TurnChannel(InputChannel):
    """``POST /webhooks/turn/webhook``: replies, parse and decision together."""

    def __init__(self, runner: TurnRunner, results: KeyValueStore, token: str) -> None:
        self.runner = runner
        self._results = results
        self._token = token
        self._locks = ConversationLocks()

    @classmethod
    def name(cls) -> str:
        """Return the name in the channel's address."""
        return "turn"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes; Rasa's own handler is not used, since it answers nothing."""
        routes = Blueprint("turn_webhook")

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        @routes.post("/parse")
        async def parse(request: Request) -> HTTPResponse:
            return await self._parse(request)

        return routes

    def is_authorised(self, request: Request) -> bool:
        """Tell whether the request carries the token."""
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())

    async def _receive(self, request: Request) -> HTTPResponse:
        if not self.is_authorised(request):
            return json({"error": "a bearer token is needed"}, status=401)
        try:
            turn = read_turn(request.body)
            return json(await asyncio.wait_for(self._answer(turn), TURN_SECONDS))
        except (BadTurn, BadPayload) as error:
            return json({"error": str(error)}, status=400)
        except TurnFailed as error:
            logger.error("turn failed: %s", error)
            return json({"error": str(error)}, status=500)
        except asyncio.TimeoutError:
            return json({"error": "the turn took too long"}, status=500)

    async def _parse(self, request: Request) -> HTTPResponse:
        """Understand one message by itself, as ``abonent nlu parse`` does."""
        if not self.is_authorised(request):
            return json({"error": "a bearer token is needed"}, status=401)
        try:
            return json(await self.runner.parse(read_text(request.body)))
        except BadTurn as error:
            return json({"error": str(error)}, status=400)

    async def _answer(self, turn: Turn) -> dict[str, Any]:
        async with self._locks.of(turn.conversation):
            if turn.is_suggestion:
                return await self.runner.run(turn)
            key = f"turn:{turn.conversation}:{turn.id}"
            stored = await self._results.get(key)
            if stored is not None:
                result: dict[str, Any] = stored["result"]
                return result
            result = await self.runner.run(turn)
            await self._results.put(
                key, {"age": 0, "result": result}, ttl_seconds=RESULT_TTL_SECONDS
            )
            return result
