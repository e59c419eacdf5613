"""The whole story: a subscriber asks, the bot answers, a person takes over."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.desk import Desk
from tests.browser.stage import OLENA, Stage, picture
from tests.browser.widget import Widget
from tests.browser.words import LANGUAGES, Language, language_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
async def test_the_story_plays_from_the_first_question_to_the_next_visit(
    stage: Stage, language: Language
) -> None:
    widget = await stage.subscriber(language)
    await the_bot_answers(widget)
    await a_button_is_pressed(widget)
    desk = await stage.operator_signed_in(language)
    await a_person_is_called(widget)
    await the_operator_sees_who_waits(widget, desk)
    await the_operator_takes_over(widget, desk)
    await they_talk(widget, desk)
    await the_operator_leaves_a_note(widget, desk)
    await the_bot_has_it_again(widget, desk)
    await the_operator_closes_it(widget, desk)
    await the_subscriber_rates(widget)
    await the_next_message_opens_another(widget)
    await the_operator_reads_the_past(desk, language)


async def the_bot_answers(widget: Widget) -> None:
    await show(widget, "01-opened")
    answer = await widget.hear_bot(widget.language.speech.question)
    assert language_of(answer) == widget.language.code
    await show(widget, "02-answered")


async def a_button_is_pressed(widget: Widget) -> None:
    """A vague word is answered with buttons; what the pressed one means is answered in turn."""
    language = widget.language
    offer = await widget.hear_bot(language.speech.vague)
    assert language_of(offer) == language.code
    choice = widget.log.locator(".buttons").last.get_by_role("button").first
    title = await choice.inner_text()
    await show(widget, "03-buttons")
    heard = await widget.from_bot.count()
    await choice.click()
    await expect(widget.log.get_by_role("button", name=title, disabled=True)).to_be_visible()
    await expect(widget.own.last).to_have_text(title)
    await expect(widget.from_bot.nth(heard)).not_to_be_empty()
    assert language_of(await widget.from_bot.nth(heard).inner_text()) == language.code


async def a_person_is_called(widget: Widget) -> None:
    """Nobody is online, and that is said; the question waits all the same."""
    await widget.say(widget.language.speech.plea)
    await widget.call_person()
    await expect(widget.panel).to_contain_text(widget.words.nobody_online)
    await show(widget, "04-nobody-online")


async def the_operator_sees_who_waits(widget: Widget, desk: Desk) -> None:
    """The entry tells channel, language, reason, waiting time and what it is about."""
    speech, words = widget.language.speech, desk.words
    entry = desk.entry(speech.plea)
    await expect(entry).to_be_visible()
    await expect(entry.get_by_role("img", name=words.channel)).to_be_visible()
    await expect(entry.get_by_label(words.language)).to_have_text(widget.language.code)
    await expect(entry).to_contain_text(words.asked_for_person)
    await expect(entry.get_by_title(re.compile(f"^{words.waiting} "))).to_be_visible()
    await expect(entry).to_contain_text(words.unexpected_charge)
    await picture(desk.page, f"{widget.language.code}/05-queue")
    await desk.go_online()
    await expect(widget.panel).to_contain_text(widget.words.next_in_queue)
    await show(widget, "06-next")


async def the_operator_takes_over(widget: Widget, desk: Desk) -> None:
    """Both sides hear of it, and the operator reads what the bot and the subscriber said."""
    speech, words = widget.language.speech, desk.words
    await desk.accept(speech.plea)
    await expect(widget.log).to_contain_text(widget.words.joined.format(name=OLENA))
    await expect(widget.status).to_contain_text(OLENA)
    asked = desk.message(speech.question)
    await expect(asked).to_contain_text(
        re.compile(rf"{words.balance} · \d+\s?% · {words.answered}")
    )
    by_bot = desk.transcript.get_by_role("article", name=re.compile(f"^{words.bot}, "))
    assert language_of(await by_bot.first.inner_text()) == widget.language.code
    await picture(desk.page, f"{widget.language.code}/07-accepted")


async def they_talk(widget: Widget, desk: Desk) -> None:
    """Each sees the other writing; the subscriber sees who answers."""
    speech = widget.language.speech
    await widget.field.press_sequentially(speech.typed)
    await expect(desk.transcript.get_by_text(speech.typed, exact=True)).to_be_visible()
    await picture(desk.page, f"{widget.language.code}/08-typing-preview")
    await desk.reply.press_sequentially(speech.reply[:5])
    await expect(widget.log.get_by_text(widget.words.typing.format(name=OLENA))).to_be_attached()
    await desk.answer(speech.reply)
    await expect(widget.from_operator).to_have_text([speech.reply])
    await expect(widget.log.locator(".row.operator").first).to_contain_text(OLENA)
    await show(widget, "09-operator-answered")
    await widget.field.fill("")


async def the_operator_leaves_a_note(widget: Widget, desk: Desk) -> None:
    """A note is for colleagues: nothing of it reaches the subscriber's page."""
    note = widget.language.speech.note
    await desk.leave_note(note)
    await picture(desk.page, f"{widget.language.code}/10-note")
    await desk.answer("1")
    await expect(widget.from_operator.last).to_have_text("1")
    await expect(widget.page.get_by_text(note)).to_have_count(0)


async def the_bot_has_it_again(widget: Widget, desk: Desk) -> None:
    """Returned to the bot, the subscriber is answered by it; asking for a person works again."""
    speech = widget.language.speech
    await desk.return_to_bot()
    await expect(widget.log).to_contain_text(widget.words.bot_again)
    answer = await widget.hear_bot(speech.again)
    assert language_of(answer) == widget.language.code
    await widget.call_person()
    await desk.accept(speech.again)
    await expect(widget.status).to_contain_text(OLENA)


async def the_operator_closes_it(widget: Widget, desk: Desk) -> None:
    farewell = widget.language.speech.farewell
    await desk.answer(farewell)
    await expect(widget.from_operator.last).to_have_text(farewell)
    await desk.close()
    await expect(widget.log).to_contain_text(widget.words.ended)
    await expect(desk.own.get_by_role("listitem")).to_have_count(0)


async def the_subscriber_rates(widget: Widget) -> None:
    words = widget.words
    form = widget.log.get_by_role("form", name=words.rating)
    await form.get_by_role("radio", name=words.best_score).check()
    await form.get_by_label(words.comment).fill(widget.language.speech.comment)
    await show(widget, "11-rating")
    await form.get_by_role("button", name=words.send_rating).click()
    await expect(widget.log).to_contain_text(words.thanks)


async def the_next_message_opens_another(widget: Widget) -> None:
    answer = await widget.hear_bot(widget.language.speech.return_visit)
    assert language_of(answer) == widget.language.code
    await expect(widget.log.get_by_text(widget.words.new_conversation, exact=True)).to_be_visible()
    await show(widget, "12-next-conversation")


async def the_operator_reads_the_past(desk: Desk, language: Language) -> None:
    """The closed conversation is found, whole, with its outcome and its score."""
    words, speech = desk.words, language.speech
    await desk.page.get_by_role("link", name=words.history).click()
    await desk.page.get_by_role("searchbox").fill(speech.farewell)
    await desk.page.get_by_role("listitem").get_by_role("button").first.click()
    for text in (speech.plea, speech.reply, speech.note, speech.farewell):
        await expect(desk.transcript).to_contain_text(text)
    await expect(desk.transcript).to_contain_text(words.closed_as)
    await expect(desk.transcript).to_contain_text(words.rated)
    await expect(desk.transcript).to_contain_text(speech.comment)
    await picture(desk.page, f"{language.code}/13-history")


async def show(widget: Widget, step: str) -> None:
    await picture(widget.page, f"{widget.language.code}/{step}")
