"""The sandbox BSS on a real PostgreSQL and a real port, with a clock that can be moved."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox.bss.app import opened
from sandbox.bss.settings import Settings
from tests.engines import clone_database, drop_database

CLIENT = ("the client", "the secret:of it")
BALANCE = "/tmf-api/prepayBalanceManagement/v4"
CATALOGUE = "/tmf-api/productCatalogManagement/v4"
INVENTORY = "/tmf-api/productInventory/v4"
ORDERING = "/tmf-api/productOrderingManagement/v4"
TICKETS = "/tmf-api/troubleTicket/v4"
USAGE = "/tmf-api/usageManagement/v4"

ORDINARY = "380500000001"
POOR = "380500000002"
TEENAGER = "380500000003"
CONTRACT = "380500000005"
DEBTOR = "380500000006"
NO_FUNDS = "380500000007"
PAUSED = "380500000008"
SIM_BLOCKED = "380500000009"
ABROAD = "380500000010"
PROMISED = "380500000011"
COLLECTOR = "380500000012"
FAMILY = "380500000013"
MEMBER = "380500000014"

_TEMPLATE = "bss_seeded"


def basic(client_id: str, secret: str) -> dict[str, str]:
    """The header of HTTP Basic."""
    said = f"{client_id}:{secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(said).decode()}"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_for(dsn: str, **changes: Any) -> Settings:
    """Settings of a sandbox on a free port."""
    told = {"port": free_port(), **changes}
    return Settings(database_url=dsn, client_id=CLIENT[0], client_secret=CLIENT[1], **told)


class Clock:
    """The time, which a test may move."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)


@dataclass
class Answer:
    status: int
    body: Any
    headers: Any = field(repr=False)


class Client:
    """A client of the BSS, with a token."""

    def __init__(self, http: aiohttp.ClientSession, origin: str, clock: Clock) -> None:
        self._http = http
        self.origin = origin
        self.clock = clock
        self.token = ""

    async def sign_in(self) -> None:
        form = {"grant_type": "client_credentials"}
        answer = await self.ask("POST", "/oauth/token", data=form, headers=basic(*CLIENT))
        self.token = answer.body["access_token"]

    async def ask(self, method: str, path: str, **arguments: Any) -> Answer:
        """Any request, without a token unless the headers bear one."""
        async with self._http.request(method, self.origin + path, **arguments) as response:
            is_json = response.content_type == "application/json"
            body = await (response.json() if is_json else response.text())
            return Answer(response.status, body, response.headers)

    async def get(self, path: str, **params: Any) -> Answer:
        said = {name.replace("__", "."): str(value) for name, value in params.items()}
        return await self.ask("GET", path, params=said, headers=self.bearer)

    async def post(self, path: str, body: Any) -> Answer:
        return await self.ask("POST", path, json=body, headers=self.bearer)

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def order(self, item: dict[str, Any], key: str | None = None) -> dict[str, Any]:
        """Place an order of one item; return what it ended as."""
        placed = await self.place(item, key)
        self.clock.move(2)
        return dict((await self.get(f"{ORDERING}/productOrder/{placed['id']}")).body)

    async def place(self, item: dict[str, Any], key: str | None = None) -> dict[str, Any]:
        body: dict[str, Any] = {
            "category": "selfService",
            "productOrderItem": [{"id": "1", **item}],
        }
        if key is not None:
            body["externalId"] = key
        answer = await self.post(f"{ORDERING}/productOrder", body)
        assert answer.status == 201, answer
        return dict(answer.body)

    async def balance(self, number: str) -> float:
        answer = await self.get(f"{BALANCE}/bucket/main-{number}")
        return float(answer.body["remainingValue"]["amount"])

    async def buckets(self, number: str, kind: str) -> list[dict[str, Any]]:
        found = await self.get(
            f"{BALANCE}/bucket", logicalResource__id=number, usageType=kind, status="active"
        )
        return list(found.body)

    async def products(self, number: str, **params: Any) -> list[dict[str, Any]]:
        found = await self.get(
            f"{INVENTORY}/product", productSerialNumber=number, limit=100, **params
        )
        return list(found.body)

    async def product(self, number: str, offering: str) -> dict[str, Any]:
        """The newest product of an offering."""
        return (await self.products(number, productOffering__id=offering))[-1]

    async def top_up(self, number: str, amount: float) -> Answer:
        bucket = (await self.get(f"{BALANCE}/bucket/main-{number}")).body
        body = {
            "amount": {"amount": amount, "units": "UAH"},
            "usageType": "monetary",
            "bucket": {"id": bucket["id"]},
            "partyAccount": {"id": bucket["partyAccount"]["id"]},
        }
        return await self.post(f"{BALANCE}/topupBalance", body)


def add(offering: str, number: str) -> dict[str, Any]:
    """An item that switches something on."""
    return {
        "action": "add",
        "quantity": 1,
        "productOffering": {"id": offering},
        "product": {"productSerialNumber": number},
    }


def modify(offering: str, product_id: str) -> dict[str, Any]:
    """An item that makes a product another."""
    return {
        "action": "modify",
        "productOffering": {"id": offering},
        "product": {"id": product_id},
    }


def delete(offering: str, product_id: str) -> dict[str, Any]:
    """An item that switches something off."""
    return {**modify(offering, product_id), "action": "delete"}


def transfer(amount: float, key: str, *, sender: str = ORDINARY, to: str = POOR) -> dict[str, Any]:
    """The body of a transfer as the contract says."""
    return {
        "reason": "gift",
        "description": key,
        "logicalResource": [{"id": sender}],
        "bucket": {"id": f"main-{sender}"},
        "amount": {"amount": amount, "units": "UAH"},
        "usageType": "monetary",
        "receiverLogicalResource": {"id": to},
        "receiverBucket": {"id": f"main-{to}"},
        "receiverBucketUsageType": "monetary",
        "channel": {"id": "chat"},
    }


def facts(product: dict[str, Any]) -> dict[str, Any]:
    """The characteristics of a product or a use, by name."""
    listed = product.get("productCharacteristic") or product["usageCharacteristic"]
    return {each["name"]: each["value"] for each in listed}


def note(order: dict[str, Any]) -> tuple[str, str | None]:
    """What an order ended as, and the note that tells why."""
    return order["state"], order["note"][-1]["text"] if "note" in order else None


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[Client]:
    """A sandbox that listens, and a client of it with a token."""
    async with opened(settings, clock) as application:
        runner = web.AppRunner(application, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
            async with aiohttp.ClientSession() as http:
                client = Client(http, settings.origin, clock)
                await client.sign_in()
                yield client
        finally:
            await runner.cleanup()


@pytest.fixture(scope="session")
def seeded_template(postgres_dsn: str) -> str:
    """A database with the people in it, to be cloned."""

    async def make() -> None:
        dsn = await clone_database(postgres_dsn, template="template1", name=_TEMPLATE)
        async with opened(settings_for(dsn), Clock()):
            pass

    asyncio.run(make())
    return _TEMPLATE


@pytest.fixture
async def dsn(postgres_dsn: str, seeded_template: str) -> AsyncIterator[str]:
    """Address of a seeded database of this test's own."""
    own = await clone_database(postgres_dsn, template=seeded_template)
    yield own
    await drop_database(postgres_dsn, own)


@pytest.fixture
async def bss(dsn: str) -> AsyncIterator[Client]:
    """A client of a running sandbox."""
    async with running(settings_for(dsn), Clock()) as client:
        yield client
