"""The subscriber chooses the language."""

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage
from tests.browser.widget import Widget
from tests.browser.words import EN, RU, UK, language_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_menus_choice_of_language_lasts_over_a_reload(stage: Stage) -> None:
    widget = await stage.subscriber(UK)
    await widget.panel.get_by_role("button", name=UK.widget.menu).click()
    await widget.panel.get_by_role("button", name=RU.name).click()
    russian = Widget(widget.page, RU)
    await expect(russian.field).to_be_visible()
    await widget.page.reload()
    await expect(russian.field).to_be_visible()
    await expect(russian.log).to_contain_text("Здравствуйте!")


async def test_the_sites_choice_of_language_is_the_widgets_too(stage: Stage) -> None:
    browser = await stage.browser(UK)
    page = await browser.new_page()
    await page.goto(stage.system.url)
    await page.get_by_role("button", name="EN", exact=True).click()
    await expect(page.locator("html")).to_have_attribute("lang", EN.code)
    widget = Widget(page, EN)
    await widget.open()
    await expect(widget.log).to_contain_text("Hello!")


async def test_the_bot_follows_a_subscriber_who_changes_the_language(stage: Stage) -> None:
    widget = await stage.subscriber(UK)
    for language in (RU, EN, UK):
        answer = await widget.hear_bot(language.speech.question)
        assert language_of(answer) == language.code
