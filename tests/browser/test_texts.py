"""Whatever is written comes out as it was written."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.stage import Stage, picture
from tests.browser.words import UK

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOSTILE = (
    '<img src=x onerror="document.title=1"><script>document.title=2</script>',
    "'; DROP TABLE conversations; --",
    "**не жирно** [посилання](javascript:alert(1)) &lt;b&gt;",
)
RIGHT_TO_LEFT = "مرحبا، لا يعمل الإنترنت عندي"
EMOJI = "🇺🇦👨‍👩‍👧‍👦🤷🏽‍♀️❤️‍🔥"
LONG_WORD = "щ" * 300
LONG = "Довга історія про рахунок. " * 110


async def test_markup_and_statements_are_shown_as_they_were_written(stage: Stage) -> None:
    widget = await stage.waiting(UK, "Питання з дужками")
    desk = await stage.operator(UK)
    await desk.accept("Питання з дужками")
    title = await widget.page.title()
    for text in HOSTILE:
        await widget.say(text)
        await expect(desk.message(text)).to_be_visible()
        await desk.answer(f"{text} — так")
        await expect(widget.message(f"{text} — так")).to_be_visible()
    await expect(widget.own).to_have_text(["Питання з дужками", *HOSTILE])
    await expect(widget.log.locator("img, script, a[href^=javascript]")).to_have_count(0)
    await expect(desk.transcript.locator("img, script, a[href^=javascript]")).to_have_count(0)
    assert await widget.page.title() == title
    await picture(widget.page, "texts/hostile-widget")
    await picture(desk.page, "texts/hostile-console")


async def test_long_right_to_left_and_emoji_texts_fit_both_screens(stage: Stage) -> None:
    widget = await stage.waiting(UK, "Різні письма")
    desk = await stage.operator(UK)
    await desk.accept("Різні письма")
    for text in (RIGHT_TO_LEFT, EMOJI, LONG_WORD):
        await widget.say(text)
        await expect(desk.message(text)).to_be_visible()
        await expect(widget.message(text)).to_be_visible()
    assert await is_right_to_left(widget.message(RIGHT_TO_LEFT))
    assert await is_right_to_left(desk.transcript.get_by_text(RIGHT_TO_LEFT, exact=True))
    await widget.say(LONG)
    await expect(desk.transcript).to_contain_text(LONG.strip()[-100:])
    assert not await overflows(widget.log)
    assert not await overflows(desk.transcript)
    await picture(widget.page, "texts/long-widget")
    await picture(desk.page, "texts/long-console")


async def test_a_text_over_the_limit_is_counted_and_cannot_be_sent(stage: Stage) -> None:
    widget = await stage.subscriber(UK)
    await widget.field.fill("а" * 4_001)
    await expect(widget.panel).to_contain_text("Зайвих знаків: 1")
    send = widget.panel.get_by_role("button", name=UK.widget.send, exact=True)
    await expect(send).to_be_disabled()
    await widget.field.fill("а" * 4_000)
    await expect(send).to_be_enabled()


async def is_right_to_left(text: Locator) -> bool:
    """Whether a text's lines begin at the right."""
    script = """element => {
        const { direction, unicodeBidi } = getComputedStyle(element);
        return direction === "rtl" || unicodeBidi === "plaintext";
    }"""
    return bool(await text.evaluate(script))


async def overflows(place: Locator) -> bool:
    """Whether something is wider than the place it is in."""
    return bool(await place.evaluate("each => each.scrollWidth > each.clientWidth"))
