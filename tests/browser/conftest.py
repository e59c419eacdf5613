"""A Chromium, and for each test a stage on the running system."""

from collections.abc import AsyncIterator, Generator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from scripts.browser import find
from tests.browser.stage import Staff, Stage
from tests.system import System

PATIENCE_MS = 15_000
_HAS_FAILED = pytest.StashKey[bool]()
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a test's stage know that the test has failed."""
    report = yield
    if report.when == "call":
        item.stash[_HAS_FAILED] = report.failed
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The machine's own Chromium, or else Playwright's."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=_ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def staff(system: System) -> Staff:
    """The operators of all tests."""
    return Staff(system)


@pytest_asyncio.fixture(loop_scope="session")
async def stage(
    system: System, chromium: Browser, staff: Staff, request: pytest.FixtureRequest
) -> AsyncIterator[Stage]:
    """An empty queue, nobody online, and browsers for whoever comes."""
    await staff.clear_desks()
    stage = Stage(system, chromium, staff)
    yield stage
    if request.node.stash.get(_HAS_FAILED, False):
        await stage.picture_failure(request.node.name)
    await stage.leave()
    assert stage.watch.faults == []
