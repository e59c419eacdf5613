"""The console, used as an operator uses it."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.words import Language


class Desk:
    """The console in one window."""

    def __init__(self, page: Page, language: Language, name: str) -> None:
        self.page = page
        self.words = language.console
        self.name = name
        self.queue = page.get_by_role("region", name=self.words.queue, exact=True)
        self.own = page.get_by_role("region", name=self.words.own, exact=True)
        self.transcript = page.get_by_role("log", name=self.words.transcript)
        self.reply = page.get_by_label(self.words.reply)

    async def visit(self, site: str) -> None:
        """Open the console."""
        await self.page.goto(f"{site}/console/")
        await expect(self.page.get_by_label(self.words.login)).to_be_visible()

    async def try_password(self, password: str) -> None:
        """Fill in the form and send it, whatever comes of it."""
        await self.page.get_by_label(self.words.login).fill(self.name)
        await self.page.get_by_label(self.words.password, exact=True).fill(password)
        await self.page.get_by_role("button", name=self.words.sign_in).click()

    async def sign_in(self, site: str, password: str) -> None:
        """Open the console and sign in."""
        await self.visit(site)
        await self.try_password(password)
        await expect(self.queue).to_be_visible()

    async def go_online(self) -> None:
        """Say that conversations may come."""
        await self.page.get_by_role("button", name=self.words.go_online).click()
        await expect(
            self.page.get_by_role("radio", name=self.words.online, exact=True)
        ).to_be_checked()

    def entry(self, text: str) -> Locator:
        """The queue's entry that speaks of something."""
        return self.queue.get_by_role("article").filter(has_text=text)

    async def accept(self, text: str) -> str:
        """Take a conversation from the queue, see what was said in it, and return whose it is."""
        entry = self.entry(text)
        name = await entry.get_attribute("aria-label")
        await entry.get_by_role("button", name=re.compile(f"^{self.words.accept}")).click()
        await expect(self.message(text)).to_be_visible()
        await expect(self.reply).to_be_focused()
        assert name is not None
        return name

    def own_conversation(self, name: str) -> Locator:
        """One of the operator's conversations, by whose it is."""
        return self.own.get_by_role("listitem").filter(has_text=name)

    async def open_conversation(self, name: str) -> None:
        """Bring one of the operator's conversations to the middle."""
        await self.own_conversation(name).get_by_role("button").click()
        await expect(self.page.get_by_role("region", name=name)).to_be_visible()

    def message(self, text: str) -> Locator:
        """A message of the open conversation, by its whole text."""
        said = self.page.get_by_text(text, exact=True)
        return self.transcript.get_by_role("article").filter(has=said)

    async def answer(self, text: str) -> None:
        """Write to the subscriber."""
        await self.reply.fill(text)
        await self.page.get_by_role("button", name=self.words.send, exact=True).click()
        await expect(self.message(text)).to_be_visible()

    async def leave_note(self, text: str) -> None:
        """Write a note for colleagues."""
        await self.page.get_by_text(self.words.note_mode, exact=True).click()
        await self.page.get_by_label(self.words.note).fill(text)
        await self.page.get_by_role("button", name=self.words.save_note).click()
        await expect(
            self.transcript.get_by_role("article", name=self.words.note_mode)
        ).to_contain_text(text)

    async def return_to_bot(self) -> None:
        """Give the conversation back to the bot, and confirm it."""
        await self._action(self.words.return_to_bot).click()
        await (
            self.page.get_by_role("dialog")
            .get_by_role("button", name=self.words.return_to_bot)
            .click()
        )

    async def transfer(self, colleague: str) -> None:
        """Give the conversation to a colleague."""
        await self._action(self.words.transfer).click()
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_role("radio", name=colleague).check()
        await dialog.get_by_role("button", name=self.words.transfer).click()

    async def close(self) -> None:
        """Close the conversation as solved."""
        await self._action(self.words.close).click()
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_role("radio", name=self.words.solved).check()
        await dialog.get_by_role("button", name=self.words.close_conversation).click()

    def _action(self, name: str) -> Locator:
        return self.page.get_by_role("group").get_by_role("button", name=name, exact=True)
