"""The bot beside people: silent when a person answers, replaced when it cannot."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage, picture
from tests.browser.words import EN

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_while_a_person_answers_the_bot_only_suggests(stage: Stage) -> None:
    widget = await stage.waiting(EN, "I have a question about my account")
    desk = await stage.operator(EN)
    await desk.accept("I have a question about my account")
    heard = await widget.from_bot.count()
    await widget.say(EN.speech.again)
    suggestion = desk.page.get_by_role("complementary", name="The bot would say")
    await expect(suggestion).to_be_visible()
    await suggestion.get_by_role("button", name="Insert").click()
    await expect(desk.reply).to_have_value(re.compile("top up"))
    await picture(desk.page, "bot/suggestion")
    await desk.reply.press("Enter")
    await expect(widget.from_operator.last).to_contain_text("top up")
    await expect(widget.from_bot).to_have_count(heard)


async def test_a_bot_that_hangs_is_replaced_by_a_person(stage: Stage) -> None:
    desk = await stage.operator(EN)
    widget = await stage.subscriber(EN)
    await widget.hear_bot(EN.speech.question)
    stage.system.freeze("bot")
    try:
        await widget.say("Is anybody there?")
        await expect(widget.panel).to_contain_text(EN.widget.next_in_queue)
    finally:
        stage.system.thaw("bot")
    await expect(desk.entry("Is anybody there?")).to_contain_text("Bot did not answer")
    await desk.accept("Is anybody there?")
    await desk.answer("I am")
    await expect(widget.from_operator).to_have_text(["I am"])
