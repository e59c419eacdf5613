"""The console's REST: a request in, one service call, its answer out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Concatenate

import msgspec
from aiohttp import web

from handoff.api.parse import RequestError, history_cursor, parse_history_query, parse_sign_in
from handoff.domain.errors import HandoffError, SignInRefused, SignInThrottled
from handoff.domain.operator import Operator
from handoff.domain.vocabulary import ConversationId, Language
from handoff.services import operators, reading, tickets
from handoff.services.addresses import remote_address
from handoff.services.operators import SESSION_COOKIE
from handoff.services.ports import Services, StorageUnavailable
from handoff.services.screens import (
    shown_account,
    shown_event,
    shown_operator,
    shown_past_conversation,
)

BODY_SECONDS = 10.0
_STATUS = {"forbidden": 403, "not_yours": 403, "not_found": 404, "unauthorized": 401}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """What the console's pages are told of this installation."""

    desk_url: str
    dispositions: tuple[str, ...]
    version: str
    ticket_secret: str
    is_secure: bool
    allowed_origins: frozenset[str]
    trusted_proxies: frozenset[str]


class Api:
    """Serves ``/api/``."""

    def __init__(self, services: Services, settings: ConsoleSettings) -> None:
        self._services = services
        self._settings = settings

    def routes(self) -> list[web.RouteDef]:
        """The addresses, for an application's router."""
        return [
            web.post("/api/session", self._guarded(self._sign_in)),
            web.get("/api/session", self._guarded(self._signed_in(Api._account))),
            web.delete("/api/session", self._guarded(self._sign_out)),
            web.get("/api/ticket", self._guarded(self._signed_in(Api._ticket))),
            web.get("/api/settings", self._guarded(self._signed_in(Api._console_settings))),
            web.get("/api/operators", self._guarded(self._signed_in(Api._operators))),
            web.get("/api/conversations", self._guarded(self._signed_in(Api._search))),
            web.get(
                "/api/conversations/{conversation}",
                self._guarded(self._signed_in(Api._conversation)),
            ),
        ]

    async def _sign_in(self, request: web.Request) -> web.Response:
        async with asyncio.timeout(BODY_SECONDS):
            wanted = parse_sign_in(await request.read())
        hops = ",".join(request.headers.getall("X-Forwarded-For", ()))
        address = remote_address(request.remote, hops, self._settings.trusted_proxies)
        token, operator = await operators.sign_in(
            self._services, wanted.login, wanted.password, address=address
        )
        response = _json({"operator": shown_account(operator)})
        response.set_cookie(
            SESSION_COOKIE,
            token,
            max_age=int(operators.SESSION_LIFETIME.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self._settings.is_secure,
            path="/",
        )
        return response

    async def _sign_out(self, request: web.Request) -> web.Response:
        if token := request.cookies.get(SESSION_COOKIE):
            await operators.sign_out(self._services, token)
        response = web.Response(status=204)
        response.del_cookie(SESSION_COOKIE, path="/")
        return response

    async def _account(self, request: web.Request, operator: Operator) -> web.Response:
        del request
        return _json({"operator": shown_account(operator)})

    async def _ticket(self, request: web.Request, operator: Operator) -> web.Response:
        del request
        secret = self._settings.ticket_secret
        ticket = tickets.issue_ticket(secret, operator.id, self._services.clock.now())
        return _json({"ticket": ticket})

    async def _console_settings(self, request: web.Request, operator: Operator) -> web.Response:
        del request, operator
        known = await self._services.store.all_operators()
        return _json(
            {
                "desk_url": self._settings.desk_url,
                "dispositions": self._settings.dispositions,
                "skills": sorted({skill for each in known for skill in each.skills}),
                "languages": list(Language),
                "version": self._settings.version,
            }
        )

    async def _operators(self, request: web.Request, operator: Operator) -> web.Response:
        del request, operator
        known = await self._services.store.all_operators()
        return _json({"operators": [shown_operator(each) for each in known]})

    async def _search(self, request: web.Request, operator: Operator) -> web.Response:
        if not operator.may_work_desk:
            return _error(403, "forbidden", "The role does not read conversations.")
        query = parse_history_query(request.query)
        views = await self._services.store.search(query)
        seen = [view for view in views if reading.may_see(operator, view.conversation)]
        last = views[-1].conversation if len(views) == query.limit else None
        return _json(
            {
                "conversations": [shown_past_conversation(view) for view in seen],
                "next": history_cursor(last.opened_at, last.id) if last else None,
            }
        )

    async def _conversation(self, request: web.Request, operator: Operator) -> web.Response:
        conversation_id = ConversationId(request.match_info["conversation"])
        view = await reading.visible_view(self._services, operator, conversation_id)
        entries = await reading.transcript(self._services, conversation_id)
        return _json(
            {
                "conversation": shown_past_conversation(view),
                "events": [shown_event(entry) for entry in entries],
            }
        )

    def _signed_in(
        self,
        handler: Callable[Concatenate["Api", web.Request, Operator, ...], Awaitable[web.Response]],
    ) -> Handler:
        async def checked(request: web.Request) -> web.StreamResponse:
            token = request.cookies.get(SESSION_COOKIE)
            operator = await operators.operator_of_session(self._services, token) if token else None
            if operator is None:
                return _error(401, "unauthorized", "Sign in first.")
            return await handler(self, request, operator)

        return checked

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if request.method != "GET" and not self._is_own_page(request):
                return _error(403, "forbidden", "This origin may not do that.")
            try:
                return await handler(request)
            except TimeoutError:
                return _error(408, "invalid", "The request did not arrive in time.")
            except RequestError as fault:
                return _error(400, "invalid", str(fault))
            except SignInThrottled as wait:
                headers = {"Retry-After": str(wait.retry_after_seconds)}
                return _error(429, wait.code, "Too many wrong passwords: wait.", headers)
            except SignInRefused as refusal:
                return _error(401, refusal.code, str(refusal))
            except HandoffError as refusal:
                return _error(_STATUS.get(refusal.code, 400), refusal.code, str(refusal))
            except StorageUnavailable:
                headers = {"Retry-After": "2"}
                return _error(503, "unavailable", "Try again in a moment.", headers)

        return guarded

    def _is_own_page(self, request: web.Request) -> bool:
        origin = request.headers.get("Origin")
        return origin is None or origin.lower() in self._settings.allowed_origins


def _json(content: object, status: int = 200) -> web.Response:
    return web.Response(
        status=status,
        body=msgspec.json.encode(content),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def _error(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> web.Response:
    response = _json({"error": {"code": code, "message": message}}, status)
    response.headers.update(headers or {})
    return response
