"""The addresses of the gateway."""

import aiohttp
import pytest

from tests.protocol.stage import Stage


async def fetch(stage: Stage, path: str) -> tuple[int, str, str]:
    """The status, the type and the text behind an address."""
    async with aiohttp.ClientSession() as session, session.get(stage.site + path) as response:
        return response.status, response.content_type, await response.text()


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/", "text/html"),
        ("/console/", "text/html"),
        ("/widget.js", "application/javascript"),
        ("/metrics", "text/plain"),
        ("/healthz", "text/plain"),
    ],
)
async def test_address_is_served(stage: Stage, path: str, content_type: str) -> None:
    status, served_as, text = await fetch(stage, path)
    assert (status, served_as) == (200, content_type)
    assert text


async def test_site_embeds_the_widget_with_one_script_tag(stage: Stage) -> None:
    _, _, page = await fetch(stage, "/")
    assert page.count("widget.js") == 1


async def test_system_is_ready(stage: Stage) -> None:
    status, _, _ = await fetch(stage, "/readyz")
    assert status == 200


async def test_metrics_are_prometheus_text(stage: Stage) -> None:
    _, _, text = await fetch(stage, "/metrics")
    assert "# TYPE " in text


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page",
        "/api/no-such-thing",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/console/..%2f..%2f..%2fetc%2fpasswd",
        "/demo/%00",
        "/widget.js.map/../../../pyproject.toml",
    ],
)
async def test_nothing_else_is_given_away(stage: Stage, path: str) -> None:
    status, _, text = await fetch(stage, path)
    assert status in (400, 403, 404) or "<html" in text.lower()
    assert "root:" not in text
    assert "[project]" not in text


@pytest.mark.parametrize("network", ["telegram", "vk", "facebook", "twitter"])
async def test_network_without_a_token_is_off(stage: Stage, network: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.site}/webhooks/{network}", json={"update_id": 1}) as response,
    ):
        assert response.status in (401, 403, 404)


async def test_plain_request_is_no_chat(stage: Stage) -> None:
    status, _, _ = await fetch(stage, "/chat")
    assert 400 <= status < 500


@pytest.mark.parametrize("path", ["/api/session", "/api/operators", "/api/conversations"])
async def test_nothing_of_the_desk_is_told_without_a_session(stage: Stage, path: str) -> None:
    status, _, text = await fetch(stage, path)
    assert status == 401
    assert "conversations" not in text
