"""The connection is cut in the middle: nothing is lost, nothing is said twice."""

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage, picture
from tests.browser.words import UK

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_is_written_without_a_server_is_kept_and_delivered_once(stage: Stage) -> None:
    stage.watch.forgive_lost_connections()
    widget = await stage.waiting(UK, "З мене зняли зайве")
    desk = await stage.operator(UK)
    await desk.accept("З мене зняли зайве")
    killed = stage.system.kill("gateway")
    await widget.say("Написано без зв’язку 1")
    await widget.say("Написано без зв’язку 2")
    await expect(widget.log.get_by_text(UK.widget.kept)).to_have_count(1)
    await picture(widget.page, "connection/kept")
    stage.system.wait_until_started_again("gateway", killed)
    await expect(widget.log.get_by_text(UK.widget.kept)).to_have_count(0)
    for text in ("Написано без зв’язку 1", "Написано без зв’язку 2"):
        await expect(desk.message(text)).to_have_count(1)
        await expect(widget.message(text)).to_have_count(1)
    await desk.answer("Усе дійшло")
    await expect(widget.from_operator).to_have_text(["Усе дійшло"])


async def test_what_is_written_offline_goes_out_after_a_reload(stage: Stage) -> None:
    stage.watch.forgive_lost_connections()
    widget = await stage.subscriber(UK)
    await widget.hear_bot("Як поповнити рахунок?")
    killed = stage.system.kill("gateway")
    await widget.say("Які у вас є тарифи?")
    await expect(widget.log.get_by_text(UK.widget.kept)).to_be_visible()
    stage.system.wait_until_started_again("gateway", killed)
    stage.system.wait_until_ready()
    await widget.page.reload()
    await expect(widget.log.get_by_text(UK.widget.kept)).to_have_count(0)
    await widget.expect_transcript("Як поповнити рахунок?", "Які у вас є тарифи?")


async def test_a_browser_without_network_says_so_and_catches_up(stage: Stage) -> None:
    stage.watch.forgive_lost_connections()
    widget = await stage.waiting(UK, "Пропав зв’язок у метро")
    desk = await stage.operator(UK)
    await desk.accept("Пропав зв’язок у метро")
    await widget.page.context.set_offline(True)
    await widget.say("Я в тунелі")
    await desk.answer("Чекаю на вас")
    await widget.page.context.set_offline(False)
    await expect(desk.message("Я в тунелі")).to_have_count(1)
    await expect(widget.from_operator).to_have_text(["Чекаю на вас"])
    await expect(widget.message("Я в тунелі")).to_have_count(1)


async def test_a_reload_keeps_the_transcript_and_the_draft(stage: Stage) -> None:
    widget = await stage.subscriber(UK)
    await widget.hear_bot("Як поповнити рахунок?")
    said = await widget.log.locator(".bubble").all_inner_texts()
    await widget.field.fill("ще не надіслано")
    await widget.page.reload()
    await expect(widget.log.locator(".bubble")).to_have_text(said)
    await expect(widget.field).to_have_value("ще не надіслано")


async def test_an_operator_whose_desk_dies_goes_on_where_it_was(stage: Stage) -> None:
    stage.watch.forgive_lost_connections()
    widget = await stage.waiting(UK, "Не працює інтернет удома")
    desk = await stage.operator(UK)
    await desk.accept("Не працює інтернет удома")
    killed = stage.system.kill("desk")
    await widget.say("Сказано, поки пульта не було")
    await desk.answer("Відповідь без пульта")
    stage.system.wait_until_started_again("desk", killed)
    await expect(desk.message("Сказано, поки пульта не було")).to_have_count(1)
    await expect(desk.message("Відповідь без пульта")).to_have_count(1)
    await expect(widget.from_operator).to_have_text(["Відповідь без пульта"])
