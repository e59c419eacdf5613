"""A server and a client of it for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from bss.wire.server import Server

from actions.bss import Bss, Limits

QUICK = Limits(
    answer_seconds=0.4,
    retry_pause_seconds=0.02,
    order_seconds=0.5,
    poll_seconds=0.04,
    look_up_pause_seconds=0.1,
)


class Hands:
    """A clock one turns."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    started = Server()
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def client(server: Server, clock: Hands) -> AsyncIterator[Bss]:
    made = Bss(server.settings, limits=QUICK, clock=clock)
    yield made
    await made.close()
