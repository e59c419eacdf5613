"""Each test of the protocol has its own visitors and operators on one running system."""

from collections.abc import AsyncIterator

import pytest

from tests.protocol.stage import Accounts, Stage, play
from tests.system import System


@pytest.fixture(scope="session")
def accounts(system: System) -> Accounts:
    return Accounts(system)


@pytest.fixture
async def stage(system: System, accounts: Accounts) -> AsyncIterator[Stage]:
    async for one in play(system, accounts):
        yield one
