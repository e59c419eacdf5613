"""Who plays in a browser test: people with browsers of their own, on the running system."""

import asyncio
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from abonent.settings import ROOT
from tests.browser.desk import Desk
from tests.browser.watch import Watch
from tests.browser.widget import Widget
from tests.browser.words import Language
from tests.protocol.signing_in import sign_in
from tests.protocol.sockets import DeskSocket
from tests.system import System

PICTURES = ROOT / "test-results" / "browser"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
OLENA = "Олена"
MARKO = "Марко"


class Staff:
    """The operators' accounts; made when first needed, kept for all tests."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._passwords: dict[str, str] = {}
        self._cookies: dict[str, str] = {}

    async def password(self, name: str) -> str:
        """Return an operator's password, making the account if there is none."""
        if name not in self._passwords:
            self._passwords[name] = await asyncio.to_thread(self._system.add_operator, name)
        return self._passwords[name]

    async def clear_desks(self) -> None:
        """Close what waits and what anybody has, and send everybody home."""
        for name in (OLENA, MARKO):
            await self._clear_desk(await self._cookie(name))

    async def _cookie(self, name: str) -> str:
        if name not in self._cookies:
            password = await self.password(name)
            self._cookies[name] = await sign_in(self._system.url, name, password)
        return self._cookies[name]

    async def _clear_desk(self, cookie: str) -> None:
        async with DeskSocket(self._system.desk_url, cookie) as socket:
            welcome = await socket.ask("hello", after=None)
            await socket.ask("status", status="online", capacity=50)
            waiting = [entry["conversation"] for entry in welcome["queue"]]
            for conversation in waiting:
                await socket.ask("accept", conversation=conversation)
            for conversation in waiting + [one["conversation"] for one in welcome["conversations"]]:
                await socket.ask("close", conversation=conversation, disposition="other")
            await socket.ask("status", status="offline", capacity=5)


class Stage:
    """Opens browsers for the people of one test, and watches their pages."""

    def __init__(self, system: System, browser: Browser, staff: Staff) -> None:
        self.system = system
        self.watch = Watch(system.url)
        self._browser = browser
        self._staff = staff
        self._contexts: list[BrowserContext] = []

    async def browser(
        self,
        language: Language,
        *,
        viewport: ViewportSize = DESKTOP,
        is_dark: bool = False,
        is_touch: bool = False,
    ) -> BrowserContext:
        """A browser that knows nothing yet."""
        context = await self._browser.new_context(
            locale=language.locale,
            timezone_id="Europe/Kyiv",
            viewport=viewport,
            color_scheme="dark" if is_dark else "light",
            reduced_motion="reduce",
            has_touch=is_touch,
            is_mobile=is_touch,
        )
        self.watch.follow(context)
        self._contexts.append(context)
        return context

    async def subscriber(self, language: Language) -> Widget:
        """Somebody who has opened the site and the widget on it."""
        return await self.subscriber_in(await self.browser(language), language)

    async def subscriber_in(self, browser: BrowserContext, language: Language) -> Widget:
        """The same in a browser that is there: a visitor's next tab."""
        widget = Widget(await browser.new_page(), language)
        await widget.visit(self.system.url)
        await widget.open()
        return widget

    async def operator(self, language: Language, name: str = OLENA) -> Desk:
        """An operator who has signed in and is online."""
        desk = await self.operator_signed_in(language, name)
        await desk.go_online()
        return desk

    async def operator_signed_in(
        self, language: Language, name: str = OLENA, *, viewport: ViewportSize = DESKTOP
    ) -> Desk:
        """An operator who has signed in and is away yet."""
        browser = await self.browser(language, viewport=viewport)
        desk = Desk(await browser.new_page(), language, name)
        await desk.sign_in(self.system.url, await self.password(name))
        return desk

    async def password(self, name: str) -> str:
        """What an operator signs in with."""
        return await self._staff.password(name)

    async def waiting(self, language: Language, text: str) -> Widget:
        """A subscriber who has said something to the bot and asked for a person."""
        widget = await self.subscriber(language)
        await widget.hear_bot(text)
        await widget.call_person()
        return widget

    async def leave(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            await context.close()

    async def picture_failure(self, test: str) -> None:
        """Save what everybody sees when a test has failed."""
        pages = [page for context in self._contexts for page in context.pages]
        for number, page in enumerate(pages):
            await picture(page, f"failed/{test}-{number}")


async def picture(page: Page, name: str) -> None:
    """Save what a page looks like."""
    path: Path = PICTURES / f"{name}.png"
    await page.screenshot(path=path, animations="disabled", caret="initial")
