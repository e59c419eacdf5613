"""What the bot does by itself, in a real browser: a number is proved, a package bought once."""

import json
import re
from urllib.request import urlopen

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage, picture
from tests.browser.words import EN
from tests.system import System

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NUMBER = "380500000001"


def newest_code(system: System) -> str:
    """The six figures in the last SMS on the sandbox's phone."""
    with urlopen(f"{system.settings.bss_url}/phone/{NUMBER}/messages") as answer:
        messages = json.load(answer)
    found = re.search(r"\d{6}", max(messages, key=lambda message: message["at"])["text"])
    assert found
    return found[0]


async def test_a_proved_subscriber_buys_a_package(stage: Stage) -> None:
    widget = await stage.subscriber(EN)
    await widget.say("How much money is on my account?")
    await expect(widget.from_bot.last).to_contain_text("I will text a code")
    await widget.say("050 000 00 01")
    await expect(widget.from_bot.last).to_contain_text("six digits")
    await widget.say(newest_code(stage.system))
    await expect(widget.from_bot.last).to_contain_text("+380 50 000 00 01")
    await widget.say("I want to buy more data")
    await widget.panel.get_by_role("button", name=re.compile("^5 GB for 7 days")).last.click()
    await expect(widget.from_bot.last).to_contain_text("will be charged")
    await widget.panel.get_by_role("button", name=re.compile("^Yes")).last.click()
    await expect(widget.from_bot.last).to_contain_text("Done", timeout=10_000)
    await picture(widget.page, "bot/self-service")
