"""The heart on a real PostgreSQL: a migrated database and services for every test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from abonent.clock import SystemClock
from handoff.bus import ValkeyBus
from handoff.domain.vocabulary import Channel, Language, OperatorId, Presence, Role
from handoff.services import operators
from handoff.services.ports import Address, NewOperator, Services
from handoff.services.receive import Sender
from handoff.storage import PostgresStore, migrate
from tests.engines import clone_database, drop_database

TEMPLATE = "migrated"

AddOperator = Callable[..., "asyncio.Future[OperatorId]"]


@pytest.fixture(scope="session")
def migrated_template(postgres_dsn: str) -> str:
    """A database with the schema, to be cloned."""

    async def make() -> None:
        await migrate(await clone_database(postgres_dsn, template="template1", name=TEMPLATE))

    asyncio.run(make())
    return TEMPLATE


@pytest.fixture
async def dsn(postgres_dsn: str, migrated_template: str) -> AsyncIterator[str]:
    """Address of a migrated database of this test's own."""
    own = await clone_database(postgres_dsn, template=migrated_template)
    yield own
    await drop_database(postgres_dsn, own)


@pytest.fixture
async def bus(redis_dsn: str) -> AsyncIterator[ValkeyBus]:
    started = ValkeyBus(redis_dsn)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def services(dsn: str, bus: ValkeyBus) -> AsyncIterator[Services]:
    store = await PostgresStore.open(dsn, bus)
    yield Services(store=store, bus=bus, clock=SystemClock(), worker="test", turn_seconds=1.0)
    await store.close()


class Office:
    """Makes operators who are at work."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def hire(
        self,
        login: str,
        *,
        role: Role = Role.OPERATOR,
        capacity: int = 5,
        presence: Presence = Presence.ONLINE,
        skills: tuple[str, ...] = (),
        languages: tuple[Language, ...] = (),
    ) -> OperatorId:
        """An operator; the password is the login."""
        account = NewOperator(login=login, role=role, skills=skills, languages=languages)
        account = replace(account, capacity=capacity)
        operator_id = await operators.add_operator(self._services, account, password=login)
        await self._services.store.touch_operators([operator_id], self._services.clock.now())
        await operators.set_presence(self._services, operator_id, presence, capacity)
        return operator_id


@pytest.fixture
def office(services: Services) -> Office:
    return Office(services)


def visitor(name: str = "v1", locale: str | None = "uk") -> Sender:
    """A subscriber on the web."""
    return Sender(Address(Channel.WEB, "", name), locale=locale)
