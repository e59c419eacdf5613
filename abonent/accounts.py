"""Operators' accounts, made from the command line."""

import asyncio
import contextlib

from abonent.clock import SystemClock
from abonent.engines.moment import database
from abonent.errors import CommandError
from abonent.settings import Settings
from handoff.bus import ValkeyBus
from handoff.domain.errors import LoginTaken
from handoff.domain.vocabulary import Role
from handoff.services.operators import add_operator
from handoff.services.ports import NewOperator, Services
from handoff.storage import PostgresStore, migrate

DEMO_LOGIN = "demo"


def create_account(settings: Settings, account: NewOperator, password: str) -> None:
    """Make an operator's account, whether or not the system runs.

    Raises:
        CommandError: there is one of this name, or the database cannot be had.
    """
    try:
        asyncio.run(_create(settings, account, password))
    except LoginTaken as error:
        raise CommandError(f"there is an operator {account.login} already.") from error


def ensure_demo_account(settings: Settings) -> str:
    """Make the demo operator's account if there is none; return its password."""
    password = settings.kept.secret("demo.password")
    account = NewOperator(login=DEMO_LOGIN, role=Role.ADMIN, name="Demo")
    with contextlib.suppress(LoginTaken):
        asyncio.run(_create(settings, account, password))
    return password


async def _create(settings: Settings, account: NewOperator, password: str) -> None:
    async with database(settings) as dsn:
        await migrate(dsn)
        bus = ValkeyBus(settings.redis_dsn)
        store = await PostgresStore.open(dsn, bus, size=1)
        try:
            services = Services(store=store, bus=bus, clock=SystemClock())
            await add_operator(services, account, password=password)
        finally:
            await store.close()
            await bus.stop()
