"""A person at a browser: finds things by their words, and every page on the way is checked."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Playwright,
    Response,
)

CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--no-first-run",
)
HEIGHT = 800
SLOWEST_ANSWER = 10.0
# What a browser and htmx say of the answers themselves; those are watched one by one.
_SAID_OF_ANSWERS = (
    "Failed to load resource",
    "Response Status Error Code",
    "htmx:afterRequest",
    "htmx:sendError",
)
_MARK = "document.querySelector('h1').setAttribute('data-seen', '')"
_IS_STILL = """document.readyState === 'complete'
  && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"""
_IS_NEW = f"{_IS_STILL} && !document.querySelector('h1[data-seen]')"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is missing: apt-get install chromium"
    return playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_OPTIONS))


class Visitor:
    """One person in a browser of his or her own."""

    def __init__(self, browser: Browser, url: str, *, width: int = 1280, javascript: bool = True) -> None:
        """Open an empty browser."""
        self.url, self.width, self.javascript = url, width, javascript
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": HEIGHT},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            accept_downloads=True,
        )
        self.context.set_default_timeout(SLOWEST_ANSWER * 1000)
        self.page: Page = self.new_tab()

    def new_tab(self) -> Page:
        """Open another tab, watched like the first."""
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._watch)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_SAID_OF_ANSWERS):
            self.faults.append(f"{message.type} in the console: {message.text}")

    def _watch(self, response: Response) -> None:
        is_page = response.request.resource_type in {"document", "xhr", "fetch"}
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status} {response.url}")

    def close(self) -> None:
        """Leave, and fail on anything the browser complained about."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)

    # ---- Reading

    @property
    def title(self) -> str:
        """Give the title of the page, spaces folded."""
        return words(self.page.locator("h1").first)

    @property
    def text(self) -> str:
        """Give the whole text of the page, spaces folded."""
        return words(self.page.locator("body"))

    def check(self) -> None:
        """Fail on what the browser complained about, and on what is wider than the screen."""
        faults, self.faults = self.faults + self.overflow(self.width), []
        assert not faults, f"{self.page.url}: {faults}"

    def overflow(self, width: int) -> list[str]:
        """Give what is wider than a screen of this width, which is that of the window from now on."""
        if self.page.viewport_size != {"width": width, "height": HEIGHT}:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
        excess = self.page.evaluate(_OVERFLOW)
        return [f"{excess} px too wide at {width} px: {self.widest()}"] if excess > 0 else []

    def widest(self) -> list[str]:
        """Name what sticks out."""
        found: list[str] = self.page.evaluate(
            """() => [...document.body.querySelectorAll('*')].filter((one) =>
              one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
            ).slice(-3).map((one) => one.outerHTML.slice(0, 120))"""
        )
        return found

    # ---- Acting

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self.check()

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press a button, and wait for the page or the fragment it brings."""
        button = (within or self.page.locator("body")).get_by_role("button", name=name, exact=True)
        with self.arriving():
            button.first.click()

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow a link, and wait for the page it brings."""
        link = (within or self.page.locator("body")).get_by_role("link", name=name, exact=True)
        with self.arriving():
            link.first.click()

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Wait, after what the block does, until something else is shown; then check it."""
        self.page.evaluate(_MARK)
        yield
        self.wait_until(lambda: self.page.evaluate(_IS_NEW), "nothing new came")
        self.check()

    def settle(self) -> None:
        """Wait until the page has finished what it is doing."""
        self.wait_until(lambda: self.page.evaluate(_IS_STILL), "the page never settles")

    def wait_until(self, is_true: Callable[[], Any], complaint: str) -> None:
        """Ask again and again, for pages may be changing under the question."""
        deadline = time.monotonic() + SLOWEST_ANSWER
        while True:
            try:
                if is_true():
                    return
            except Error as error:
                if "context was destroyed" not in str(error) and "navigat" not in str(error):
                    raise
            assert time.monotonic() < deadline, f"{complaint}: {self.page.url} « {self.text[:600]} »"
            self.page.wait_for_timeout(15)

    def fill(self, label: str, text: str) -> None:
        """Type in the field of this label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        """Tick the box, or choose the option, of this label."""
        self.page.get_by_label(label, exact=True).first.check()

    def choose(self, label: str, option: str) -> None:
        """Choose in the list of this label."""
        self.page.get_by_label(label, exact=True).select_option(label=option)


def words(place: Locator) -> str:
    """Give the text of a place, spaces folded."""
    return " ".join(place.inner_text().split())
