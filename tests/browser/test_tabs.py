"""One visitor, two tabs."""

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage
from tests.browser.words import RU

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_two_tabs_show_the_same_conversation(stage: Stage) -> None:
    first = await stage.subscriber(RU)
    second = await stage.subscriber_in(first.page.context, RU)
    await first.hear_bot("Как пополнить счёт?")
    await second.expect_transcript("Как пополнить счёт?")
    await expect(second.from_bot).to_have_text(await first.from_bot.all_inner_texts())
    await second.hear_bot("Какие у вас есть тарифы?")
    await first.expect_transcript("Как пополнить счёт?", "Какие у вас есть тарифы?")
    await expect(first.from_bot).to_have_text(await second.from_bot.all_inner_texts())


async def test_an_operators_answer_comes_to_both_tabs_and_waits_as_unread(stage: Stage) -> None:
    first = await stage.waiting(RU, "Пропала связь на даче")
    second = await stage.subscriber_in(first.page.context, RU)
    await second.panel.get_by_role("button", name=RU.widget.close).click()
    desk = await stage.operator(RU)
    await desk.accept("Пропала связь на даче")
    await first.page.close()
    await desk.answer("Смотрю вышку рядом с вами")
    await expect(second.launcher).to_have_accessible_name(f"{RU.widget.open}, непрочитанных: 1")
    await second.open()
    await expect(second.from_operator).to_have_text(["Смотрю вышку рядом с вами"])
    await second.panel.get_by_role("button", name=RU.widget.close).click()
    await expect(second.launcher).to_have_accessible_name(RU.widget.open)
