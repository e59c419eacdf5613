"""Signing in: `POST /api/session`, its throttle, and the accounts made by the command."""

import asyncio
import secrets

import aiohttp
import pytest

from tests.protocol.clients import OperatorClient
from tests.protocol.signing_in import sign_in, try_to_sign_in
from tests.protocol.sockets import DeskSocket
from tests.protocol.stage import PASSWORD, Stage
from tests.system import System

TRIES = 60


async def test_signing_in_gives_a_cookie_and_tells_who_one_is(stage: Stage) -> None:
    login = (await stage.account(role="supervisor")).login
    body = {"login": login, "password": PASSWORD}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.site}/api/session", json=body) as response,
    ):
        assert response.status == 200
        answer = await response.json()
        (cookie,) = response.cookies.values()
    assert cookie["httponly"]
    assert answer["operator"]["name"] == login
    assert answer["operator"]["role"] == "supervisor"
    assert isinstance(answer["operator"]["id"], str)


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD + " ", "x" * 100_000, "\x00"])
async def test_wrong_password_is_refused(stage: Stage, password: str) -> None:
    address = _an_address()
    status, cookie, _ = await try_to_sign_in(
        stage.site, (await stage.account(skill="guessed-at")).login, password, local_address=address
    )
    assert status in (400, 401, 413)
    assert cookie == ""


async def test_unknown_login_is_refused_as_a_wrong_password_is(stage: Stage) -> None:
    address = _an_address()
    status, _, _ = await try_to_sign_in(stage.site, "nobody", "x", local_address=address)
    assert status == 401


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"login": 1, "password": []}', b"\xff" * 9],
)
async def test_body_that_is_not_valid_is_refused(stage: Stage, body: bytes) -> None:
    connector = aiohttp.TCPConnector(local_addr=(_an_address(), 0))
    async with (
        aiohttp.ClientSession(connector=connector) as session,
        session.post(f"{stage.site}/api/session", data=body) as response,
    ):
        assert response.status in (400, 401, 415, 422)
        assert not response.cookies


async def test_guessing_one_login_is_throttled(stage: Stage) -> None:
    login = (await stage.account(skill="guessed-at")).login
    cookie = await sign_in(stage.site, login, PASSWORD)
    statuses = []
    for _ in range(TRIES):
        status, _, response = await try_to_sign_in(
            stage.site, login, "guess", local_address=_an_address()
        )
        statuses.append(status)
        if status == 429:
            assert int(response.headers["Retry-After"]) > 0
            break
    assert statuses[0] == 401
    assert statuses[-1] == 429
    await assert_session_is_valid(stage, cookie)


async def test_guessing_from_one_address_is_throttled(stage: Stage) -> None:
    address = _an_address()
    answers = await asyncio.gather(
        *(
            try_to_sign_in(stage.site, f"login-{number}", "guess", local_address=address)
            for number in range(TRIES)
        )
    )
    refused = [response for status, _, response in answers if status == 429]
    assert {status for status, _, _ in answers} == {401, 429}
    assert all(int(response.headers["Retry-After"]) > 0 for response in refused)
    await sign_in(stage.site, (await stage.account()).login, PASSWORD)


async def assert_session_is_valid(stage: Stage, cookie: str) -> None:
    """A cookie opens the desk."""
    async with DeskSocket(stage.desk, cookie) as desk:
        assert (await desk.ask("hello", after=None))["type"] == "welcome"


def _an_address() -> str:
    """An address nobody has called from yet."""
    return f"127.{secrets.randbelow(250) + 1}.{secrets.randbelow(250)}.{secrets.randbelow(250) + 1}"


async def test_session_is_not_for_another_site(stage: Stage) -> None:
    body = {"login": (await stage.account()).login, "password": PASSWORD}
    headers = {"Origin": "http://evil.example"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{stage.site}/api/session", json=body) as response,
    ):
        assert response.status == 403
        assert not response.cookies


async def test_command_prints_login_and_password(system: System) -> None:
    said = await asyncio.to_thread(
        system.run, "operator", "add", f"Олена-{secrets.token_hex(3)}", "--role", "trainer",
        "--skill", "roaming", "--skill", "money", "--language", "uk", "--capacity", "7",
    )  # fmt: skip
    login = _told(said, "login: ")
    site = f"http://127.0.0.1:{system.settings.port}"
    status, cookie, response = await try_to_sign_in(site, login, _told(said, "password: "))
    assert status == 200
    assert cookie
    assert (await response.json())["operator"]["role"] == "trainer"


@pytest.mark.parametrize(
    "options",
    [
        ["--role", "king"],
        ["--role", "operator", "--capacity", "0"],
        ["--role", "operator", "--capacity", "51"],
        ["--role", "operator", "--language", "fr"],
        [],
    ],
)
async def test_command_refuses_what_is_not_valid(system: System, options: list[str]) -> None:
    login = f"refused-{secrets.token_hex(3)}"
    with pytest.raises(RuntimeError):
        await asyncio.to_thread(
            system.run, "operator", "add", login, "--password-stdin", *options, typed="secret"
        )
    site = f"http://127.0.0.1:{system.settings.port}"
    status, _, _ = await try_to_sign_in(site, login, "secret", local_address=_an_address())
    assert status == 401


async def test_command_does_not_make_a_login_twice(stage: Stage, system: System) -> None:
    login = (await stage.account()).login
    with pytest.raises(RuntimeError):
        await asyncio.to_thread(
            system.run, "operator", "add", login, "--role", "admin", "--password-stdin", typed="new"
        )
    cookie = await sign_in(stage.site, login, PASSWORD)
    async with OperatorClient(stage.desk, cookie) as operator:
        assert operator.welcome["operator"]["role"] == "operator"


def _told(said: str, label: str) -> str:
    """The rest of the line that begins with the label."""
    (line,) = [line for line in said.splitlines() if line.startswith(label)]
    return line.removeprefix(label)
