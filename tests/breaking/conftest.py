"""A system of this folder's own: its processes are killed, and it heals."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.breaking.settings import GRACE_SECONDS
from tests.protocol.stage import Accounts, Stage, play
from tests.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The whole system, with a short grace for operators who vanish."""
    grace = {"OPERATOR_GRACE_SECONDS": str(GRACE_SECONDS)}
    whole = System(tmp_path_factory.mktemp("broken") / "data", grace)
    try:
        whole.start()
        yield whole
    finally:
        whole.stop()


@pytest.fixture(scope="session")
def accounts(system: System) -> Accounts:
    return Accounts(system)


@pytest.fixture
async def stage(system: System, accounts: Accounts) -> AsyncIterator[Stage]:
    async for one in play(system, accounts):
        yield one
