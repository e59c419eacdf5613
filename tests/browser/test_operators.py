"""Several operators and several conversations."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.stage import MARKO, OLENA, Stage, picture
from tests.browser.words import EN, RU, UK

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_of_two_who_accept_at_once_one_wins_and_the_other_is_told_calmly(
    stage: Stage,
) -> None:
    widget = await stage.waiting(UK, "Хто перший?")
    desks = [await stage.operator(UK, OLENA), await stage.operator(UK, MARKO)]
    buttons = [
        desk.entry("Хто перший?").get_by_role("button", name=UK.console.accept) for desk in desks
    ]
    # Both have asked before the desk hears of either.
    stage.system.freeze("desk")
    try:
        for button in buttons:
            await button.click()
    finally:
        stage.system.thaw("desk")
    await expect(widget.log).to_contain_text(re.compile(f"({OLENA}|{MARKO}) на зв’язку"))
    status = await widget.status.inner_text()
    winner, loser = desks if OLENA in status else reversed(desks)
    await expect(winner.own.get_by_role("listitem")).to_have_count(1)
    await expect(loser.page.get_by_text("колега встиг раніше")).to_be_visible()
    await picture(loser.page, "operators/taken")
    await expect(loser.own.get_by_role("listitem")).to_have_count(0)
    await expect(loser.entry("Хто перший?")).to_have_count(0)


async def test_several_conversations_show_which_has_something_unread(stage: Stage) -> None:
    first = await stage.waiting(UK, "Чому інтернет такий повільний?")
    second = await stage.waiting(RU, "Какие у вас тарифы?")
    desk = await stage.operator(EN)
    name = await desk.accept("Чому інтернет такий повільний?")
    await desk.accept("Какие у вас тарифы?")
    await first.say("Ви ще тут?")
    await expect(desk.own_conversation(name)).to_contain_text("1 unread message")
    await expect(desk.own_conversation(name)).to_contain_text("Ви ще тут?")
    await picture(desk.page, "operators/unread")
    await desk.open_conversation(name)
    await expect(desk.own_conversation(name)).not_to_contain_text("unread")
    await desk.answer("Так, тут")
    await expect(first.from_operator).to_have_text(["Так, тут"])
    await expect(second.from_operator).to_have_count(0)


async def test_a_conversation_is_transferred_with_its_past(stage: Stage) -> None:
    widget = await stage.waiting(UK, "Питання про рахунок компанії")
    olena, marko = await stage.operator(UK, OLENA), await stage.operator(UK, MARKO)
    name = await olena.accept("Питання про рахунок компанії")
    await olena.answer("Передаю колезі")
    await olena.transfer(MARKO)
    await expect(widget.log).to_contain_text(UK.widget.joined.format(name=MARKO))
    await expect(olena.own.get_by_role("listitem")).to_have_count(0)
    await marko.open_conversation(name)
    await expect(marko.message("Передаю колезі")).to_have_count(1)
    await expect(marko.message("Питання про рахунок компанії")).to_have_count(1)
    await marko.answer("Вітаю, далі я")
    await expect(widget.from_operator).to_have_text(["Передаю колезі", "Вітаю, далі я"])


async def test_the_second_in_the_queue_moves_up(stage: Stage) -> None:
    first = await stage.waiting(EN, "I was here first")
    second = await stage.waiting(EN, "I came a little later")
    desk = await stage.operator(EN)
    await expect(second.panel).to_contain_text(EN.widget.second_in_queue)
    await first.panel.get_by_role("button", name=EN.widget.leave_queue).click()
    await expect(first.log).to_contain_text(EN.widget.bot_again)
    await expect(second.panel).to_contain_text(EN.widget.next_in_queue)
    await expect(desk.entry("I was here first")).to_have_count(0)


async def test_whoever_accepts_automatically_is_given_the_next(stage: Stage) -> None:
    desk = await stage.operator(EN)
    await desk.page.get_by_role("switch", name="Accept automatically").press("Space")
    widget = await stage.subscriber(EN)
    await widget.hear_bot("How much money is on my account?")
    await widget.ask_for_person()
    await expect(widget.log).to_contain_text(EN.widget.joined.format(name=OLENA))
    await expect(desk.message("How much money is on my account?")).to_be_visible()
    await expect(desk.queue.get_by_role("article")).to_have_count(0)
