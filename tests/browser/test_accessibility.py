"""What a machine can tell of labels, roles and contrast: nothing is wrong on any screen."""

from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.stage import OLENA, Stage, picture
from tests.browser.widget import Widget
from tests.browser.words import EN, RU, UK

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
REPAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Inspector:
    """Looks at screens as they come, and tells of all that is wrong with them at the end."""

    def __init__(self) -> None:
        self.violations: list[str] = []

    async def inspect(self, page: Page, screen: str) -> None:
        """Let axe look at the page as it is now, light and dark."""
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await page.evaluate(REPAINTED)
            await picture(page, f"accessibility/{screen}-{scheme}")
            found = await Axe().run(page, options={"runOnly": WCAG})
            self.violations += [
                f"{screen}, {scheme}: {violation['help']}: {node['target']} "
                f"{node['failureSummary']}"
                for violation in found.response["violations"]
                for node in violation["nodes"]
            ]

    def expect_no_violations(self) -> None:
        """Fail with all that was found."""
        assert not self.violations, "\n".join(self.violations)


async def test_the_site_and_the_widget(stage: Stage) -> None:
    inspector = Inspector()
    browser = await stage.browser(RU)
    widget = Widget(await browser.new_page(), RU)
    await widget.visit(stage.system.url)
    await inspector.inspect(widget.page, "site")
    await widget.open()
    await inspector.inspect(widget.page, "opened")
    await widget.hear_bot("роуминг")
    await widget.call_person()
    await inspector.inspect(widget.page, "queued")
    desk = await stage.operator(RU)
    await desk.accept("роуминг")
    await desk.answer("Здравствуйте, чем помочь?")
    await desk.close()
    await expect(widget.log).to_contain_text(RU.widget.ended)
    await widget.panel.get_by_role("radio", name=RU.widget.best_score).check()
    await inspector.inspect(widget.page, "rating")
    await widget.panel.get_by_role("button", name=RU.widget.menu).click()
    await inspector.inspect(widget.page, "menu")
    inspector.expect_no_violations()


async def test_the_console(stage: Stage) -> None:
    await stage.waiting(UK, "Скільки грошей на рахунку?")
    await stage.waiting(EN, "My internet is slow")
    inspector = Inspector()
    browser = await stage.browser(UK)
    desk = Desk(await browser.new_page(), UK, OLENA)
    await desk.visit(stage.system.url)
    await inspector.inspect(desk.page, "sign-in")
    await desk.sign_in(stage.system.url, await stage.password(OLENA))
    await inspector.inspect(desk.page, "desk")
    await desk.go_online()
    await desk.accept("Скільки грошей на рахунку?")
    await desk.leave_note("Перевірити тариф")
    await desk.answer("Вітаю, дивлюся")
    await inspector.inspect(desk.page, "conversation")
    await desk.page.keyboard.press("Alt+c")
    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    await inspector.inspect(desk.page, "closing")
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_role("dialog")).to_have_count(0)
    await desk.page.get_by_role("link", name=UK.console.history).click()
    await expect(desk.page.get_by_role("searchbox")).to_be_visible()
    await inspector.inspect(desk.page, "history")
    inspector.expect_no_violations()


async def test_the_desk_on_a_small_screen(stage: Stage) -> None:
    await stage.waiting(UK, "Скільки грошей на рахунку?")
    inspector = Inspector()
    desk = await stage.operator_signed_in(UK, viewport={"width": 1024, "height": 768})
    await desk.go_online()
    await desk.accept("Скільки грошей на рахунку?")
    await desk.answer("Вітаю, дивлюся")
    await inspector.inspect(desk.page, "small")
    assert await desk.page.evaluate("document.documentElement.scrollWidth") == 1024
    inspector.expect_no_violations()
