"""Who may ask: OAuth2 client credentials, and the bearer token of every call."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote_plus

from aiohttp import web

from sandbox.bss.errors import Unauthorised
from sandbox.bss.tokens import LIFE_SECONDS, Tokens
from sandbox.bss.wire import answer, error_body

_GUARDED = ("/tmf-api/", "/messages", "/sandbox/")
_NO_STORE = {"Cache-Control": "no-store"}


class Access:
    """Gives tokens out and asks for them."""

    def __init__(self, tokens: Tokens, clock: Callable[[], datetime]) -> None:
        self._tokens = tokens
        self._clock = clock

    async def token(self, request: web.Request) -> web.Response:
        """``POST /oauth/token`` (RFC 6749, 4.4)."""
        if not self._tokens.knows(*_credentials(request.headers.get("Authorization", ""))):
            headers = {"WWW-Authenticate": 'Basic realm="bss"'}
            return _oauth_error(401, "invalid_client", "the client is not known", headers)
        try:
            form = await request.post()
        except ValueError:
            return _oauth_error(400, "invalid_request", "the form cannot be read")
        if form.get("grant_type") != "client_credentials":
            return _oauth_error(400, "unsupported_grant_type", "only client_credentials is")
        token = self._tokens.issue(self._clock())
        said = {"access_token": token, "token_type": "Bearer", "expires_in": LIFE_SECONDS}
        return answer(said, headers=_NO_STORE)

    def check(self, request: web.Request) -> None:
        """Raise ``Unauthorised`` unless the call bears a token, where it has to."""
        if not request.path.startswith(_GUARDED):
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self._tokens.accepts(token.strip(), self._clock()):
            raise Unauthorised("no token, or one that is over")


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        said = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, ValueError):
        return "", ""
    client_id, _, secret = said.partition(":")
    # RFC 6749, 2.3.1: both are form-encoded first.
    return unquote_plus(client_id), unquote_plus(secret)


def _oauth_error(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> web.Response:
    """What RFC 6749 says of errors, and what the specifications say, in one."""
    body = {**error_body(status, code, message), "error": code, "error_description": message}
    return answer(body, status, {**_NO_STORE, **(headers or {})})
