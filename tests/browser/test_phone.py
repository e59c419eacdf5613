"""The widget on a phone's screen."""

import pytest
from playwright.async_api import expect

from tests.browser.stage import PHONE, Stage, picture
from tests.browser.widget import Widget
from tests.browser.words import RU

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
async def test_the_panel_fills_a_phone_and_gives_the_page_back(stage: Stage, is_dark: bool) -> None:
    browser = await stage.browser(RU, viewport=PHONE, is_dark=is_dark, is_touch=True)
    widget = Widget(await browser.new_page(), RU)
    await widget.visit(stage.system.url)
    scheme = "dark" if is_dark else "light"
    await picture(widget.page, f"phone/site-{scheme}")
    await widget.launcher.tap()
    await expect(widget.field).to_be_visible()
    assert await widget.panel.bounding_box() == {"x": 0, "y": 0, **PHONE}
    await expect(widget.launcher).to_have_count(0)
    await widget.hear_bot("Как пополнить счёт?")
    await picture(widget.page, f"phone/answered-{scheme}")
    await expect(widget.field).to_be_in_viewport(ratio=1)
    await widget.panel.get_by_role("button", name=RU.widget.close).tap()
    await expect(widget.panel).to_have_count(0)
    await expect(widget.launcher).to_be_in_viewport(ratio=1)


async def test_nothing_is_wider_than_a_small_phone(stage: Stage) -> None:
    browser = await stage.browser(RU, viewport={"width": 320, "height": 568}, is_touch=True)
    widget = Widget(await browser.new_page(), RU)
    await widget.visit(stage.system.url)
    assert await widget.page.evaluate("document.documentElement.scrollWidth") == 320
    await widget.open()
    await widget.hear_bot("Как пополнить счёт?")
    await picture(widget.page, "phone/small")
    assert not await widget.log.evaluate("each => each.scrollWidth > each.clientWidth")
