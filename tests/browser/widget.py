"""The widget on a page, used as a subscriber uses it."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.words import Language


class Widget:
    """The bubble and the panel of one page."""

    def __init__(self, page: Page, language: Language) -> None:
        self.page = page
        self.language = language
        self.words = language.widget
        self.root = page.locator("abonent-chat")
        self.panel = self.root.get_by_role("dialog")
        self.log = self.panel.get_by_role("log")
        self.field = self.panel.get_by_label(self.words.field)
        self.status = self.panel.get_by_role("status").first
        # A message's side is told by its place on the screen, which only its style knows.
        self.from_bot = self.log.locator(".row.bot:not(.typing) .bubble")
        self.from_operator = self.log.locator(".row.operator:not(.typing) .bubble")
        self.own = self.log.locator(".row.own .bubble")

    async def visit(self, site: str) -> None:
        """Open the demonstration site."""
        await self.page.goto(f"{site}/")

    @property
    def launcher(self) -> Locator:
        """The bubble while the panel is closed, with or without unread messages."""
        return self.root.get_by_role("button", name=re.compile(f"^{self.words.open}"))

    async def open(self) -> None:
        """Open the panel."""
        await self.launcher.click()
        await expect(self.field).to_be_visible()

    async def say(self, text: str) -> None:
        """Write a message and send it."""
        await self.field.fill(text)
        await self.panel.get_by_role("button", name=self.words.send, exact=True).click()
        await expect(self.field).to_have_value("")

    async def hear_bot(self, text: str) -> str:
        """Say something to the bot and return the first message of its answer."""
        heard = await self.from_bot.count()
        await self.say(text)
        await expect(self.from_bot.nth(heard)).not_to_be_empty()
        return await self.from_bot.nth(heard).inner_text()

    async def ask_for_person(self) -> None:
        """Press the button that calls a person."""
        # The bot may offer the same below its answer: this is the one that is always there.
        await self.panel.get_by_role("button", name=self.words.person).last.click()

    async def call_person(self) -> None:
        """Ask for a person, and see that one is called."""
        await self.ask_for_person()
        await expect(self.panel.get_by_role("button", name=self.words.leave_queue)).to_be_visible()

    def message(self, text: str) -> Locator:
        """A message by its whole text, whoever said it."""
        return self.log.locator(".bubble").get_by_text(text, exact=True)

    async def expect_transcript(self, *texts: str) -> None:
        """See one's own messages, in this order, each once."""
        await expect(self.own).to_have_text(list(texts))
