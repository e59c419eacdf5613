"""Everything can be done without a mouse."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.desk import Desk
from tests.browser.stage import OLENA, Stage
from tests.browser.widget import Widget
from tests.browser.words import EN

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MOST_STOPS = 60


async def test_a_subscriber_needs_no_mouse(stage: Stage) -> None:
    browser = await stage.browser(EN)
    widget = Widget(await browser.new_page(), EN)
    await widget.visit(stage.system.url)
    keys = widget.page.keyboard
    await tab_to(widget.page, widget.launcher)
    await keys.press("Enter")
    await expect(widget.field).to_be_focused()
    await keys.type("How do I top up?")
    await keys.press("Shift+Enter")
    await keys.type("By card")
    await keys.press("Enter")
    await expect(widget.own).to_have_text(["How do I top up?\nBy card"], use_inner_text=True)
    await expect(widget.from_bot.nth(1)).not_to_be_empty()
    await tab_to(widget.page, widget.panel.get_by_role("button", name=EN.widget.person).last)
    await keys.press("Enter")
    leave = widget.panel.get_by_role("button", name=EN.widget.leave_queue)
    await tab_to(widget.page, leave)
    await keys.press("Space")
    await expect(widget.log).to_contain_text(EN.widget.bot_again)
    await keys.press("Escape")
    await expect(widget.panel).to_have_count(0)
    await expect(widget.launcher).to_be_focused()


async def test_escape_closes_the_menu_before_the_panel(stage: Stage) -> None:
    widget = await stage.subscriber(EN)
    menu = widget.panel.get_by_role("button", name=EN.widget.menu)
    await menu.press("Enter")
    await expect(widget.panel.get_by_role("button", name="Українська")).to_be_focused()
    await widget.page.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await expect(widget.panel).to_be_visible()
    await widget.page.keyboard.press("Escape")
    await expect(widget.panel).to_have_count(0)


async def test_an_operator_needs_no_mouse(stage: Stage) -> None:
    widget = await stage.waiting(EN, "No mouse here")
    browser = await stage.browser(EN)
    desk = Desk(await browser.new_page(), EN, OLENA)
    await desk.visit(stage.system.url)
    keys = desk.page.keyboard
    await expect(desk.page.get_by_label(EN.console.login)).to_be_focused()
    await keys.type(OLENA)
    await keys.press("Tab")
    await keys.type(await stage.password(OLENA))
    await keys.press("Enter")
    await expect(desk.queue).to_be_visible()
    await tab_to(desk.page, desk.page.get_by_role("button", name=EN.console.go_online))
    await keys.press("Enter")
    await keys.press("Alt+a")
    await expect(desk.reply).to_be_focused()
    await keys.type("Hello from the keyboard")
    await keys.press("Enter")
    await expect(widget.from_operator).to_have_text(["Hello from the keyboard"])
    await keys.press("Alt+c")
    dialog = desk.page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await keys.press("Escape")
    await expect(dialog).to_have_count(0)
    await keys.press("Alt+c")
    await tab_to(desk.page, dialog.get_by_role("button", name=EN.console.close_conversation))
    await keys.press("Enter")
    await expect(widget.log).to_contain_text(EN.widget.ended)


async def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus."""
    await expect(wanted).to_be_visible()
    for _ in range(MOST_STOPS):
        if await wanted.evaluate("each => each.getRootNode().activeElement === each"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {wanted}")
