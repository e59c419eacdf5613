"""The built pages: the demonstration site, the widget, the console."""

from pathlib import Path

from aiohttp import web

_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_PAGE_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cache-Control": "no-cache",
}
_NOT_BUILT = "The pages are not built yet: run `make run`.\n"


class Pages:
    """Serves files that ``npm run build`` made; what was never built is said, not hidden."""

    def __init__(self, root: Path) -> None:
        self._widget = root / "web_widget" / "dist"
        self._console = root / "console" / "dist"

    def routes(self) -> list[web.RouteDef]:
        """The addresses, for an application's router."""
        return [
            web.get("/", self._site),
            web.get("/demo/{path:.*}", self._demo),
            web.get("/widget.js", self._widget_script),
            web.get("/console", self._to_console),
            web.get("/console/{path:.*}", self._console_page),
        ]

    async def _site(self, request: web.Request) -> web.StreamResponse:
        del request
        return _file(self._widget / "demo", "index.html")

    async def _demo(self, request: web.Request) -> web.StreamResponse:
        return _file(self._widget / "demo", request.match_info["path"])

    async def _widget_script(self, request: web.Request) -> web.StreamResponse:
        del request
        response = _file(self._widget, "widget.js")
        # Any site may embed the widget; which of them may open the chat is decided there.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    async def _to_console(self, request: web.Request) -> web.StreamResponse:
        del request
        raise web.HTTPFound("/console/")

    async def _console_page(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        is_page = "." not in path.rsplit("/", 1)[-1]
        return _file(self._console, "index.html" if is_page else path)


def _file(folder: Path, path: str) -> web.StreamResponse:
    if not folder.is_dir():
        return web.Response(status=503, text=_NOT_BUILT)
    wanted = _file_within(folder, path)
    if wanted is None:
        return web.Response(status=404, text="There is no such page.\n")
    return web.FileResponse(wanted, headers=_PAGE_HEADERS)


def _file_within(folder: Path, path: str) -> Path | None:
    try:
        wanted = (folder / path).resolve()
        is_file = wanted.is_relative_to(folder.resolve()) and wanted.is_file()
    except (OSError, ValueError):
        # No file system has a name like this: with a NUL, or too long.
        return None
    return wanted if is_file else None
