"""Signing in, and being refused."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk
from tests.browser.stage import Stage, picture
from tests.browser.words import EN

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_wrong_passwords_are_refused_then_throttled_in_words(stage: Stage) -> None:
    stage.watch.forgive(r"status of (401|429) ")
    browser = await stage.browser(EN)
    desk = Desk(await browser.new_page(), EN, "nobody-of-this-name")
    await desk.visit(stage.system.url)
    alert = desk.page.get_by_role("alert")
    for attempt in range(5):
        await desk.try_password(f"wrong {attempt}")
        await expect(alert).to_have_text("The login or the password is wrong.")
    await desk.try_password("wrong again")
    await expect(alert).to_have_text(re.compile(r"Too many tries. Try again in \d+ seconds\."))
    await expect(desk.page.get_by_role("button", name=EN.console.sign_in)).to_be_disabled()
    await picture(desk.page, "sign-in/throttled")


async def test_a_session_lasts_over_a_reload_and_ends_with_signing_out(stage: Stage) -> None:
    desk = await stage.operator_signed_in(EN)
    await desk.page.reload()
    await expect(desk.queue).to_be_visible()
    await desk.page.get_by_role("button", name=desk.name).click()
    await desk.page.get_by_role("menuitem", name="Sign out").click()
    await expect(desk.page.get_by_label(EN.console.login)).to_be_visible()
    await desk.page.reload()
    await expect(desk.page.get_by_label(EN.console.login)).to_be_visible()
