"""What a page must never do, noticed in every test."""

import re
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# The console asks who is signed in; for nobody the answer is 401, which the browser writes down.
_NOBODY_SIGNED_IN = re.compile(r"status of 401 .*/api/session")


class Watch:
    """Collects errors on pages' consoles, faults of scripts, and requests to strangers."""

    def __init__(self, site: str) -> None:
        self._host = urlsplit(site).hostname
        self._faults: list[str] = []
        self._forgiven = [_NOBODY_SIGNED_IN]

    @property
    def faults(self) -> list[str]:
        """What has been noticed and is not forgiven."""
        return [
            fault
            for fault in self._faults
            if not any(pattern.search(fault) for pattern in self._forgiven)
        ]

    def forgive(self, pattern: str) -> None:
        """Expect faults of a kind: a browser writes down each connection that fails."""
        self._forgiven.append(re.compile(pattern))

    def forgive_lost_connections(self) -> None:
        """Expect what a browser writes down while there is no network or no server."""
        self.forgive(r"WebSocket connection to .* failed|net::ERR_|status of 50[234] ")

    def follow(self, context: BrowserContext) -> None:
        """Notice what the context's pages do from now on."""
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        context.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._faults.append(f"console: {message.text} {message.location['url']}")

    def _on_error(self, error: WebError) -> None:
        self._faults.append(f"script: {error.error}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != self._host:
            self._faults.append(f"asked a stranger: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self._faults.append(f"status of {response.status} {response.url}")
